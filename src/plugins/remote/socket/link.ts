/**
 * One WebSocket, as those who send on it have it. What is sent in one turn of the event loop goes to the network in one write. A link
 * is full while the network has not taken what was sent, or while its caller is over its share of bytes: streams wait for room then,
 * each with its own buffer. It is held back, so that nothing that its client asks is answered, while its caller is over a share or
 * far too much has not been taken.
 */

import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { AgentFrame } from '../../../remote/protocol/index.js';
import { Fault } from '../../../sdk/index.js';
import { reasonOf } from '../../../thrown.js';
import type { WireForm } from './wire-form.js';

/** Bytes that may wait for the network before streams wait. */
const FULL_BYTES = 256 * 1024;
/** Bytes that may wait for it before the client is held back, since each of its requests adds an answer. */
const FLOODED_BYTES = 4 * 1024 * 1024;

/** The part of a WebSocket of `ws` that is used. */
export type LinkSocket = Pick<WebSocket, 'send' | 'close' | 'terminate' | 'pause' | 'resume' | 'ping'>;
/** The connection beneath it. */
export type LinkStream = Pick<Duplex, 'cork' | 'uncork' | 'on' | 'writableLength'> & { readonly bytesWritten: number };

export interface LinkOptions {
  readonly socket: LinkSocket;
  readonly stream: LinkStream;
  readonly form: WireForm;
  /** Counts bytes of its caller, and gives the milliseconds until the next ones may go. */
  readonly spend: (bytes: number) => number;
  readonly sent: (bytes: number) => void;
  /** Counts a change of what waits for the network. True while the sockets of its caller together have too much of that. */
  readonly unsent: (change: number) => boolean;
}

export class Link {
  readonly form: WireForm;
  private readonly options: LinkOptions;
  /** Called when there is room again. */
  private readonly waiting = new Set<() => void>();
  private isCorked = false;
  private isClosed = false;
  private isPaused = false;
  /** Bytes that wait, as far as its caller has been told. */
  private counted = 0;
  private shareTimer: NodeJS.Timeout | undefined;
  /** Called when its caller is not held back any more. */
  private letGo: (() => void) | undefined;

  constructor(options: LinkOptions) {
    this.options = options;
    this.form = options.form;
    options.stream.on('drain', () => this.drained());
  }

  /** Bytes that the network has taken. */
  get taken(): number {
    const { bytesWritten, writableLength } = this.options.stream;
    return bytesWritten - writableLength;
  }

  get unsent(): number {
    // Without compression nothing waits above the connection.
    return this.options.stream.writableLength;
  }

  get isFull(): boolean {
    return this.shareTimer !== undefined || this.unsent > FULL_BYTES;
  }

  /** Whether its client is neither read nor answered: its caller is over its share, or has far too much that it does not take. */
  get isHeldBack(): boolean {
    return this.isPaused;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /** Sends a frame, and gives the bytes of it. Throws Fault FAILED when a value in it cannot be written. */
  send(frame: AgentFrame): number {
    if (this.isClosed) return 0;
    const { socket, sent } = this.options;
    const encoded = this.encode(frame);
    const bytes = typeof encoded === 'string' ? Buffer.byteLength(encoded) : encoded.length;
    this.cork();
    socket.send(encoded);
    sent(bytes);
    this.spend(bytes);
    const isOver = this.count(this.unsent);
    if (this.unsent > (isOver ? FULL_BYTES : FLOODED_BYTES)) this.pause();
    return bytes;
  }

  /** Tells its caller how much waits for the network. */
  private count(unsent: number): boolean {
    const change = unsent - this.counted;
    this.counted = unsent;
    return this.options.unsent(change);
  }

  private encode(frame: AgentFrame): string | Uint8Array {
    try {
      return this.form.encode(frame);
    } catch (error) {
      throw new Fault('FAILED', `a ${frame.type} cannot be written for ${this.form.protocol}: ${reasonOf(error)}`);
    }
  }

  /** Counts bytes that came in; no more are read while the caller is over its share. */
  received(bytes: number): void {
    this.spend(bytes);
  }

  /** Holds its caller back for `ms`: nothing more is read from it, and streams wait. */
  holdBack(ms: number): void {
    if (ms <= 0 || this.isClosed || this.shareTimer !== undefined) return;
    this.pause();
    this.shareTimer = setTimeout(() => {
      this.shareTimer = undefined;
      this.drained();
    }, ms);
  }

  /** Has `letGo` called once, when its caller is not held back any more. */
  whenLetGo(letGo: () => void): void {
    this.letGo = letGo;
  }

  /** Has `room` called once, when it is not full any more. */
  whenRoom(room: () => void): void {
    this.waiting.add(room);
  }

  ping(data: Uint8Array): void {
    if (!this.isClosed) this.options.socket.ping(data);
  }

  /** Closes it in order: `reason` goes to the client. */
  close(code: number, reason: string): void {
    if (this.isClosed) return;
    this.ended();
    this.options.socket.close(code, cut(reason));
    // Reads on, and drops it: the client's half of the closing handshake is behind what it has sent.
    this.options.socket.resume();
  }

  terminate(): void {
    this.ended();
    this.options.socket.terminate();
  }

  /** Nothing is sent any more. */
  ended(): void {
    this.isClosed = true;
    this.count(0);
    clearTimeout(this.shareTimer);
    this.shareTimer = undefined;
    this.waiting.clear();
    this.letGo = undefined;
  }

  private spend(bytes: number): void {
    this.holdBack(this.options.spend(bytes));
  }

  private drained(): void {
    if (this.isClosed) return;
    this.count(this.unsent);
    if (this.isPaused && this.shareTimer === undefined && this.unsent <= FULL_BYTES) this.goOn();
    if (this.isFull || this.isClosed) return;
    const rooms = [...this.waiting];
    this.waiting.clear();
    for (const room of rooms) room();
  }

  private goOn(): void {
    this.isPaused = false;
    const { letGo } = this;
    this.letGo = undefined;
    // Frames that had come before are answered first; that may hold it back again.
    letGo?.();
    if (!this.isPaused && !this.isClosed) this.options.socket.resume();
  }

  private pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.options.socket.pause();
  }

  private cork(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    const { stream } = this.options;
    stream.cork();
    process.nextTick(() => {
      this.isCorked = false;
      stream.uncork();
    });
  }
}

/** Bytes of the reason in a frame that closes a WebSocket. */
const LONGEST_REASON = 123;

/** `reason` without what does not fit; a character is never cut. */
function cut(reason: string): string {
  let text = reason.slice(0, LONGEST_REASON);
  while (Buffer.byteLength(text) > LONGEST_REASON) text = text.slice(0, -1);
  return text;
}
