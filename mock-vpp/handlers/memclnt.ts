/** Registration of clients, and what VPP says of itself to any of them. */
import type { Call, Handlers } from '../call.js';
import { Retval } from '../retvals.js';

const NAME_AT = 6;
const NAME_END = 70;
/** REPLY_MACRO does not zero a reply; control_ping_reply.client_index is what was there before (WIRE 3.10). */
export const GARBAGE = 0xdeadbeef;

export const memclnt: Handlers = {
  // A second one on the same socket is answered with the table and the same index again.
  sockclnt_create: { raw: (call) => void create(call) },

  sockclnt_delete: (fields, { vpp, client }) => {
    const known = vpp.hasClient(Number(fields.index));
    if (known) queueMicrotask(() => client.finish());
    return { response: known ? 1 : -1 };
  },

  control_ping: (_, { vpp }) => ({ client_index: GARBAGE, vpe_pid: vpp.pid }),

  // VPP 26.06 has this list, but nothing fills it.
  api_versions: () => ({ count: 0, api_versions: [] }),

  // VPP's names are module_crc, where the crc is of its C file: any will do here.
  get_first_msg_id: (fields, { vpp }) => {
    const module = /^(.*)_[0-9a-f]{8}$/.exec(String(fields.name))?.[1];
    const range = vpp.table.ranges.find((each) => each.module === module && module !== 'memclnt');
    return range ? { first_msg_id: range.first } : { retval: Retval.INVALID_VALUE, first_msg_id: 0xffff };
  },

  get_api_json: (_, { vpp }) => ({ json: `[\n${vpp.apiTexts().join(',')}]` }),
};

function create({ vpp, client, context, bytes, start, end }: Call): void {
  const name = bytes.toString('latin1', start + NAME_AT, Math.min(end, start + NAME_END));
  client.name = name.slice(0, `${name}\0`.indexOf('\0'));
  client.answering = 'sockclnt_create';
  client.sendBody(vpp.handshakeReply(context, client.registration));
  client.answering = undefined;
}
