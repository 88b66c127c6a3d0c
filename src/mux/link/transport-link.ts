/**
 * A link over a user's transport: message bodies instead of bytes on a socket, the same behaviour towards the session.
 *
 * The outbox is that of the socket: all requests of one tick leave together, and a request that has not left can be taken
 * back. A message that comes while `send` runs is delivered when `send` has returned, because only then has the session
 * registered its request. In both directions messages keep their order, whatever is called from within what.
 */

import { isA, reasonOf } from '../../thrown.js';
import type { Fields, WriteMessage } from '../codec/codec.js';
import { ConnectionError } from '../errors.js';
import type { TransportLink } from '../types.js';
import { HEADER_SIZE, LENGTH_OFFSET, readU32 } from './frame.js';
import type { Link, LinkOptions, OnMessage } from './link.js';
import { Outbox } from './outbox.js';

export class LinkOverTransport implements Link {
  bytesIn = 0;
  framesIn = 0;
  /** Never called: each message that comes has bytes of its own. */
  onRun: () => void = () => {};
  onMessage: OnMessage = () => {};
  onClose: (cause: Error) => void = () => {};
  /** False: a transport takes everything it is given. */
  readonly isCongested = false;
  onRoom: () => void = () => {};
  private readonly outbox: Outbox;
  /** True once nothing more is passed on, in either direction. */
  private ended = false;
  private isClosed = false;
  /** True while a call of `send` runs. */
  private isSending = false;
  /** Copies of the messages that came while a call of `send` ran, and of those behind them. */
  private early: Uint8Array[] = [];
  /** Messages on their way to the transport. */
  private leaving: Uint8Array[] = [];

  constructor(
    private readonly inner: TransportLink,
    private readonly options: LinkOptions,
  ) {
    this.outbox = new Outbox((frames, taken) => {
      const isPassing = this.leaving.length > 0;
      for (const body of bodiesOf(frames)) this.leaving.push(body);
      taken();
      if (!isPassing) this.passAll();
      return true;
    });
    inner.onMessage = (body) => {
      if (this.isSending || this.early.length > 0) this.receiveLater(body);
      else this.receive(body);
    };
    inner.onClose = (cause) => this.end(this.lost(cause));
  }

  get bytesOut(): number {
    return this.outbox.bytesOut;
  }

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number {
    const { isSending } = this;
    this.isSending = true;
    try {
      return this.outbox.send(write, fields, id, clientIndex, context);
    } finally {
      this.isSending = isSending;
    }
  }

  takeBack(place: number, count: number): boolean {
    return this.outbox.takeBack(place, count);
  }

  close(): void {
    this.isClosed = true;
    this.stop();
  }

  /** Passes on what is leaving, and what is added to it meanwhile. */
  private passAll(): void {
    for (const body of this.leaving) this.pass(body);
    this.leaving = [];
  }

  private pass(body: Uint8Array): void {
    if (this.ended) return;
    try {
      this.inner.send(body);
    } catch (cause) {
      this.end(this.lost(cause));
    }
  }

  /** Keeps a copy: the transport may use its bytes again after this call. */
  private receiveLater(body: Uint8Array): void {
    this.early.push(body instanceof Uint8Array ? new Uint8Array(body) : body);
    if (this.early.length > 1) return;
    queueMicrotask(() => {
      for (const each of this.early) this.receive(each);
      this.early = [];
    });
  }

  private receive(body: Uint8Array): void {
    if (this.ended) return;
    const fault = faultOf(body, this.options);
    if (fault) {
      this.end(fault);
      return;
    }
    this.bytesIn += HEADER_SIZE + body.length;
    this.framesIn++;
    this.onMessage(Buffer.from(body.buffer, body.byteOffset, body.length), 0, body.length);
  }

  /** Reports the end by the other side or an error, once; later, since the link may end between two steps of the handshake, which set the listener. */
  private end(cause: Error): void {
    if (this.ended) return;
    this.stop();
    setImmediate(() => {
      if (!this.isClosed) this.onClose(cause);
    });
  }

  private stop(): void {
    if (this.ended) return;
    this.ended = true;
    closeQuietly(this.inner);
  }

  private lost(cause: unknown): Error {
    if (isA(cause, ConnectionError)) return cause;
    const { socket } = this.options;
    const why = cause === undefined ? '' : `: ${reasonOf(cause)}`;
    return new ConnectionError('CONNECTION_LOST', `the transport to ${socket} has ended${why}`, { socket }, cause);
  }
}

/** Gives the bodies of whole frames, each an own copy, which a transport may keep until it has left. */
function* bodiesOf(frames: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < frames.length; ) {
    const start = at + HEADER_SIZE;
    at = start + readU32(frames, at + LENGTH_OFFSET);
    yield new Uint8Array(frames.subarray(start, at));
  }
}

/** Gives the error when `body` is not bytes, or too many of them. */
function faultOf(body: Uint8Array, { socket, maxFrameBytes }: LinkOptions): ConnectionError | undefined {
  if (!(body instanceof Uint8Array)) {
    return new ConnectionError('PROTOCOL', `the transport to ${socket} gave a message that is no Uint8Array`, {
      socket,
    });
  }
  if (body.length <= maxFrameBytes) return undefined;
  const text = `a message of ${body.length} bytes came from ${socket}, the limit is ${maxFrameBytes}: it is not VPP's API, or maxFrameBytes is too low`;
  return new ConnectionError('FRAME_TOO_LARGE', text, { socket });
}

/** Ends a link that is of no use any more, even if its `close` throws. */
export function closeQuietly(link: TransportLink): void {
  try {
    link.close();
  } catch {
    // nothing depends on it any more
  }
}
