/** A look at every message, for debugging: a link around the link, there only while somebody looks. */

import { GrowingWriter } from './codec/byte-writer.js';
import type { Fields, Message, ReadEnd, WriteMessage } from './codec/codec.js';
import { readU32 } from './link/frame.js';
import type { Link, OnMessage } from './link/link.js';

/** One message as a trace shows it. */
export interface TraceEntry {
  /** Milliseconds since the process started, with a fraction. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** Undefined when the id is not in VPP's table. */
  readonly name: string | undefined;
  readonly context: number | undefined;
  /** The whole body, `_vl_msg_id` first; an own copy. */
  readonly body: Uint8Array;
  /** Bytes beyond the definition; undefined where that cannot be told. */
  readonly trailing: number | undefined;
}

/** What a trace can say of an id. */
export type Known = (id: number) => { readonly name: string; readonly message: Message | undefined } | undefined;

export class TracedLink implements Link {
  /** Whoever learns more of the ids puts it here. */
  known: Known = () => undefined;
  private readonly scratch = new GrowingWriter(1024);

  constructor(
    private readonly inner: Link,
    private readonly take: (entry: TraceEntry) => void,
  ) {}

  get bytesIn(): number {
    return this.inner.bytesIn;
  }

  get bytesOut(): number {
    return this.inner.bytesOut;
  }

  set onClose(told: (cause: Error) => void) {
    this.inner.onClose = told;
  }

  get onClose(): (cause: Error) => void {
    return this.inner.onClose;
  }

  set onMessage(told: OnMessage) {
    this.inner.onMessage = (bytes, start, end) => {
      this.show('in', bytes.subarray(start, end));
      told(bytes, start, end);
    };
  }

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): void {
    this.inner.send(write, fields, id, clientIndex, context);
    this.scratch.pos = 0;
    write(this.scratch, fields, id, clientIndex, context);
    this.show('out', this.scratch.bytes.subarray(0, this.scratch.pos));
  }

  close(): void {
    this.inner.close();
  }

  private show(direction: 'in' | 'out', bytes: Buffer): void {
    const found = bytes.length >= 2 ? this.known(bytes.readUInt16BE(0)) : undefined;
    const offset = found?.message?.def.contextOffset ?? -1;
    const context = offset >= 0 && offset + 4 <= bytes.length ? readU32(bytes, offset) : undefined;
    const trailing = found?.message && surplus(found.message, bytes);
    this.take({ at: performance.now(), direction, name: found?.name, context, body: Uint8Array.from(bytes), trailing });
  }
}

function surplus(message: Message, bytes: Buffer): number | undefined {
  const at: ReadEnd = { end: 0 };
  try {
    message.read(bytes, 0, bytes.length, at);
    return bytes.length - at.end;
  } catch {
    return undefined; // cut short
  }
}
