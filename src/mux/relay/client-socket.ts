/** The socket of one client: frames in, frames out, back-pressure, and its end. */

import type { Socket } from 'node:net';
import { reasonOf } from '../../thrown.js';
import { Deframer } from '../link/deframer.js';
import type { OnMessage } from '../link/link.js';
import { ClientOutbox } from './client-outbox.js';
import { Unread } from './unread.js';

/** Bytes kept ready for a frame that comes in pieces: Python's client writes header and body apart. */
const ROOM = 512;
/** Time for what was said last to reach the client, milliseconds. */
const LINGER_MS = 1000;

export interface ClientSocketLimits {
  /** Largest body taken, bytes. */
  readonly frameBytes: number;
  /** Bytes that may wait for a client that does not read. */
  readonly queuedBytes: number;
}

export class ClientSocket {
  bytesIn = 0;
  /** Time of the last bytes, milliseconds since 1970. */
  lastAt = Date.now();
  onFrame: OnMessage = () => {};
  /** Called once when the client is gone, or has to go; `reason` is undefined where it left in good order. */
  onEnd: (reason: string | undefined) => void = () => {};
  private readonly deframer: Deframer;
  private readonly outbox: ClientOutbox;
  private readonly unread: Unread;
  private isOver = false;
  private isPaused = false;

  constructor(
    private readonly socket: Socket,
    private readonly limits: ClientSocketLimits,
  ) {
    this.deframer = new Deframer(limits.frameBytes, (bytes, start, end) => this.onFrame(bytes, start, end), ROOM);
    this.outbox = new ClientOutbox((bytes, taken) => socket.write(bytes, taken));
    this.unread = new Unread(this.outbox, limits.queuedBytes, (reason) => this.end(reason));
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('drain', () => this.outbox.drained());
    // A client that leaves may close its reading side first (Go's does), or the whole socket with answers on their way.
    socket.on('error', () => this.end(undefined));
    socket.on('end', () => this.end(undefined));
    socket.on('close', () => this.end(undefined));
  }

  get bytesOut(): number {
    return this.outbox.bytesOut;
  }

  /** Bytes that wait for the client to read. */
  get waiting(): number {
    return this.outbox.waiting;
  }

  get closed(): boolean {
    return this.isOver;
  }

  /** Sends a frame with a copy of `source[start, end)`; false where the client is gone. */
  send(source: Buffer, start: number, end: number): boolean {
    if (this.isOver) return false;
    this.outbox.frame(source, start, end);
    if (this.outbox.waiting > this.limits.queuedBytes) this.unread.check();
    return !this.isOver;
  }

  /** The same of a frame of VPP, header in front, whose bytes may be changed until VPP's next ones are read. */
  pass(source: Buffer, start: number, end: number): boolean {
    if (this.isOver) return false;
    this.outbox.pass(source, start, end);
    if (this.outbox.waiting > this.limits.queuedBytes) this.unread.check();
    return !this.isOver;
  }

  /** Reads nothing more, so that the client waits, until `resume()`. */
  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.socket.resume();
  }

  /** Says what is to be said, then closes. Not reported by `onEnd`. */
  finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.unread.stop();
    this.deframer.stop();
    this.outbox.finish();
    this.socket.end(() => this.socket.destroy());
    const timer = setTimeout(() => this.socket.destroy(), LINGER_MS);
    timer.unref();
    this.socket.once('close', () => clearTimeout(timer));
  }

  /** Closes at once. Not reported by `onEnd`. */
  destroy(): void {
    this.isOver = true;
    this.unread.stop();
    this.deframer.stop();
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    if (this.isOver) return;
    this.bytesIn += chunk.length;
    this.lastAt = Date.now();
    try {
      this.deframer.push(chunk, chunk.length);
    } catch (error) {
      this.end(`it sends nonsense: ${reasonOf(error)}`);
    }
  }

  private end(reason: string | undefined): void {
    if (this.isOver) return;
    this.destroy();
    this.onEnd(reason);
  }
}
