/**
 * Buffers the output to one client. Frames are written into one growing buffer; the buffer leaves in one write
 * per tick, and only one write is under way at a time, so two buffers serve for ever.
 *
 *      frames ──▶ filling ──flush──▶ under way ──▶ socket
 *                    ▲                   │
 *                    └──── swapped ◀─────┘ when the socket has taken it
 *
 * Like VPP's, the backlog of a client that does not read is unbounded (WIRE 3.9); only long dumps wait
 * for room (`full`). `schedule` and `deliver` are where misbehaviour puts its hands.
 */
import type { Socket } from 'node:net';
import type { ByteWriter } from '../../src/mux/internal.js';
import { HEADER_BYTES, putHeader } from './frame.js';

const INITIAL_BYTES = 64 * 1024;
/** A dump pauses when this much is waiting: large enough to be quick, small enough to serve others in between. */
const SLICE_BYTES = 256 * 1024;
/** A buffer that grew beyond this is not kept. */
const KEPT_BYTES = 1024 * 1024;

/** Decides when a flush happens; must call `flush` later, once. */
export type Schedule = (flush: () => void) => void;
/** Brings bytes to the socket; must call `done` when they may be overwritten. */
export type Deliver = (socket: Socket, bytes: Buffer, done: () => void) => void;

export const promptly: Schedule = (flush) => queueMicrotask(flush);
export const whole: Deliver = (socket, bytes, done) => void socket.write(bytes, () => done());

export class Outbox implements ByteWriter {
  bytes: Buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  pos = 0;
  schedule: Schedule = promptly;
  deliver: Deliver = whole;
  /** Called when the socket has taken the bytes that were under way. */
  onRoom: () => void = () => {};

  private spare: Buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  private underWay = 0;
  private scheduled = false;

  constructor(private readonly socket: Socket) {}

  /** Bytes that the socket has not taken yet. */
  get waiting(): number {
    return this.pos + this.underWay;
  }

  get full(): boolean {
    return this.pos >= SLICE_BYTES;
  }

  /** True while a write is under way: `onRoom` will be called. */
  get busy(): boolean {
    return this.underWay > 0;
  }

  reserve(count: number): void {
    if (this.pos + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.pos + count));
    this.bytes.copy(larger);
    this.bytes = larger;
  }

  /** Makes room for a header; give the result to `end` when the body is written. */
  begin(): number {
    this.reserve(HEADER_BYTES);
    const start = this.pos;
    this.pos += HEADER_BYTES;
    return start;
  }

  end(start: number): void {
    putHeader(this.bytes, start, this.pos - start - HEADER_BYTES);
    this.flushSoon();
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.pos);
    this.pos += bytes.length;
    this.flushSoon();
  }

  /** Takes back the bytes written since `start`, as a copy. */
  takeBack(start: number): Buffer {
    const taken = Buffer.from(this.bytes.subarray(start, this.pos));
    this.pos = start;
    return taken;
  }

  flushSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(this.flush);
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    if (this.pos === 0 || this.underWay > 0 || this.socket.destroyed) return;
    const full = this.bytes;
    this.underWay = this.pos;
    this.bytes = this.spare;
    this.pos = 0;
    this.deliver(this.socket, full.subarray(0, this.underWay), () => {
      this.underWay = 0;
      this.spare = full.length > KEPT_BYTES ? Buffer.allocUnsafe(INITIAL_BYTES) : full;
      if (this.pos > 0) this.flushSoon();
      this.onRoom();
    });
  };
}
