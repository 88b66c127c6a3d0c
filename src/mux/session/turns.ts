/**
 * Whose request goes next. A channel sends at once while its window has room and nobody is in front of
 * it; else its requests wait in order, and the channels that may send take turns, one request each.
 *
 * The session has a window as well: VPP is serial, so what is in flight is what everybody's next
 * request waits behind. It is closed, too, while VPP takes no bytes. What waits has a bound in bytes.
 *
 *   all: channels with something waiting ──┬─ own window full: wait for an answer of their own
 *                                          └─ line: may send, wait for the session's window
 */

/** A channel with requests waiting. */
export interface Waiter {
  /** Something waits, and its window has room. */
  readonly maySend: boolean;
  readonly waiting: number;
  /** Sends its first waiting request; false when there was none after all. */
  sendNext(): boolean;
  /** Fails its waiting requests. */
  failWaiting(cause: Error): void;
}

export class Turns {
  private readonly all = new Set<Waiter>();
  private readonly line = new Set<Waiter>();
  /** Of requests that wait, encoded. */
  waitingBytes = 0;

  constructor(
    readonly maxWaitingBytes: number,
    private readonly hasRoom: () => boolean,
  ) {}

  /** True when a new request may go at once. */
  get open(): boolean {
    return this.line.size === 0 && this.hasRoom();
  }

  /** Call when `waiter` has begun to wait, has got room, or has nothing left. */
  update(waiter: Waiter): void {
    if (waiter.waiting === 0) {
      this.all.delete(waiter);
      this.line.delete(waiter);
      return;
    }
    this.all.add(waiter);
    if (waiter.maySend) this.line.add(waiter);
  }

  /** Sends what there is room for. A set keeps its order: the first in line sends, then goes to the back. */
  go(): void {
    if (this.line.size === 0) return;
    for (const waiter of this.line) {
      if (!this.hasRoom()) return;
      this.line.delete(waiter);
      // Only who has sent goes to the back: whoever is just being closed must not go round for ever.
      if (waiter.maySend && waiter.sendNext()) this.update(waiter);
    }
  }

  failAll(cause: Error): void {
    const waiters = [...this.all];
    this.all.clear();
    this.line.clear();
    for (const waiter of waiters) waiter.failWaiting(cause);
  }
}
