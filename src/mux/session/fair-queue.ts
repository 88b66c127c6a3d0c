/**
 * Decides which request is sent next. A channel sends immediately while its window has room and nobody is in front of
 * it; else its requests wait in order, and the channels that may send take turns, one request each.
 *
 * The session has a window as well: VPP is serial, so everybody's next request waits behind what is in flight. It is
 * closed, too, while VPP takes no bytes. What waits is bounded in bytes. Channels that only read have a share of that
 * window: a quarter, and two dumps. With these VPP is always busy, and a request that writes never stands behind more
 * of them. Requests that stop VPP's workers have a smaller share, so that packets are forwarded between them. A large request
 * takes as many turns as it has parts of `TURN` bytes. The mux's own questions have a place of their own.
 *
 *   all: channels with something waiting ──┬─ own window full: wait for an answer of their own
 *                                          ├─ line: may send, wait for the session's window
 *                                          ├─ readers: the same, for the readers' share of it
 *                                          └─ exclusives: the next request goes alone (slow-requests.ts)
 *
 * One that goes alone waits for those that waited before it (`owed`), then for all that is in flight; it is sent, and
 * nothing else until VPP is through with it (`alone`). Then again what waited meanwhile goes before the next such one.
 */

import { debug } from '../../debug.js';
import type { Exchange } from './exchange.js';

/** A channel with requests waiting. */
export interface WaitingChannel {
  /** True when something waits, and its window has room. */
  readonly maySend: boolean;
  readonly waiting: number;
  /** Its first waiting request. */
  readonly next: Exchange | undefined;
  /** True when its requests only read. */
  readonly isReader: boolean;
  /** Bytes that it has saved up for its next request. */
  credit: number;
  /** Sends its first waiting request; false when there was none after all. */
  sendNext(): boolean;
  /** Fails its waiting requests. */
  failWaiting(cause: Error): void;
}

/** Requests in flight that may stop VPP's workers, at least. */
const LEAST_STOPPING = 64;
/** Bytes of a request for one turn. */
const TURN = 4096;
/** Requester that asks for the mux itself. */
const OWN = 0;

/** Dumps of readers at VPP: one that it is at, and the next. */
const READER_DUMPS = 2;

const isDump = ({ plan }: Exchange) => plan.detailsId >= 0;

export class FairQueue {
  private readonly all = new Set<WaitingChannel>();
  private readonly line = new Set<WaitingChannel>();
  private readonly readers = new Set<WaitingChannel>();
  private readonly exclusives = new Set<WaitingChannel>();
  /** Exclusive request at VPP. */
  private running: Exchange | undefined;
  /** Requests that go before the next one that goes alone. */
  private owed = 0;
  private readonly share: number;
  /** Requests of readers in flight. */
  private reading = 0;
  private dumping = 0;
  private readonly stoppingShare: number;
  /** Requests in flight that stop VPP's workers. */
  private stopping = 0;
  /** Bytes of encoded requests that wait. */
  waitingBytes = 0;
  /** Called when something waits that may wait for the end of a dump, and no ping is on its way that would tell of it. */
  onOpenEnds: () => void = () => {};
  /** Open-ended requests sent after the last ping. */
  private openEnds = 0;

  constructor(
    private readonly maxInFlight: number,
    readonly maxWaitingBytes: number,
    /** Requests in flight. */
    private readonly pending: { readonly size: number },
    private readonly isCongested: () => boolean,
  ) {
    this.share = Math.max(1, maxInFlight >> 2);
    this.stoppingShare = Math.min(maxInFlight, Math.max(LEAST_STOPPING, maxInFlight >> 4));
  }

  /** Returns whether `exchange`, a new one, may be sent immediately. */
  admits(exchange: Exchange): boolean {
    if (this.running !== undefined) return false;
    if (exchange.requester.id === OWN && exchange.plan.slow === undefined) return !this.isCongested();
    if (this.exclusives.size > 0 || !this.hasRoom || !this.mayStop(exchange)) return false;
    if (exchange.plan.slow !== undefined) return this.isQuiet && this.line.size === 0 && this.readers.size === 0;
    // With the share of what stops workers used up, it is those that stand in line.
    if (!exchange.requester.isReader) return this.line.size === 0 || this.stopping >= this.stoppingShare;
    return this.hasShare(exchange) && (this.readers.size === 0 || !isDump(exchange));
  }

  /** True while a request has VPP to itself. */
  get isAlone(): boolean {
    return this.running !== undefined;
  }

  /** Called when `exchange` is sent. */
  entered(exchange: Exchange): void {
    if (exchange.plan.slow !== undefined) this.running = exchange;
    if (exchange.plan.stopsWorkers) this.stopping++;
    if (exchange.isOpenEnded) this.openEnds++;
    if (exchange.requester.isReader) this.count(exchange, 1);
  }

  /** Called when a ping is sent. */
  pinged(): void {
    this.openEnds = 0;
  }

  /** Called when a ping has not left after all. */
  unpinged(): void {
    this.openEnds = 1;
  }

  /** Called when `exchange` is at VPP no more. True when it had VPP to itself. */
  left(exchange: Exchange): boolean {
    if (exchange.plan.stopsWorkers) this.stopping--;
    if (exchange.requester.isReader) this.count(exchange, -1);
    if (this.running !== exchange) return false;
    this.running = undefined;
    this.owed = this.othersWaiting();
    return true;
  }

