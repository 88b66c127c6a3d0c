/**
 * One generation of the connection: a link that has shaken hands, the messages of its VPP, and the requests in flight
 * on it. It ends once, with a cause, and everything in flight ends with it in the same tick.
 *
 * Hot path, held by the benchmarks `ping` and `dump`: `send`, `onMessage`, `decode`.
 */

import { debug } from '../../debug.js';
import type { Fields, ReadEnd, WriteMessage } from '../codec/codec.js';
import type { Link } from '../link/link.js';
import type { ConnectOptions, LateReply } from '../types.js';
import type { Counters } from './counters.js';
import { type Deadlines, NO_DEADLINE } from './deadlines.js';
import type { EncodedRequest, Exchange, ExchangeState, Requester } from './exchange.js';
import * as failure from './failures.js';
import { FairQueue } from './fair-queue.js';
import { Inbox } from './inbox.js';
import type { MessageCatalogue, MessageEntry, Plan } from './message-catalogue.js';
import { Pending } from './pending.js';
import { Progress } from './progress.js';
import { ServiceTimes } from './service-times.js';
import { Tombstones } from './tombstones.js';

/** Takes VPP's events. */
export interface EventReceiver {
  /** `bytes` are valid only during the call. */
  onEvent(session: Session, entry: MessageEntry, bytes: Buffer, start: number, end: number): void;
}

/** Callbacks of a session to its connection. None of these throws. */
export interface SessionEvents {
  readonly receiver: EventReceiver;
  onLate(late: LateReply): void;
  /** Called when the link ended by itself. The session cannot be used any more; what is in flight on it fails next. */
  onEnd(cause: Error): void;
}

export interface SessionParts {
  readonly link: Link;
  readonly clientIndex: number;
  readonly generation: number;
  readonly catalogue: MessageCatalogue;
  readonly counters: Counters;
  readonly deadlines: Deadlines;
  readonly maxInFlight: number;
  /** Bytes of requests that may wait for their turn; what goes beyond fails as not sent. Default: no bound. */
  readonly maxWaitingBytes?: number;
  readonly log: NonNullable<ConnectOptions['log']>;
}

const NO_FIELDS: Fields = {};

export class Session {
  link: Link;
  readonly generation: number;
  readonly clientIndex: number;
  readonly catalogue: MessageCatalogue;
  readonly counters: Counters;
  readonly fairQueue: FairQueue;
  readonly log: NonNullable<ConnectOptions['log']>;
  readonly serviceTimes = new ServiceTimes();
  readonly progress: Progress;
  private readonly parked = new Set<Exchange>();
  private readonly deadlines: Deadlines;
  private readonly pending = new Pending<Exchange>();
  private readonly tombstones = new Tombstones();
  private readonly at: ReadEnd = { end: 0 };
  private readonly inbox: Inbox;
  private alive = true;
  /** Id of the reply to a ping, which tells exchanges before it that VPP has passed them; -1 while none wants to know. */
  fenceId = -1;
  /** Takes an answer whose exchange has left the tables; true when that was somebody's. */
  onStray: ((context: number, bytes: Buffer, start: number, end: number, contextOffset: number) => boolean) | undefined;
  private readonly tellPassed = (exchange: Exchange) => exchange.onPassed();
  private readonly goOn = () => this.fairQueue.sendWaiting();

  constructor(
    parts: SessionParts,
    private readonly events: SessionEvents,
  ) {
    this.link = parts.link;
    this.generation = parts.generation;
    this.clientIndex = parts.clientIndex;
    this.catalogue = parts.catalogue;
    this.counters = parts.counters;
    this.deadlines = parts.deadlines;
    this.progress = new Progress(this.pending);
    this.log = parts.log;
    const { maxInFlight, maxWaitingBytes = Number.POSITIVE_INFINITY } = parts;
    this.fairQueue = new FairQueue(maxInFlight, maxWaitingBytes, this.pending, () => this.link.isCongested);
    this.link.onRoom = this.goOn;
    this.inbox = new Inbox(this, this.pending, this.tombstones, events);
    this.link.onMessage = (bytes, start, end) => this.inbox.onMessage(bytes, start, end);
    this.link.onClose = (cause) => this.end(cause, true);
  }

