/** One WebSocket at /ws, from its opening to its end: its frames in, its session, and why it closes. */

import { randomBytes } from 'node:crypto';
import type { RawData } from 'ws';
import { type ClientFrame, REMOTE_CLOSE } from '../../../remote/protocol/index.js';
import { checkFrame } from './check-frame.js';
import { FrameFault } from './frame-fault.js';
import type { Link } from './link.js';
import type { Session } from './session.js';

/** Milliseconds between two pings. */
const PING_MS = 10_000;
const PING_BYTES = 8;

export interface RemoteSocketOptions {
  readonly link: Link;
  readonly session: Session;
  /** Another session for this socket, in place of its own; undefined where there is none to take over. */
  readonly takeOver: (own: Session, secret: string) => Session | undefined;
  readonly received: (bytes: number) => void;
  readonly closing: (code: number) => void;
}

export class RemoteSocket {
  readonly link: Link;
  private readonly options: RemoteSocketOptions;
  private current: Session;
  private isFirst = true;
  private ownCode: number | undefined;
  /** Frames that came in while the caller was held back: the last read of the network may have brought many. */
  private inbox: { readonly bytes: Buffer; readonly isBinary: boolean }[] = [];
  /** Time of the last sign of life: bytes taken, or the pong of our ping. */
  private aliveAt: number;
  private taken = 0;
  private pingedAt: number;
  /** Bytes of the ping that is not answered yet. They cannot be guessed: the client has read what was sent before them. */
  private pinged: Buffer | undefined;

  constructor(options: RemoteSocketOptions, now: number) {
    this.options = options;
    this.link = options.link;
    this.current = options.session;
    this.aliveAt = now;
    this.pingedAt = now;
  }

  get session(): Session {
    return this.current;
  }

  receive(data: RawData, isBinary: boolean): void {
    // Closed: what it sent meanwhile still comes in.
    if (this.link.closed) return;
    const bytes = bytesOf(data);
    this.options.received(bytes.length);
    this.link.received(bytes.length);
    this.inbox.push({ bytes, isBinary });
    if (this.inbox.length === 1) this.work();
  }

  /** Answers what has come in, as far as its caller's share of calls goes. */
  private work(): void {
    let done = 0;
    while (done < this.inbox.length && !this.link.isHeldBack && !this.link.closed) {
      const { bytes, isBinary } = this.inbox[done++];
      try {
        this.answer(bytes, isBinary);
      } catch (error) {
        if (!(error instanceof FrameFault)) throw error;
        this.close(REMOTE_CLOSE.BAD_FRAME, error.message);
      }
    }
    this.inbox = this.inbox.slice(done);
    if (this.inbox.length > 0) this.link.whenLetGo(() => this.work());
  }

  /** Takes a pong: one that answers our ping shows that the client reads. */
  pong(data: Uint8Array, now: number): void {
    if (this.pinged?.equals(data) !== true) return;
    this.pinged = undefined;
    this.aliveAt = now;
  }

  /** Pings, and closes a socket whose client has not read for `unreadMs`. To be called each second or so. */
  check(now: number, unreadMs: number): void {
    if (this.link.closed) return;
    const { taken, unsent, isHeldBack } = this.link;
    if (taken !== this.taken && unsent > 0) this.aliveAt = now;
    this.taken = taken;
    // Its pongs are not read meanwhile, and it has taken all.
    if (isHeldBack && unsent === 0) this.aliveAt = now;
    if (now - this.aliveAt > unreadMs) {
      const text = `nothing has been read for ${Math.round(unreadMs / 1000)} s (unread-timeout in remote.conf)`;
      this.close(REMOTE_CLOSE.NOT_READING, text);
      return;
    }
    if (this.pinged !== undefined || now - this.pingedAt < Math.min(PING_MS, unreadMs / 3)) return;
    this.pingedAt = now;
    this.pinged = randomBytes(PING_BYTES);
    this.link.ping(this.pinged);
  }

  /** Code that the agent has closed it with; whether its client answers that or breaks off makes no difference. */
  get closedBy(): number | undefined {
    return this.ownCode;
  }

  /** Takes an error of the WebSocket: one of the protocol closes it, one of the network is followed by its end. */
  failed(error: Error): void {
    const code = closeCodeOf(error);
    if (code === undefined || this.link.closed) return;
    this.closing(code);
    this.link.ended();
  }

  close(code: number, reason: string): void {
    this.closing(code);
    this.link.close(code, reason);
  }

  private closing(code: number): void {
    this.ownCode ??= code;
    this.options.closing(code);
  }

  /** Throws FrameFault where the socket is to be closed. */
  private answer(bytes: Buffer, isBinary: boolean): void {
    const { isFirst } = this;
    this.isFirst = false;
    // Before it is read: also one that is refused costs an answer.
    this.link.holdBack(this.session.visit.calls(1));
    let frame: ClientFrame;
    try {
      frame = checkFrame(this.link.form.decode(bytes, isBinary));
    } catch (error) {
      if (!(error instanceof FrameFault) || error.answer === undefined) throw error;
      this.session.refuse(error.answer, error);
      return;
    }
    if (frame.type !== 'resume') {
      this.session.receive(frame, bytes.length);
      return;
    }
    if (!isFirst) throw new FrameFault('resume: only the first frame of a socket can resume a session');
    const found = this.options.takeOver(this.session, frame.session);
    if (found !== undefined) this.current = found;
    this.session.resume(frame);
  }
}

/** Code that `ws` closes a socket with after this error; undefined for one of the network. */
function closeCodeOf(error: Error): number | undefined {
  const code = 'code' in error ? String(error.code) : '';
  return CLOSE_CODES.get(code) ?? (code.startsWith('WS_ERR_') ? PROTOCOL_ERROR : undefined);
}

const PROTOCOL_ERROR = 1002;
const CLOSE_CODES: ReadonlyMap<string, number> = new Map([
  ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009],
  ['WS_ERR_INVALID_UTF8', 1007],
  ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008],
]);

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
