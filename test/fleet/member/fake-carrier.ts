/** A dataplane of the test's own: it keeps what it is given as the plugin desired-state does, and counts. */

import type { Answer, Carried, Mark, Order, WishCarrier } from '../../../src/fleet/member/carrier.js';

interface Given {
  readonly text: string;
  readonly mark?: Mark;
}

export class FakeCarrier implements WishCarrier {
  readonly dataplanes: readonly string[] = ['main'];
  /** Every text that was applied, and `confirm`, `withdraw`. */
  readonly done: string[] = [];
  readonly orders: Order[] = [];
  present: Given = { text: 'own' };
  end: Carried['end'];
  isUnconfirmed = false;
  state: Carried['state'] = 'applied';
  drift = 0;
  /** Answers to the next applies, before those are carried out. */
  readonly answers: Answer[] = [];
  /** Waited for by each apply. */
  gate: Promise<unknown> | undefined;
  private before: Given = this.present;
  private mark: Mark | undefined;
  private readonly listeners = new Set<() => void>();

  async ready(): Promise<void> {}

  status(): Carried {
    const { mark, end, state, isUnconfirmed, drift } = this;
    return {
      ...(mark && { mark }),
      ...(end && { end }),
      ...{ state, reason: `it is ${state}`, isUnconfirmed, drift },
    };
  }

  async apply(_: string, text: string, order: Order): Promise<Answer> {
    await this.gate;
    const answer = this.answers.shift();
    if (answer !== undefined && answer.kind !== 'carried') return answer;
    this.done.push(text);
    this.orders.push(order);
    if (!this.isUnconfirmed) this.before = this.present;
    this.present = { text, mark: order.mark };
    this.mark = order.mark;
    this.end = undefined;
    this.isUnconfirmed = order.confirmSeconds !== undefined;
    this.changed();
    return { kind: 'carried' };
  }

  async confirm(): Promise<void> {
    this.done.push('confirm');
    this.isUnconfirmed = false;
    this.changed();
  }

  async withdraw(): Promise<boolean> {
    this.done.push('withdraw');
    this.present = { text: 'own' };
    this.mark = undefined;
    this.isUnconfirmed = false;
    this.end = undefined;
    this.changed();
    return true;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** The time to confirm is over. */
  expire(): void {
    this.present = this.before;
    this.isUnconfirmed = false;
    this.end = 'taken-back';
    this.changed();
  }
}
