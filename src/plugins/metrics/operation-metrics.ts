/** Metrics of operations: calls by outcome, and how long they took; by dataplane where there are several. */

import { counter, type EndedCall, histogram, type Metric, type Operations } from '../../sdk/index.js';

/** Sets of operation, dataplane and code. */
const MOST = 1000;
const UNKNOWN = 'unknown';

export class OperationMetrics {
  readonly metrics: readonly Metric[];
  private readonly took = histogram('vppmux_operation_seconds', 'Duration of a call of an operation');
  private readonly counts = new Map<string, { readonly labels: Record<string, string>; value: number }>();

  constructor(
    private readonly operations: Pick<Operations, 'catalogue'>,
    /** Names of all dataplanes. */
    private readonly dataplanes: readonly string[],
  ) {
    this.metrics = [
      counter('vppmux_operations_total', 'Calls of operations by the code that their caller got', () => [
        ...this.counts.values(),
      ]),
      this.took,
    ];
  }

  add({ name, dataplane, code, ms }: EndedCall): void {
    const isKnown = this.operations.catalogue.some(({ operation }) => operation.name === name);
    // Callers may give any name: only operations and dataplanes that there are have series.
    const operation = isKnown ? name : UNKNOWN;
    const labels = { operation, ...this.whereOf(dataplane) };
    this.took.observe(ms / 1000, labels);
    const key = JSON.stringify([labels, code]);
    const count = this.counts.get(key);
    if (count) count.value++;
    else if (this.counts.size < MOST) this.counts.set(key, { labels: { ...labels, code }, value: 1 });
  }

  private whereOf(dataplane: string): { readonly dataplane?: string } {
    if (this.dataplanes.length < 2) return {};
    return { dataplane: this.dataplanes.includes(dataplane) ? dataplane : UNKNOWN };
  }
}
