/** Takes operations out of an order, and with each of them those that depend on it. */

import type { Operation, Pending } from './operation.js';
import type { Order, Ordered } from './order.js';

export interface Withheld {
  readonly order: Order;
  readonly withheld: readonly Pending[];
}

/** `obstacle`: why an operation is not to be carried out now, for people; undefined where it may be. */
export function withhold({ first, second }: Order, obstacle: (operation: Operation) => string | undefined): Withheld {
  const reasons = new Map<Ordered, string>();
  /** Keys of what is to be deleted first, and stays: it cannot be created anew. */
  const staying = new Map<string, string>();
  const pass = (list: readonly Ordered[]) =>
    list.filter((each) => {
      const { operation, after } = each;
      const need = after.find((other) => reasons.has(other));
      const reason = obstacle(operation) ?? staying.get(operation.key) ?? (need && dependsOn(need, reasons));
      if (reason === undefined) return true;
      reasons.set(each, reason);
      if (operation.action === 'delete') staying.set(operation.key, reason);
      return false;
    });
  const order = { first: pass(first), second: pass(second) };
  const pending = new Map([...reasons].map(([{ operation }, reason]) => [operation.key, reason]));
  return { order, withheld: [...pending].map(([key, reason]) => ({ key, reason })) };
}

function dependsOn(need: Ordered, reasons: ReadonlyMap<Ordered, string>): string {
  return `waits for ${need.operation.key}: ${reasons.get(need)}`;
}
