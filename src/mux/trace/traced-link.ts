/** A link around the link, which shows every message for debugging; it exists only while there is a tracer. */

import { GrowingWriter } from '../codec/byte-writer.js';
import type { Fields, WriteMessage } from '../codec/codec.js';
import { readU32 } from '../link/frame.js';
import type { Link, OnMessage } from '../link/link.js';
import type { TraceEntry } from '../types.js';
import { type ChannelOfMessage, SeenMessage } from './entry.js';
import type { MessageLookup } from './message-lookup.js';

export class TracedLink implements Link {
  private readonly scratch = new GrowingWriter(1024);
  private told: OnMessage;

  constructor(
    readonly inner: Link,
    private readonly take: (entry: TraceEntry) => void,
    private readonly generation: number,
    /** Replaced when more of the ids is known: after the handshake, and with the definitions. */
    public lookup: MessageLookup,
    /** Finds the channel of the request in flight with a context; there are none before there is a session. */
    public ownerOf: (context: number) => ChannelOfMessage | undefined = () => undefined,
  ) {
    this.told = inner.onMessage;
  }

  get bytesIn(): number {
    return this.inner.bytesIn;
  }

  get framesIn(): number {
    return this.inner.framesIn;
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
    this.told = told;
    this.inner.onMessage = (bytes, start, end) => {
      this.show('in', bytes.subarray(start, end));
      told(bytes, start, end);
    };
  }

  get onMessage(): OnMessage {
    return this.told;
  }

  get isCongested(): boolean {
    return this.inner.isCongested;
  }

  set onRoom(told: () => void) {
    this.inner.onRoom = told;
  }

  get onRoom(): () => void {
    return this.inner.onRoom;
  }

  set onRun(told: () => void) {
    this.inner.onRun = told;
  }

  get onRun(): () => void {
    return this.inner.onRun;
  }

  takeBack(place: number, count: number): boolean {
    return this.inner.takeBack(place, count);
  }

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number {
    const place = this.inner.send(write, fields, id, clientIndex, context);
    this.scratch.pos = 0;
    write(this.scratch, fields, id, clientIndex, context);
    this.show('out', this.scratch.bytes.subarray(0, this.scratch.pos));
    return place;
  }

  close(): void {
    this.inner.close();
  }

  private show(direction: 'in' | 'out', bytes: Buffer): void {
    const { generation, lookup } = this;
    const known = bytes.length >= 2 ? lookup.find(bytes.readUInt16BE(0)) : undefined;
    const offset = known?.message?.def.contextOffset ?? -1;
    const context = offset >= 0 && offset + 4 <= bytes.length ? readU32(bytes, offset) : undefined;
    const owner = context === undefined ? undefined : this.ownerOf(context);
    const body = new Uint8Array(bytes);
    this.take(new SeenMessage(performance.now(), direction, generation, context, owner, body, known, lookup));
  }
}
