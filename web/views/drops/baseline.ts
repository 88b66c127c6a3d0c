/** Counts when somebody began to look: what has come since then is shown. It outlives the view. */

import { dataplane } from '../../feed/dataplane.js';
import { Value } from '../../feed/value.js';

export interface Baseline {
  /** Milliseconds since 1970, by the agent's clock. */
  readonly at: number;
  readonly counts: ReadonlyMap<string, number>;
}

const baselines = new Map<string, Value<Baseline | undefined>>();

/** The baseline of the dataplane that is shown. */
export function baseline(): Value<Baseline | undefined> {
  const name = dataplane.current;
  const known = baselines.get(name) ?? new Value<Baseline | undefined>(undefined);
  baselines.set(name, known);
  return known;
}

/** Packets since then. A counter that was not there then began at 0, and so did one that was cleared meanwhile. */
export function since(base: Baseline | undefined, key: string, count: number): number {
  const before = base?.counts.get(key) ?? 0;
  return count >= before ? count - before : count;
}
