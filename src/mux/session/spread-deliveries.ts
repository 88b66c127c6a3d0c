/**
 * Delivers an event that very many wait for to a few of them in each turn of the event loop: otherwise everybody's requests would wait
 * until the last one has it. Each receiver gets its events in the order in which they came.
 */

import type { ArrivedEvent } from './arrived-event.js';
import type { Subscription } from './subscription.js';

/** Receivers that get an event at once. */
export const AT_ONCE = 64;
/** Deliveries of one turn. */
const IN_A_TURN = 32;
/** Deliveries that may wait; where they are more, all are made. */
const MOST_WAITING = 16_384;

interface Waiting {
  readonly event: ArrivedEvent;
  readonly receivers: readonly Subscription[];
  /** The number of those that have it. */
  done: number;
}

export class SpreadDeliveries {
  private readonly queue: Waiting[] = [];
  private waiting = 0;
  private isScheduled = false;

  /** `deliver` must not throw. */
  constructor(private readonly deliver: (event: ArrivedEvent, receiver: Subscription) => void) {}

  /** Whether an event of this name waits for some of its receivers. */
  holds(name: string): boolean {
    return this.queue.some(({ event }) => event.entry.name === name);
  }

  /** `event` must be valid after this call. */
  add(event: ArrivedEvent, receivers: readonly Subscription[]): void {
    if (receivers.length === 0) return;
    this.queue.push({ event, receivers, done: 0 });
    this.waiting += receivers.length;
    if (this.waiting > MOST_WAITING) this.flush();
    else this.schedule();
  }

  /** Makes all deliveries that wait. */
  flush(): void {
    this.work(Number.POSITIVE_INFINITY);
  }

  private schedule(): void {
    if (this.isScheduled || this.queue.length === 0) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.work(IN_A_TURN);
      this.schedule();
    });
  }

  private work(most: number): void {
    for (let left = most; left > 0 && this.queue.length > 0; left--) {
      const [first] = this.queue;
      const receiver = first.receivers[first.done++];
      this.waiting -= 1;
      if (first.done === first.receivers.length) this.queue.shift();
      this.deliver(first.event, receiver);
    }
  }
}
