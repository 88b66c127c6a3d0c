/** Copies of events for one client, each with what the client knows: its index, its pid, its id of the message. */

import { readU32, writeU32 } from '../link/frame.js';
import type { MessageEntry } from '../session/message-catalogue.js';
import type { EventSink } from '../session/subscription.js';
import type { ClientSide } from './client-side.js';

/** Events that a registration gets: all, those with its pid, or the one that is expected for this client. */
type Which = 'all' | 'by pid' | 'expected';

export class EventCopies {
  /** Event without a pid that VPP sends next, and that is for this client. */
  expected: string | undefined;

  constructor(private readonly client: ClientSide) {}

  /** Takes the events of one registration. `pid`: the client's. */
  sink(pid: number, ready: () => void, error: (error: Error) => void, which: Which = 'all'): EventSink {
    return {
      raw: (entry, bytes, start, end) => this.deliver(entry, bytes, start, end, pid, which),
      next: () => {},
      ready,
      error,
      complete: () => {},
    };
  }

  /** Gives the client its own copy: with its index, and the pid that it gave, where VPP has ours. */
  private deliver(entry: MessageEntry, bytes: Buffer, start: number, end: number, pid: number, which: Which): void {
    const { client } = this;
    const { tables } = client;
    const { clientIndexOffset = -1, fields = [] } = entry.message?.def ?? {};
    const pidOffset = pidAt(fields);
    if (which === 'by pid' && pidOffset >= 0 && readU32(bytes, start + pidOffset) !== pid) return;
    if (which === 'expected') {
      if (this.expected !== entry.name) return;
      this.expected = undefined;
    }
    const body = Buffer.from(bytes.subarray(start, end));
    const id = tables.ids.toClient[entry.id];
    // The client may be on a session that has ended, and not know the ids of the one that this came by.
    if (id < 0 || tables.session.catalogue.entries[entry.id] !== entry) return;
    body.writeUInt16BE(id, 0);
    if (clientIndexOffset >= 0 && readU32(body, clientIndexOffset) === tables.session.clientIndex) {
      writeU32(body, clientIndexOffset, client.index);
    }
    if (which === 'all' && pidOffset >= 0) putPid(body, pidOffset, pid);
    client.tell(body);
  }
}

/** VPP gives a pid back as it came, with its bytes turned round (dhcp6, router advertisements), or as 0. */
function putPid(body: Buffer, offset: number, pid: number): void {
  const sent = readU32(body, offset);
  if (sent === 0) return;
  const isTurned = sent !== process.pid && body.readUInt32LE(offset) === process.pid;
  if (isTurned) body.writeUInt32LE(pid, offset);
  else writeU32(body, offset, pid);
}

/** Offset of the pid: it follows the header in all events that have one. */
function pidAt(fields: NonNullable<MessageEntry['message']>['def']['fields']): number {
  const at = fields.findIndex(({ name }) => name === 'pid');
  return at > 0 ? 4 * at - 2 : -1;
}
