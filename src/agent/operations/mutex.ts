/**
 * A fair mutex: one call holds it, the others wait. Clients take turns, and the calls of one client keep their order; so
 * a client with a thousand waiting calls delays another one by a single call.
 */

import { within } from '../lifetime/budget.js';
import { Fault } from './fault.js';

/** Calls of one client that may wait for one mutex; the next is refused with BUSY. */
export const MAX_WAITING = 1000;

/** A call that holds a mutex or waits for it. */
export interface MutexOwner {
  readonly client: { readonly id: number };
  /** Name for messages. */
  readonly name: string;
  /** The call around it, which waits for it. */
  readonly parent?: MutexOwner | undefined;
  /** Calls within it that have not ended. */
  readonly nested: ReadonlySet<MutexOwner>;
  /** The mutex that it waits for now. */
  waitsFor?: Mutex | undefined;
  /** Waits for `work`, at most until this one is aborted, and then rejects. */
  during<T>(work: Promise<T>): Promise<T>;
}

interface Waiter {
  readonly owner: MutexOwner;
  readonly grant: () => void;
}

export class Mutex {
  private holder: MutexOwner | undefined;
  /** Waiters by client; the first client's first waiter is next. */
  private readonly waiters = new Map<number, Set<Waiter>>();

  get waiting(): number {
    return [...this.waiters.values()].reduce((sum, queue) => sum + queue.size, 0);
  }

  /**
   * Waits for the mutex; returns the function that releases it. Throws BUSY, CIRCULAR_CALL when it would wait for itself,
   * and what `owner.during` throws.
   */
  async acquire(owner: MutexOwner): Promise<() => void> {
    if (this.holder === undefined) {
      this.holder = owner;
    } else {
      if (this.leadsTo(owner, new Set())) throw circle(owner, this.holder);
      await this.wait(owner);
    }
    let passed = false;
    return () => {
      if (!passed) this.release();
      passed = true;
    };
  }

  /** Acquires it for `closeHandle`, which is no call. Resolves with undefined when that takes longer than `ms`. */
  async acquireWithin(client: number, ms: number): Promise<(() => void) | undefined> {
    const overdue = new Error('overdue');
    const during = async <T>(work: Promise<T>): Promise<T> => {
      const outcome = await within(() => work, ms);
      if (typeof outcome === 'symbol') throw overdue;
      return outcome;
    };
    try {
      // In a queue of its own: the client's calls may still be leaving theirs.
      return await this.acquire({ client: { id: -client }, name: 'closeHandle', nested: new Set(), during });
    } catch (error) {
      if (error !== overdue) throw error;
      return undefined;
    }
  }

  private async wait(owner: MutexOwner): Promise<void> {
    const { id } = owner.client;
    const queue = this.waiters.get(id) ?? new Set();
    if (queue.size >= MAX_WAITING) {
      throw new Fault('BUSY', `${MAX_WAITING} calls of this client wait for their turn already`);
    }
    this.waiters.set(id, queue);
    owner.waitsFor = this;
    let waiter: Waiter | undefined;
    const granted = new Promise<void>((grant) => {
      waiter = { owner, grant };
      queue.add(waiter);
    });
    try {
      await owner.during(granted);
    } catch (error) {
      if (waiter === undefined || !this.remove(id, waiter)) this.release();
      throw error;
    } finally {
      owner.waitsFor = undefined;
    }
  }

  /** Removes a waiter. False when it had just got the mutex, which is to be released then. */
  private remove(id: number, waiter: Waiter): boolean {
    const queue = this.waiters.get(id);
    if (!queue?.delete(waiter)) return false;
    if (queue.size === 0) this.waiters.delete(id);
    return true;
  }

  private release(): void {
    this.holder = undefined;
    for (const [id, queue] of this.waiters) {
      const [next] = queue;
      queue.delete(next);
      // Moves the client to the end of the queue.
      this.waiters.delete(id);
      if (queue.size > 0) this.waiters.set(id, queue);
      this.holder = next.owner;
      next.grant();
      return;
    }
  }

  /** Whether it is released only after `owner` has ended: its holder waits, through its own calls, for `owner`. */
  private leadsTo(owner: MutexOwner, seen: Set<Mutex>): boolean {
    if (this.holder === undefined || seen.has(this)) return false;
    seen.add(this);
    for (let above: MutexOwner | undefined = owner; above !== undefined; above = above.parent) {
      if (above === this.holder) return true;
    }
    return awaited(this.holder).some((mutex) => mutex.leadsTo(owner, seen));
  }
}

/** All mutexes that a call, or a call within it, waits for. */
function awaited({ waitsFor, nested }: MutexOwner): Mutex[] {
  return [...(waitsFor ? [waitsFor] : []), ...[...nested].flatMap(awaited)];
}

function circle(owner: MutexOwner, holder: MutexOwner): Fault {
  const text = `${owner.name} would wait for ever: it waits for its turn after ${holder.name}, which waits for it`;
  return new Fault('CIRCULAR_CALL', text);
}