  /** The request that has VPP to itself, or is to be the next. */
  get exclusive(): Exchange | undefined {
    if (this.running) return this.running;
    for (const { next } of this.exclusives) return next;
    return undefined;
  }

  /** Called at each event: VPP may have finished an exclusive request. */
  onEvent(name: string): void {
    if (this.running !== undefined && this.running.plan.slow?.until === name) this.running.onThrough();
  }

  /** Call when `waiter` has begun to wait, has got room, or has nothing left. */
  update(waiter: WaitingChannel): void {
    const { next } = waiter;
    if (waiter.waiting === 0 || next === undefined) {
      this.all.delete(waiter);
      this.leaveLines(waiter);
      return;
    }
    if (debug.requests !== undefined && !this.all.has(waiter)) {
      debug.requests(`${next.plan.name} waits: ${this.whyWaiting(waiter, next)}`);
    }
    this.all.add(waiter);
    this.lookForEnds();
    if (!waiter.maySend) return;
    const line = next.plan.slow !== undefined ? this.exclusives : waiter.isReader ? this.readers : this.line;
    if (line.has(waiter)) return;
    this.leaveLines(waiter);
    line.add(waiter);
    if (line === this.exclusives && line.size === 1 && this.running === undefined) this.owed = this.othersWaiting();
  }

  /** Sends what there is room for. */
  sendWaiting(): void {
    if (this.running !== undefined) return;
    // Readers are first: they have their share and no more.
    if (this.readers.size > 0) this.send(this.readers);
    if (this.line.size > 0) this.send(this.line);
    this.lookForEnds();
    if (this.exclusives.size === 0 || this.running !== undefined || !this.isQuiet || !this.hasRoom) return;
    for (const waiter of this.exclusives) {
      this.exclusives.delete(waiter);
      const hasSent = waiter.maySend && waiter.sendNext();
      if (waiter.waiting > 0) this.update(waiter);
      if (hasSent) return;
    }
  }

  /** The reason why `next`, the first request of `waiter`, cannot be sent now; for debug output. */
  private whyWaiting(waiter: WaitingChannel, { plan }: Exchange): string {
    if (!waiter.maySend) return "its channel's window is full";
    if (this.running) return `${this.running.plan.name} goes alone, and VPP has not finished it`;
    if (plan.slow !== undefined) return `it goes alone, after ${this.pending.size} requests in flight`;
    if (this.exclusives.size > 0) return `${this.exclusive?.plan.name} goes alone next`;
    if (!this.hasRoom) return `the session has no room: ${this.pending.size} requests are in flight`;
    return waiter.isReader ? 'channels that only read have used up their share' : 'others wait before it';
  }

  failAll(cause: Error): void {
    const waiters = [...this.all];
    for (const each of [this.all, this.line, this.readers, this.exclusives]) each.clear();
    for (const waiter of waiters) waiter.failWaiting(cause);
  }

  /** A set keeps its order: the first in line sends, then goes to the back. */
  private send(line: Set<WaitingChannel>): void {
    for (const waiter of line) {
      if (!this.hasRoom || (this.exclusives.size > 0 && this.owed <= 0)) return;
      const { next } = waiter;
      if (next && (!this.mayStop(next) || (line === this.readers && !this.hasShare(next)))) continue;
      line.delete(waiter);
      if (next && line.size > 0 && !this.hasSaved(waiter, next)) {
        line.add(waiter);
        continue;
      }
      // Only a waiter that has sent goes to the back: one that is being closed must not go round for ever.
      if (waiter.maySend && waiter.sendNext()) {
        this.owed--;
        this.update(waiter);
      }
    }
  }

  /** Has VPP asked for the ends of dumps that others wait for: nobody else may do that before they have been told. */
  private lookForEnds(): void {
    if (this.openEnds > 0 && this.all.size > 0 && this.running === undefined) this.onOpenEnds();
  }

  private get hasRoom(): boolean {
    return this.pending.size < this.maxInFlight && !this.isCongested();
  }

  /** VPP has answered everything. */
  private get isQuiet(): boolean {
    return this.pending.size === 0;
  }

  private mayStop({ plan }: Exchange): boolean {
    return !plan.stopsWorkers || this.stopping < this.stoppingShare;
  }

  /** Returns whether the waiter has had turns enough for its next request; it has when nobody else is in line. */
  private hasSaved(waiter: WaitingChannel, { encoded }: Exchange): boolean {
    const size = encoded?.size ?? 0;
    if (size <= TURN) return true;
    waiter.credit += TURN;
    if (waiter.credit < size) return false;
    waiter.credit = 0;
    return true;
  }

  private hasShare(exchange: Exchange): boolean {
    return this.reading < this.share && (this.dumping < READER_DUMPS || !isDump(exchange));
  }

  private count(exchange: Exchange, change: number): void {
    this.reading += change;
    if (isDump(exchange)) this.dumping += change;
  }

  private othersWaiting(): number {
    let waiting = 0;
    for (const waiter of this.all) if (!this.exclusives.has(waiter)) waiting += waiter.waiting;
    return waiting;
  }

  private leaveLines(waiter: WaitingChannel): void {
    this.line.delete(waiter);
    this.readers.delete(waiter);
    this.exclusives.delete(waiter);
  }
}
