/**
 * One client of an API socket: a channel like a program's, that passes frames on. Its life begins with the handshake.
 *
 *   open ⇄ held (something is asked first; the link to VPP is made anew; a pause) ──▶ over
 *
 * While it is held, its frames wait here in order, and nothing more is read from its socket.
 */

import { reasonOf } from '../../thrown.js';
import type { ChannelHost } from '../channel/host.js';
import type { ChannelFigures, OpenChannel } from '../channel/open-channel.js';
import { RefusedError } from '../errors.js';
import { Fifo } from '../fifo.js';
import { ChannelGuard } from '../interceptors/channel-guard.js';
import { readU32, writeU32 } from '../link/frame.js';
import * as failure from '../session/failures.js';
import type { Session } from '../session/session.js';
import type { ChannelInfo } from '../types.js';
import { ClientRequests } from './client-requests.js';
import type { ClientSide } from './client-side.js';
import type { ClientSocket } from './client-socket.js';
import { answerTo, type Lost, lostAnswers } from './lost-answers.js';
import type { ClientSettings } from './relay-options.js';
import { RelayWindow } from './relay-window.js';
import { type Asked, RelayedRequest } from './relayed-request.js';
import type { SessionTables } from './session-tables.js';

/** The side of the relay that a client knows. */
export interface RelayHost {
  readonly log: (level: 'debug' | 'info' | 'warn', text: string) => void;
  /** Keeps a request that may be answered still. */
  strayed(request: Asked, client: RelayClient): void;
  /** Called once, when the client is over. */
  left(client: RelayClient, reason: string | undefined): void;
}

export class RelayClient implements OpenChannel, ClientSide {
  readonly info: ChannelInfo;
  readonly window: RelayWindow;
  guard: ChannelGuard | undefined;
  /** Name of the last handshake; the channel keeps that of the first. */
  name: string;
  readonly since = Date.now();
  messagesIn = 0;
  /** Dumps that VPP has not finished. */
  openDumps = 0;
  messagesOut = 0;
  readonly requests: ClientRequests;
  private readonly queue = new Fifo<Buffer>();
  private queuedBytes = 0;
  /** Time when the first of those in `queue` came, as `performance.now()` has it. */
  private queuedAt = 0;
  private holds = 0;
  private isOver = false;
  private lostRequests: Lost[] = [];

  constructor(
    id: number,
    readonly channelHost: ChannelHost,
    readonly settings: ClientSettings,
    /** Index that the client has in its messages. */
    readonly index: number,
    readonly socket: ClientSocket,
    private readonly relay: RelayHost,
    public tables: SessionTables,
  ) {
    const { name, role, access, limits, peer } = settings;
    this.name = name;
    this.info = Object.freeze({ id, name, owner: role, access, role, peer });
    if (access === 'read') this.guard = new ChannelGuard(this.info);
    this.window = new RelayWindow(id, limits.inFlight, access === 'read', () => this.readOn());
    this.requests = new ClientRequests(this, channelHost, relay.log);
    socket.onFrame = (bytes, start, end) => this.take(bytes, start, end);
    socket.onEnd = (reason) => this.end(reason);
  }

  get id(): number {
    return this.info.id;
  }

  get session(): Session {
    return this.tables.session;
  }

  get closed(): boolean {
    return this.isOver;
  }

  get isHeld(): boolean {
    return this.holds > 0;
  }

  get outstanding(): number {
    return this.window.outstanding;
  }

  /** Bytes of its requests that wait here. */
  get waitingBytes(): number {
    return this.queuedBytes;
  }

  /** Time since when one of its requests waits because it is held, as `performance.now()` has it; undefined for none. */
  get heldSince(): number | undefined {
    return this.queue.length > 0 ? this.queuedAt : undefined;
  }

  get figures(): ChannelFigures {
    const { inFlight, waiting, requests } = this.window;
    return { inFlight, waiting: waiting + this.queue.length, requests, gaps: 0, bufferedBytes: this.socket.waiting };
  }

  /** Ends the client: for its connection, whose `cause` is the reason, or with a reason for the log. */
  close(cause?: Error): void {
    this.end(cause?.message);
  }

  /** Ends it when everything that was said has reached it. */
  finish(reason?: string): void {
    this.socket.finish();
    this.leave(reason);
  }

