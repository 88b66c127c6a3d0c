/** Counts messages that were refused before they were sent. Listening to refusals alone costs nothing for what is sent. */

import type { DataListener } from '../../mux/index.js';
import { counter, type Metric } from '../../sdk/index.js';

export class Refusals {
  readonly listener: DataListener = {
    name: 'metrics',
    refused: (_channel, _message, { refuse }) => void this.counts.set(refuse, (this.counts.get(refuse) ?? 0) + 1),
  };
  readonly metrics: readonly Metric[] = [
    counter('vppmux_refusals_total', 'Messages refused before they were sent, by the code that their sender got', () =>
      [...this.counts].map(([code, value]) => ({ labels: { code }, value })),
    ),
  ];
  private readonly counts = new Map<string, number>(
    ['REFUSED', 'RATE_LIMITED', 'READ_ONLY', 'FORBIDDEN_MESSAGE'].map((code) => [code, 0]),
  );
}
