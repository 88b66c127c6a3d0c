/**
 * Turns: one has it, the others wait. Clients take turns, and the calls of one client come in their order; so a
 * client with a thousand calls waiting delays another one by a single call.
 */

import { within } from '../lifetime/budget.js';
import { Fault } from './fault.js';

/** How many calls of one client may wait for one turn; the next is refused with BUSY. */
export const MAX_WAITING = 1000;

/** What waits: a call. */
export interface Taker {
  readonly client: { readonly id: number };
  /** For messages. */
  readonly name: string;
  /** The call it was made in, which waits for it. */
  readonly parent?: Taker | undefined;
  /** Calls made in it that have not ended. */
  readonly nested: ReadonlySet<Taker>;
  /** What it is waiting for now. */
  waitsFor?: Turns | undefined;
  /** Waits for `work`, at most until this one is aborted, and then rejects. */
  during<T>(work: Promise<T>): Promise<T>;
}

interface Waiter {
  readonly taker: Taker;
  readonly grant: () => void;
}

export class Turns {
  #holder: Taker | undefined;
  /** By client; the first client's first waiter is next. */
  readonly #waiting = new Map<number, Set<Waiter>>();

  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, queue) => sum + queue.size, 0);
  }

  /**
   * Waits for the turn; gives the function that passes it on. Throws BUSY, CIRCULAR_CALL when it would wait for
   * itself, and what `taker.during` throws.
   */
  async take(taker: Taker): Promise<() => void> {
    if (this.#holder === undefined) {
      this.#holder = taker;
    } else {
      if (this.#leadsTo(taker, new Set())) throw circle(taker, this.#holder);
      await this.#wait(taker);
    }
    let passed = false;
    return () => {
      if (!passed) this.#pass();
      passed = true;
    };
  }

  /** For what is no call. Gives nothing when the turn does not come in time. */
  async takeWithin(client: number, ms: number): Promise<(() => void) | undefined> {
    const overdue = new Error('overdue');
    const during = async <T>(work: Promise<T>): Promise<T> => {
      const outcome = await within(() => work, ms);
      if (typeof outcome === 'symbol') throw overdue;
      return outcome;
    };
    try {
      // In a line of its own: the client's calls may still be leaving theirs.
      return await this.take({ client: { id: -client }, name: 'closeHandle', nested: new Set(), during });
    } catch (error) {
      if (error !== overdue) throw error;
      return undefined;
    }
  }

  async #wait(taker: Taker): Promise<void> {
    const { id } = taker.client;
    const queue = this.#waiting.get(id) ?? new Set();
    if (queue.size >= MAX_WAITING) {
      throw new Fault('BUSY', `${MAX_WAITING} calls of this client wait for their turn already`);
    }
    this.#waiting.set(id, queue);
    taker.waitsFor = this;
    let waiter: Waiter | undefined;
    const granted = new Promise<void>((grant) => {
      waiter = { taker, grant };
      queue.add(waiter);
    });
    try {
      await taker.during(granted);
    } catch (error) {
      if (waiter === undefined || !this.#leave(id, waiter)) this.#pass();
      throw error;
    } finally {
      taker.waitsFor = undefined;
    }
  }

  /** False when its turn had just come: then it is to be passed on. */
  #leave(id: number, waiter: Waiter): boolean {
    const queue = this.#waiting.get(id);
    if (!queue?.delete(waiter)) return false;
    if (queue.size === 0) this.#waiting.delete(id);
    return true;
  }

  #pass(): void {
    this.#holder = undefined;
    for (const [id, queue] of this.#waiting) {
      const [next] = queue;
      queue.delete(next);
      // Its client goes to the end of the line.
      this.#waiting.delete(id);
      if (queue.size > 0) this.#waiting.set(id, queue);
      this.#holder = next.taker;
      next.grant();
      return;
    }
  }

  /** Whether the turn can only come once `taker` has ended: what holds it waits, through calls of its own, for that. */
  #leadsTo(taker: Taker, seen: Set<Turns>): boolean {
    if (this.#holder === undefined || seen.has(this)) return false;
    seen.add(this);
    for (let above: Taker | undefined = taker; above !== undefined; above = above.parent) {
      if (above === this.#holder) return true;
    }
    return awaited(this.#holder).some((turns) => turns.#leadsTo(taker, seen));
  }
}

/** All turns that a call, or a call made in it, waits for. */
function awaited({ waitsFor, nested }: Taker): Turns[] {
  return [...(waitsFor ? [waitsFor] : []), ...[...nested].flatMap(awaited)];
}

function circle(taker: Taker, holder: Taker): Fault {
  const text = `${taker.name} would wait for ever: it waits for its turn after ${holder.name}, which waits for it`;
  return new Fault('CIRCULAR_CALL', text);
}
