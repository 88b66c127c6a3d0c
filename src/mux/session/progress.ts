/**
 * Progress at VPP, defined in one place: for deadlines, and for the health probe.
 *
 * VPP answers one request after the other, in the order sent. So a request whose time is over may not be late at all:
 * VPP may not have come to it yet.
 *
 *   VPP is at ──▶ head, next, …, R        all sent, none answered in full
 *
 * R goes on waiting while requests before it are answered in full, or while the head may take its time: its
 * caller gave it that time, or it is known to be slow (slow-requests.ts). Details of a dump at the head are no progress by themselves, since they
 * may never end: R waits for one dump only so often. Once a request that was sent after R is answered, VPP has passed
 * R over, and nothing excuses it any more.
 */

import type { Exchange } from './exchange.js';
import { isLater, type Pending } from './pending.js';

/** Number of times that a request waits its own timeout again for one and the same dump before it. */
const ONE_DUMP = 5;

export class Progress {
  /** Requests (and pages of cursor dumps) that VPP has answered in full. */
  completed = 0;
  /** Answers of any kind; standing still means that VPP answers nobody. */
  answers = 0;
  /** The latest request that VPP has answered anything to. */
  private newest = -1;
  /** `answers` when a request at the head ran out of its time. */
  private overdueAt = -1;

  constructor(private readonly pending: Pick<Pending<Exchange>, 'oldest'>) {}

  /** Called at each answer to the request with this context. Hot path. */
  heard(context: number): void {
    this.answers++;
    if (this.newest === -1 || isLater(context, this.newest)) this.newest = context;
  }

  /** The request that VPP is at, where that may take longer than other requests; undefined once it has had its time. */
  get granted(): Exchange | undefined {
    const head = this.pending.oldest();
    return head?.isGranted && this.overdueAt !== this.answers ? head : undefined;
  }

  /** Returns whether `exchange`, whose time is over, only waits behind others; call it once each time. */
  excuses(exchange: Exchange): boolean {
    const isPassed = this.newest !== -1 && isLater(this.newest, exchange.context);
    if (isPassed && exchange.state === 'sent') return false;
    const completed = this.completedFor(exchange);
    if (exchange.completedSeen !== completed) {
      exchange.completedSeen = completed;
      exchange.dumpWaits = 0;
      return true;
    }
    const head = this.pending.oldest();
    if (head === undefined || head === exchange) return false;
    // A request that was not sent yet can fail without harm, and its caller may have better use of the time; but what the mux
    // itself holds back for one that goes alone is not to pay for it.
    if (head === this.granted) return exchange.state === 'sent' || exchange.session.fairQueue.exclusive !== undefined;
    // A dump that is still in the table has been heard of within its own time.
    return head.plan.detailsId >= 0 && ++exchange.dumpWaits <= ONE_DUMP;
  }

  /** Counts the answers that `exchange` waits for: with its requester's window full only its requester's, not those of others. */
  completedFor({ state, requester }: Exchange): number {
    return state !== 'sent' && requester.isFull ? requester.completed : this.completed;
  }

  /** Called when the time of `exchange`, which was sent, is over. Requests behind it get no more time when VPP was working on it. */
  overdue(exchange: Exchange): void {
    if (this.pending.oldest() === exchange) this.overdueAt = this.answers;
  }
}
