/** Metrics of operations: calls by outcome, and how long they took. */

import { counter, type EndedCall, histogram, type Metric, type Operations } from '../../sdk/index.js';

/** Pairs of operation and code. */
const MOST = 1000;

export class OperationMetrics {
  readonly metrics: readonly Metric[];
  private readonly took = histogram('vppmux_operation_seconds', 'Duration of a call of an operation');
  private readonly counts = new Map<string, { readonly labels: Record<string, string>; value: number }>();

  constructor(private readonly operations: Pick<Operations, 'catalogue'>) {
    this.metrics = [
      counter('vppmux_operations_total', 'Calls of operations by the code that their caller got', () => [
        ...this.counts.values(),
      ]),
      this.took,
    ];
  }

  add({ name, code, ms }: EndedCall): void {
    // Callers may give any name: only operations that there are have series.
    const isKnown = this.operations.catalogue.some(({ operation }) => operation.name === name);
    const operation = isKnown ? name : 'unknown';
    this.took.observe(ms / 1000, { operation });
    const key = `${operation} ${code}`;
    const count = this.counts.get(key);
    if (count) count.value++;
    else if (this.counts.size < MOST) this.counts.set(key, { labels: { operation, code }, value: 1 });
  }
}
