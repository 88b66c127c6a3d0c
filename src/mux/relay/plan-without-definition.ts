/**
 * Plans for requests that VPP's table has, but the definitions at hand lack: VPP does not hand out all of its own. The client has
 * the definition, and nothing needs to be decoded for it: its header is that of all requests (WIRE 3.3), and VPP's answers are known by their
 * context. What may have several answers is over when a later ping is answered.
 */

import { parseSchema } from '../codec/load.js';
import { conditional } from '../hazards/find.js';
import { slowRequest } from '../quirks/slow-requests.js';
import { stopsWorkers } from '../quirks/stops-workers.js';
import type { MessageCatalogue, Plan } from '../session/message-catalogue.js';

/** Returns undefined where VPP's table does not show that it is a request, or what it does depends on its fields. */
export function planWithoutDefinition(name: string, { table, exclusive }: MessageCatalogue): Plan | undefined {
  const entry = table.get(name);
  const kind = kindOf(name, table);
  if (entry === undefined || kind === undefined || name.startsWith('want_') || conditional(name)) return undefined;
  const header = [
    ['u16', '_vl_msg_id'],
    ['u32', 'client_index'],
    ['u32', 'context'],
  ];
  const text = JSON.stringify({ messages: [[name, ...header, { crc: `0x${entry.crc}` }]] });
  const message = parseSchema([{ name: `${name}.api.json`, text }]).message(name);
  return {
    name,
    message,
    write: message.write,
    id: entry.id,
    kind,
    replyName: '',
    replyId: -1,
    detailsId: -1,
    besideId: -1,
    cursor: false,
    reads: false,
    slow: slowRequest(name, table, exclusive),
    ping: undefined,
    hazards: undefined,
    registers: false,
    renews: undefined,
    stopsWorkers: stopsWorkers(name),
    sent: 0,
    settled: 0,
    failed: undefined,
  };
}

function kindOf(name: string, table: MessageCatalogue['table']): 'unary' | 'dump' | undefined {
  const details = `${name.replace(/_(?:dump|get)$/, '')}_details`;
  if (table.has(details) && details !== `${name}_details`) return 'dump';
  return table.has(`${name}_reply`) ? 'unary' : undefined;
}
