/**
 * One request and what comes back. Life cycle:
 *
 *   waiting ──send──▶ in flight ──onReply──▶ settled
 *      │                  ├──expire (deadline)──▶ settled; a later reply is counted, reaches nobody
 *      │                  ├──cancel (signal, channel closed)──▶ the same
 *      └──fail/expire     └──fail (link ended)──▶ settled, outcome `unknown`
 *         outcome `not-sent`
 *
 * It settles exactly once: whoever ends it calls `release()` first, which is true only once.
 */

import type { WriteMessage } from '../codec/codec.js';
import type { Entry, Plan } from './catalogue.js';
import type { DeadlineList, Timed } from './deadlines.js';
import * as failure from './failures.js';
import type { InFlight } from './pending.js';
import type { Session } from './session.js';

/** Whoever has a window of requests: a channel. */
export interface Owner {
  readonly id: number;
  /** Counts answers; standing still means that VPP does not answer this owner. */
  progress: number;
  /** An exchange of its own is over. */
  settled(exchange: Exchange): void;
  /** Its deadline passed, and in all its time nothing of this owner was answered. */
  silent(exchange: Exchange): void;
}

/** What is handed to the link: fields and the function that encodes them (or copies them, when encoded before). */
export interface Parcel {
  readonly write: WriteMessage;
  readonly fields: Record<string, unknown>;
}

export abstract class Exchange implements InFlight, Timed {
  context = -1;
  due = 0;
  list: DeadlineList | undefined = undefined;
  earlier: Timed | undefined = undefined;
  later: Timed | undefined = undefined;
  /** On the clock of performance.now(); -1 while it waits for its turn. */
  sentAt = -1;
  progressAtSend = 0;
  /** Called once when it is over. */
  onSettled: (() => void) | undefined = undefined;
  private over = false;

  constructor(
    readonly session: Session,
    readonly plan: Plan,
    readonly owner: Owner,
    readonly timeoutMs: number,
  ) {}

  get sent(): boolean {
    return this.sentAt >= 0;
  }

  get settled(): boolean {
    return this.over;
  }

  /** `bytes[start, end)` is valid only during the call. */
  abstract onReply(entry: Entry, bytes: Buffer, start: number, end: number): void;

  /** Tells the caller. Called once, after `release()`. */
  protected abstract reject(error: Error): void;

  /** The link ended, or VPP answered with nonsense. */
  fail(cause: Error): void {
    if (this.release()) this.reject(failure.ended(this, cause));
  }

  /** The caller does not want it any more. */
  cancel(error: Error): void {
    this.giveUp(error);
  }

  /** The deadline has passed. */
  expire(): void {
    // Those that wait first: this one makes room, and nothing more should go to a VPP that does not answer.
    if (this.sent && this.owner.progress === this.progressAtSend) this.owner.silent(this);
    this.giveUp(failure.replyTimeout(this));
  }

  /** Leaves all tables; true the first time. */
  protected release(): boolean {
    if (this.over) return false;
    this.over = true;
    this.session.forget(this);
    this.onSettled?.();
    return true;
  }

  private giveUp(error: Error): void {
    const inFlight = this.sent;
    if (!this.release()) return;
    if (inFlight) this.session.expectLate(this);
    this.reject(error);
  }
}