  recheck(): void {
    const { guard, window, requests } = this;
    window.recheckWaiting(
      (plan, encoded, exchange) => (exchange instanceof RelayedRequest ? guard?.recheck(plan, encoded) : undefined),
      (exchange, refused) => requests.answers.instead(exchange as RelayedRequest, refused),
    );
    for (const [event, reason] of requests.registrations.recheck()) {
      this.relay.log('warn', `client ${this.id} "${this.name}" gets no ${event} any more: ${reason}`);
    }
  }

  /** Lets the client's frames wait until the function given back is called. */
  hold(): () => void {
    this.holds++;
    let isHolding = true;
    return () => {
      if (!isHolding) return;
      isHolding = false;
      this.holds--;
      this.goOn();
    };
  }

  deliver({ rule, clientContext }: Asked, bytes: Buffer, start: number, end: number, offset: number): void {
    if (this.isOver) return;
    this.messagesOut++;
    const { tables } = this;
    const { clientIndex } = tables.session;
    const indexOffset = rule.replyIndexOffset >= 0 ? rule.replyIndexOffset : offset === 6 ? 2 : -1;
    if (!tables.isIdentity) this.translate(bytes, start);
    if (offset >= 0) writeU32(bytes, start + offset, clientContext);
    if (indexOffset >= 0 && end - start >= indexOffset + 4 && readU32(bytes, start + indexOffset) === clientIndex) {
      writeU32(bytes, start + indexOffset, this.index);
    }
    if (rule.isKept || rule.idOffset >= 0 || rule.plan.renews) this.requests.answered(rule, bytes, start, end);
    this.socket.pass(bytes, start, end);
  }

  tell(body: Buffer): void {
    if (this.socket.send(body, 0, body.length)) this.messagesOut++;
  }

  lost(request: RelayedRequest, error: Error): void {
    if (error instanceof RefusedError) return;
    this.unanswered(request, () => answerTo(request, error, this.tables));
  }

  unanswered(exchange: Lost['exchange'], answer: Lost['answer']): void {
    if (this.isOver) return;
    if (this.lostRequests.length === 0) setImmediate(() => this.answerLost());
    this.lostRequests.push({ exchange, answer });
  }

  through(event: string): void {
    this.requests.registrations.expect(event);
  }

  strayed(request: Asked): void {
    if (!this.isOver) this.relay.strayed(request, this);
  }

  /** Ends the client at once. `reason`: for the log; undefined where it left in good order. */
  end(reason: string | undefined): void {
    if (this.isOver) return;
    this.socket.destroy();
    this.leave(reason);
  }

  private leave(reason: string | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.queue.drain();
    this.requests.close();
    this.window.cancelWaiting(failure.channelClosed);
    this.channelHost.forget(this, failure.channelClosed);
    this.relay.left(this, reason);
  }

  private take(bytes: Buffer, start: number, end: number): void {
    this.messagesIn++;
    if (this.holds === 0) {
      this.handle(bytes, start, end);
      if (this.window.isBacklogged) this.socket.pause();
      return;
    }
    if (this.queue.length === 0) this.queuedAt = performance.now();
    this.queue.push(Buffer.from(bytes.subarray(start, end)));
    this.queuedBytes += end - start;
    this.socket.pause();
  }

  private goOn(): void {
    while (this.holds === 0 && !this.isOver) {
      const body = this.queue.shift();
      if (body === undefined) break;
      this.queuedBytes -= body.length;
      this.handle(body, 0, body.length);
    }
    this.readOn();
  }

  /** An exception is a bug, and must not reach other clients by the way that the frame came. */
  private handle(bytes: Buffer, start: number, end: number): void {
    try {
      this.requests.handle(bytes, start, end);
    } catch (error) {
      this.end(`a message of it could not be handled: ${reasonOf(error)}`);
    }
  }

  private readOn(): void {
    if (this.holds === 0 && !this.window.isBacklogged && !this.isOver) this.socket.resume();
  }

  private translate(out: Buffer, at: number): void {
    const id = this.tables.ids.toClient[(out[at] << 8) | out[at + 1]];
    if (id >= 0) out.writeUInt16BE(id, at);
  }

  private answerLost(): void {
    const lost = this.lostRequests;
    this.lostRequests = [];
    if (this.isOver) return;
    const { answers, unanswerable } = lostAnswers(lost);
    for (const body of answers) this.tell(body);
    if (unanswerable !== undefined) {
      this.finish(`no reply can say what became of its ${unanswerable}`);
    }
  }
}
