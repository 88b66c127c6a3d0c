/** A link without a socket: keeps the bodies that the session sends, and delivers those of a test immediately. */

import { GrowingWriter } from '../../src/mux/codec/byte-writer.js';
import type { Fields, WriteMessage } from '../../src/mux/codec/codec.js';
import type { Link, OnMessage } from '../../src/mux/link/link.js';

export class MemoryLink implements Link {
  readonly sent: Buffer[] = [];
  bytesIn = 0;
  bytesOut = 0;
  framesIn = 0;
  onRun: () => void = () => {};
  closed = false;
  onMessage: OnMessage = () => {};
  onClose: (cause: Error) => void = () => {};
  onRoom: () => void = () => {};
  /** Lets the other side take no bytes: frames that are sent from now on have not left, and may be taken back. */
  isCongested = false;

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number {
    const writer = new GrowingWriter(64);
    write(writer, fields, id, clientIndex, context);
    this.sent.push(Buffer.from(writer.bytes.subarray(0, writer.pos)));
    return this.sent.length - 1;
  }

  /** Lets everything leave but the frames from `holdsFrom` on. */
  holdsFrom = Number.POSITIVE_INFINITY;
  readonly takenBack: number[] = [];
  takeBack(place: number, count: number): boolean {
    if (place < this.holdsFrom) return false;
    for (let i = 0; i < count; i++) this.takenBack.push(place + i);
    return true;
  }

  close(): void {
    this.closed = true;
  }

  /** Delivers one body from VPP; each call counts as a read of its own. */
  receive(body: Buffer): void {
    this.bytesIn += body.length + 16;
    this.framesIn++;
    this.onMessage(body, 0, body.length);
  }

  /** Lets the other side go away. */
  lose(cause: Error): void {
    this.onClose(cause);
  }
}
