/**
 * One request and what comes back. Life cycle:
 *
 *   new ──▶ waiting ──▶ sent ──onReply──▶ over
 *    └────────────────▶   │ ├─ expire (deadline), cancel (signal, channel closed): over; a later reply
 *                         │ │  is counted and reaches nobody
 *                         │ └─ fail (link ended): over, outcome `unknown`; before it was sent: `not-sent`
 *                         └─▶ parked (a cursor dump between two pages) ──▶ waiting or sent again
 *
 * It settles exactly once: whoever ends it calls `release()` first, which is true only once.
 */

import { reasonOf } from '../../thrown.js';
import type { WriteMessage } from '../codec/codec.js';
import type { Entry, Plan } from './catalogue.js';
import type { DeadlineList, Timed } from './deadlines.js';
import * as failure from './failures.js';
import type { InFlight } from './pending.js';
import type { Session } from './session.js';

export type ExchangeState = 'new' | 'waiting' | 'sent' | 'parked' | 'over';

/** Whoever has a window of requests: a channel. */
export interface Owner {
  readonly id: number;
  /** Its requests (and pages of cursor dumps) that VPP has answered in full. */
  completed: number;
  /** Its requests only read: it has a share of what is in flight. */
  readonly isReader?: boolean;
  /** Its next request waits for one of its own to end. */
  readonly isFull: boolean;
  /** An exchange of its own is over; `before` is the state it left. */
  settled(exchange: Exchange, before: ExchangeState): void;
  /** An exchange of its own is between two pages: its place in the window is free. */
  parked(exchange: Exchange): void;
  /** It wants to go on. */
  resume(exchange: Exchange, fields: Record<string, unknown>): void;
}

/** Is shown what comes back, besides the caller. It does not throw, and may do anything else. */
export interface Watcher {
  /** `read` gives the fields, a new copy each time: nothing is copied or decoded before somebody looks. */
  onReply(name: string, read: () => Record<string, unknown>): void;
}

/** What is handed to the link: fields and the function that encodes them (or copies them, when encoded before). */
export interface Parcel {
  readonly write: WriteMessage;
  readonly fields: Record<string, unknown>;
  /** Bytes. */
  readonly size: number;
}

export abstract class Exchange implements InFlight, Timed {
  state: ExchangeState = 'new';
  context = -1;
  due = 0;
  list: DeadlineList | undefined = undefined;
  earlier: Timed | undefined = undefined;
  later: Timed | undefined = undefined;
  /** On the clock of performance.now(); -1 until it is sent for the first time. */
  sentAt = -1;
  /** Where it stands in what is sent; see `Link.takeBack`. */
  place = 0;
  /** Its encoded request, while it waits. */
  parcel: Parcel | undefined = undefined;
  /** Its deadline counts from the call, also while it waits. */
  strict = false;
  /** It may take its whole time without a sign of life from VPP: somebody has said that it takes so long. */
  isGranted = false;
  /** Number of requests answered in full when its time began (progress.ts). */
  completedSeen = 0;
  /** How often its time was renewed because of the same dump before it. */
  dumpWaits = 0;
  /** Called once when it is over. */
  onSettled: (() => void) | undefined = undefined;
  watcher: Watcher | undefined = undefined;

  constructor(
    readonly session: Session,
    readonly plan: Plan,
    readonly owner: Owner,
    readonly timeoutMs: number,
    /** Request whose frame goes out right behind this one's, with the same context; most have none. */
    readonly trailer: Plan | undefined = undefined,
  ) {}

  /** VPP may know of it. */
  get wasSent(): boolean {
    return this.sentAt >= 0;
  }

  get settled(): boolean {
    return this.state === 'over';
  }

  /** `entry` is what the request is answered with. `bytes[start, end)` is valid only during the call. */
  abstract onReply(entry: Entry, bytes: Buffer, start: number, end: number): void;

  /** VPP has answered with something else: `error` says with what. */
  abstract onOther(error: Error): void;

  /** The event has come that VPP sends when it is through with it (slow-requests.ts). */
  onThrough(): void {}

  /** Tells the caller. Called once, after `release()`. */
  protected abstract reject(error: Error): void;

  /** The link ended, or VPP answered with nonsense. */
  fail(cause: Error): void {
    if (this.release()) this.tell(failure.ended(this, cause));
  }

  /** The caller does not want it any more. `why` is asked when it is known whether VPP has it. */
  cancel(why: (exchange: Exchange) => Error): void {
    this.takeBack();
    this.giveUp(why(this));
  }

  /** The deadline has passed. */
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

  /** Something threw while it was handled, maybe after it had left the tables: its caller hears of it all the same. */
  crash(error: Error): void {
    this.release();
    this.tell(error);
  }

  /** Leaves all tables; true the first time. */
  protected release(): boolean {
    const before = this.state;
    if (before === 'over') return false;
    this.state = 'over';
    this.session.forget(this, before);
    this.onSettled?.();
    return true;
  }

  /** As if it had never been sent, when its bytes have not left yet. True then. */
  protected takeBack(): boolean {
    if (this.state !== 'sent' || !this.wasSent || !this.session.takeBack(this)) return false;
    this.sentAt = -1;
    return true;
  }

  private giveUp(error: Error): void {
    const atVpp = this.state === 'sent' && this.wasSent;
    if (!this.release()) return;
    if (atVpp) this.session.expectLate(this);
    this.tell(error);
  }

  /** An exception of the caller must not keep the others, who may fail with it, from being told. */
  protected tell(error: Error): void {
    try {
      this.reject(error);
    } catch (thrown) {
      this.session.log('warn', `the caller of ${this.plan.name} throws when told of its failure: ${reasonOf(thrown)}`);
    }
  }
}