  get inFlight(): number {
    return this.pending.size;
  }

  /** Replaces the link, and moves its listeners: a trace around it begins or ends. */
  relink(link: Link): void {
    const { onMessage, onClose } = this.link;
    link.onMessage = onMessage;
    link.onClose = onClose;
    this.link = link;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /**
   * Registers `exchange`, then sends it, and its trailer in the same write.
   * Throws FieldError, and then nothing was sent and nothing is kept.
   */
  send(exchange: Exchange, write: WriteMessage, fields: Fields): void {
    const { plan, state } = exchange;
    this.pending.add(exchange);
    if (this.pending.size === 1) this.serviceTimes.begin();
    try {
      exchange.place = this.link.send(write, fields, plan.id, this.clientIndex, exchange.context);
    } catch (error) {
      this.pending.take(exchange);
      throw error;
    }
    const { isOpenEnded } = exchange;
    if (plan.slow !== undefined || plan.stopsWorkers || exchange.requester.isReader || isOpenEnded) {
      this.fairQueue.entered(exchange);
    }
    if (plan.replyId === this.fenceId && !isOpenEnded) this.fairQueue.pinged();
    const { trailer } = exchange;
    if (trailer) this.link.send(trailer.write, NO_FIELDS, trailer.id, this.clientIndex, exchange.context);
    exchange.state = 'sent';
    exchange.sentAt = Math.floor(this.deadlines.recently());
    exchange.completedSeen = this.progress.completed;
    // A parked one has no deadline, and needs one as much as a new one.
    if (exchange.timeoutMs !== NO_DEADLINE && (state !== 'waiting' || !exchange.strict)) this.deadlines.renew(exchange);
    plan.sent++;
    this.counters.requests++;
  }

  /** Takes the request out of what has not left yet; false when VPP may have it. */
  takeBack({ place, trailer, plan }: Exchange): boolean {
    if (!this.link.takeBack(place, trailer ? 2 : 1)) return false;
    if (plan.replyId === this.fenceId) this.fairQueue.unpinged();
    return true;
  }

  /** Sends a message that VPP does not answer. Throws BACKLOG_FULL while VPP takes nothing. */
  sendOneway(plan: Plan, { write, fields }: Pick<EncodedRequest, 'write' | 'fields'>): void {
    if (this.link.isCongested) throw failure.backlogFull(plan, 0);
    this.link.send(write, fields, plan.id, this.clientIndex, 0);
    this.counters.requests++;
  }

  /** Starts the deadline of an exchange that waits for its turn. */
  startDeadline(exchange: Exchange): void {
    if (exchange.timeoutMs === NO_DEADLINE) return;
    exchange.completedSeen = this.progress.completedFor(exchange);
    this.deadlines.renew(exchange);
  }

  /** Starts the deadline anew, because VPP has answered something. */
  renewDeadline(exchange: Exchange): void {
    this.deadlines.renew(exchange);
  }

  /** Parks an exchange between two pages: nothing of it is at VPP, so it holds no place and no deadline. */
  park(exchange: Exchange): void {
    exchange.state = 'parked';
    this.pending.take(exchange);
    this.inbox.left(exchange);
    this.fairQueue.left(exchange);
    this.deadlines.remove(exchange);
    this.parked.add(exchange);
    exchange.requester.parked(exchange);
    this.fairQueue.sendWaiting();
  }

  unpark(exchange: Exchange): void {
    this.parked.delete(exchange);
  }

  /** Takes a settled exchange out of all tables and lets the next one go. */
  forget(exchange: Exchange, before: ExchangeState): void {
    if (before === 'sent') {
      this.pending.take(exchange);
      this.inbox.left(exchange);
      // Counted also when it was not answered: the requests held back for it have had none of their time yet.
      if (this.fairQueue.left(exchange)) this.progress.completed++;
    } else if (before === 'parked') this.parked.delete(exchange);
    if (exchange.wasSent) exchange.plan.settled++;
    this.deadlines.remove(exchange);
    exchange.requester.settled(exchange, before);
    if (!this.alive) return;
    // After a deadline others may be due in the same moment: they go before anything new is sent.
    if (this.deadlines.expiring) this.deadlines.afterwards(this.goOn);
    else this.fairQueue.sendWaiting();
  }

  /** Tells what was sent before the ping with this context that VPP has passed it: VPP answers in order. */
  passBy(context: number): void {
    this.pending.passBy(context, this.tellPassed);
  }

  /** Remembers `exchange`, whose reply may still come. */
  expectLate(exchange: Exchange): void {
    this.tombstones.add(exchange.context, exchange.plan.name, exchange.requester.id);
  }

  /** Handles the answer to an exchange whose caller got an error before. */
  late(exchange: Exchange, entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    this.expectLate(exchange);
    this.inbox.late(entry, exchange.context, bytes, start, end);
  }

  decode(entry: MessageEntry, bytes: Buffer, start: number, end: number): Fields {
    const { at } = this;
    // A reply in flight always has a definition: the plan that waits for it was made from one.
    const fields = (entry.message as NonNullable<MessageEntry['message']>).read(bytes, start, end, at);
    if (at.end !== end) this.countTrailing(end - at.end);
    return fields;
  }

  /** Counts a message with so many bytes beyond its definition. */
  countTrailing(bytes: number): void {
    this.counters.trailingMessages++;
    this.counters.trailingBytes += bytes;
  }

  /** Decodes a message that was counted before. */
  decodeAgain(entry: MessageEntry, bytes: Buffer, start: number, end: number): Fields {
    return (entry.message as NonNullable<MessageEntry['message']>).read(bytes, start, end, this.at);
  }

  /** The requester of the request in flight with this context. */
  requesterOf(context: number): Requester | undefined {
    return this.pending.get(context)?.requester;
  }

  /** The request that VPP owes an answer the longest. */
  get oldest(): Exchange | undefined {
    let oldest: Exchange | undefined;
    for (const exchange of this.pending.items()) {
      if (oldest === undefined || exchange.sentAt < oldest.sentAt) oldest = exchange;
    }
    return oldest;
  }

  /** Requests in flight that may take long, wherever in the queue it is. */
  get granted(): Exchange[] {
    return this.pending.items().filter(({ isGranted }) => isGranted);
  }

  /** Time when the oldest unanswered request of each requester was sent. */
  oldestByRequester(): Map<Requester, number> {
    const oldest = new Map<Requester, number>();
    for (const { requester, sentAt } of this.pending.items()) {
      if (sentAt < (oldest.get(requester) ?? Number.POSITIVE_INFINITY)) oldest.set(requester, sentAt);
    }
    return oldest;
  }

  /** Gives up what is in flight for `requester`; what VPP still answers reaches nobody. */
  cancelAll(requester: Requester, why: (exchange: Exchange) => Error): void {
    for (const exchange of [...this.parked, ...this.pending.items()]) {
      if (exchange.requester === requester) exchange.cancel(why);
    }
  }

  /** Ends it from our side: everything in flight fails with `cause`. */
  destroy(cause: Error): void {
    this.end(cause, false);
    this.link.close();
  }

  private end(cause: Error, byItself: boolean): void {
    if (!this.alive) return;
    this.alive = false;
    debug.session?.(
      `generation ${this.generation} ends ${byItself ? 'with its link' : 'on our side'}: ${cause.message}; ${this.pending.size} requests in flight fail`,
    );
    this.counters.bytesIn += this.link.bytesIn;
    this.counters.bytesOut += this.link.bytesOut;
    // The connection is called first: a caller that tries again when its request fails must not find this session.
    if (byItself) this.events.onEnd(cause);
    this.fairQueue.failAll(cause);
    for (const exchange of [...this.parked]) exchange.fail(cause);
    this.pending.failAll(cause);
  }
}
