/**
 * One request and what comes back. Life cycle:
 *
 *   new ──▶ waiting ──▶ sent ──onReply──▶ over
 *    └────────────────▶   │ ├─ expire (deadline), cancel (signal, channel closed): over; a later reply
 *                         │ │  is counted and reaches nobody
 *                         │ └─ fail (link ended): over, outcome `unknown`; before it was sent: `not-sent`
 *                         └─▶ parked (a cursor dump between two pages) ──▶ waiting or sent again
 *
 * It settles exactly once: each way to end it calls `release()` first, which is true only once.
 */

import { reasonOf } from '../../thrown.js';
import type { WriteMessage } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import type { DeadlineList, Timed } from './deadlines.js';
import * as failure from './failures.js';
import type { MessageEntry, Plan } from './message-catalogue.js';
import type { InFlight } from './pending.js';
import type { Session } from './session.js';

export type ExchangeState = 'new' | 'waiting' | 'sent' | 'parked' | 'over';

/** Side of a channel that an exchange knows; usually the channel's window. */
export interface Requester {
  readonly id: number;
  /** Requests (and pages of cursor dumps) of this requester that VPP has answered in full. */
  completed: number;
  /** True when its requests only read: then it has a share of what is in flight. */
  readonly isReader?: boolean;
  /** True when its next request waits for one of its own to end. */
  readonly isFull: boolean;
  /** Called when one of its exchanges is over; `before` is the state it left. */
  settled(exchange: Exchange, before: ExchangeState): void;
  /** Called when one of its exchanges is between two pages: its place in the window is free. */
  parked(exchange: Exchange): void;
  /** Sends the next page of a parked exchange. */
  resume(exchange: Exchange, fields: Record<string, unknown>): void;
}

/** Sees the answers of an exchange, next to the caller. It does not throw, and may do anything else. */
export interface ReplyObserver {
  /** `read` gives the fields, a new copy each time: nothing is copied or decoded before somebody looks. */
  onReply(name: string, read: () => Record<string, unknown>): void;
}

/** Reads `fields`, for an observer. A function made in place would cost every answer an object of its own, observed or not. */
export function copying(fields: Record<string, unknown>): () => Record<string, unknown> {
  return () => structuredClone(fields);
}

/** Request as it is handed to the link: fields, and the function that encodes them, or copies bytes encoded before. */
export interface EncodedRequest {
  readonly write: WriteMessage;
  readonly fields: Record<string, unknown>;
  /** Bytes. */
  readonly size: number;
  /** Returns what may wait, where this is valid only during the call that hands it over. */
  keep?(): EncodedRequest;
}

/** A message with the context of a request that does not answer it as its service says. */
export interface OtherFrame {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Offset of the context in the body. */
  readonly contextOffset: number;
}

export abstract class Exchange implements InFlight, Timed {
  state: ExchangeState = 'new';
  context = -1;
  due = 0;
  list: DeadlineList | undefined = undefined;
  earlier: Timed | undefined = undefined;
  later: Timed | undefined = undefined;
  /** Time when it was sent first, on the clock of performance.now(); -1 before. */
  sentAt = -1;
  /** Place in the stream of what is sent; see `Link.takeBack`. */
  place = 0;
  /** Encoded request, while the exchange waits. */
  encoded: EncodedRequest | undefined = undefined;
  /** True when the deadline counts from the call, also while the exchange waits. */
  strict = false;
  /** True when it may take its whole time without a sign of life from VPP, because its caller set that time. */
  isGranted = false;
  /** Number of requests answered in full when its time began (progress.ts). */
  completedSeen = 0;
  /** Number of renewals of its time because of the same dump before it. */
  dumpWaits = 0;
  /** Called once when it is over. */
  onSettled: (() => void) | undefined = undefined;
  observer: ReplyObserver | undefined = undefined;

  constructor(
    readonly session: Session,
    readonly plan: Plan,
    readonly requester: Requester,
    readonly timeoutMs: number,
  ) {}

  /** Request whose frame goes out right behind this one's, with the same context; most exchanges have none. */
  get trailer(): Plan | undefined {
    return undefined;
  }

  /** True when only the reply to a ping that is sent later tells that VPP has finished it. */
  get isOpenEnded(): boolean {
    return false;
  }

  /** True when VPP may know of the request. */
  get wasSent(): boolean {
    return this.sentAt >= 0;
  }

  get settled(): boolean {
    return this.state === 'over';
  }

  /** Takes one message of the answer, defined by `entry`. `bytes[start, end)` is valid only during the call. */
  abstract onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void;

  /** Called when VPP has answered with another message, which `error` describes; `frame` is valid only during the call. */
  abstract onOther(error: Error, frame: OtherFrame): void;

  /** Called when VPP has answered a ping that was sent later: what this one has got by then is all, unless VPP answers it at another time. */
  onPassed(): void {}

  /** Called at the event that VPP sends when it has finished the request (slow-requests.ts). */
  onThrough(): void {}

  /** Tells the caller. Called once, after `release()`. */
  protected abstract reject(error: Error): void;

  /** Fails the exchange because the link ended, or because VPP answered with nonsense. */
  fail(cause: Error): void {
    if (this.release()) this.tell(failure.ended(this, cause));
  }

  /** Gives the exchange up for its caller. `why` is called when it is known whether VPP has the request. */
  cancel(why: (exchange: Exchange) => Error): void {
    this.takeBack();
    this.giveUp(why(this));
  }

  /** Called when the deadline has passed. */
  expire(): void {
    const { progress } = this.session;
    if (!this.strict && progress.excuses(this)) {
      this.session.renewDeadline(this);
      return;
    }
    if (this.state === 'sent') progress.overdue(this);
    this.takeBack();
    this.giveUp(failure.replyTimeout(this));
  }

  /** Fails the exchange because handling it threw, maybe after it had left the tables: its caller gets an error all the same. */
  crash(error: Error): void {
    this.release();
    this.tell(error);
  }

  /** Removes the exchange from all tables; true the first time. */
  protected release(): boolean {
    const before = this.state;
    if (before === 'over') return false;
    this.state = 'over';
    this.session.forget(this, before);
    this.onSettled?.();
    return true;
  }

  /** Takes the request back while its bytes have not left yet; true when that worked. */
  protected takeBack(): boolean {
    if (this.state !== 'sent' || !this.wasSent || !this.session.takeBack(this)) return false;
    this.sentAt = -1;
    return true;
  }

  /** Counts a failure, once for each exchange, for the statistics of its message. */
  protected countFailure(error: Error): void {
    const { plan } = this;
    const code = this.wasSent ? (error instanceof VppmuxError ? error.code : 'INTERNAL') : 'not-sent';
    plan.failed ??= new Map();
    plan.failed.set(code, (plan.failed.get(code) ?? 0) + 1);
  }

  private giveUp(error: Error): void {
    const atVpp = this.state === 'sent' && this.wasSent;
    if (!this.release()) return;
    if (atVpp) this.session.expectLate(this);
    this.tell(error);
  }

  /** An exception of the caller must not keep the others, which may fail with it, from being settled. */
  protected tell(error: Error): void {
    try {
      this.reject(error);
    } catch (thrown) {
      this.session.log('warn', `the caller of ${this.plan.name} throws when told of its failure: ${reasonOf(thrown)}`);
    }
  }
}
