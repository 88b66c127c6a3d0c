/**
 * A VPP in this process: `connect({ transport: vpp.transport, schema: smallSchema })` reaches it without a socket. It has the
 * messages of small-schema.ts, and answers from within `send`, which is the hardest for the other side.
 */

import type { Transport, TransportLink, TransportOptions } from '../../src/mux/index.js';
import { body, read, smallTable } from './small-schema.js';
import { handshakeReply, type TableRow } from './vpp-frames.js';

const DELETE = 17;
const TABLE: TableRow[] = [
  ...[...smallTable.values()].map(({ name, crc, id }): TableRow => [name, crc, id]),
  ['sockclnt_delete', '8ac76db6', DELETE],
  ['sockclnt_delete_reply', '8f38b1ee', 18],
];

type Fields = Record<string, unknown>;
/** The answers to one request: names and fields without the context. */
type Answer = (fields: Fields) => [name: string, fields: Fields][];

export class MemoryVpp {
  /** Each attempt to connect. */
  readonly attempts: TransportOptions[] = [];
  readonly links: MemoryTransportLink[] = [];
  /** Refuses to be connected to. */
  isDown = false;
  readonly answers: Record<string, Answer> = {
    control_ping: () => [['control_ping_reply', { vpe_pid: 4711 }]],
    add_one: ({ value }) => [['add_one_reply', { value: Number(value) + 1 }]],
    thing_dump: () => [1, 2, 3].map((value) => ['thing_details', { value }]),
    want_thing_events: () => [['want_thing_events_reply', {}]],
  };

  readonly transport: Transport = (options) => {
    this.attempts.push(options);
    if (this.isDown) throw new Error('nobody is there');
    const link = new MemoryTransportLink(this.answers);
    this.links.push(link);
    return link;
  };

  /** The link that was made last. */
  get link(): MemoryTransportLink {
    return this.links.at(-1) as MemoryTransportLink;
  }

  /** The link that was made last ends, if there is one. */
  lose(cause: Error): void {
    this.links.at(-1)?.onClose(cause);
  }
}

export class MemoryTransportLink implements TransportLink {
  onMessage: (body: Uint8Array) => void = () => {};
  onClose: (cause?: Error) => void = () => {};
  closed = false;
  /** Names of the requests that have come. */
  readonly received: string[] = [];

  constructor(private readonly answers: Readonly<Record<string, Answer>>) {}

  send(bytes: Uint8Array): void {
    const message = Buffer.from(bytes);
    const id = message.readUInt16BE(0);
    if (id === 15) this.onMessage(handshakeReply(TABLE));
    else if (id === DELETE) this.onClose();
    else this.answer(message);
  }

  close(): void {
    this.closed = true;
  }

  private answer(message: Buffer): void {
    const { name, fields } = read(message);
    this.received.push(name);
    for (const [answer, more] of this.answers[name]?.(fields) ?? []) {
      this.onMessage(body(answer, { context: fields.context, ...more }));
    }
  }
}
