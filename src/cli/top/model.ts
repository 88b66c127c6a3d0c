/** Everything that the views show, at one moment. */

import type { StatsState } from '../../stats/index.js';
import type { ApiFigures } from './agent/api-rows.js';
import type { Figures } from './counters/counters.js';

export interface Model {
  /** Milliseconds since 1970, when it was shown. */
  readonly at: number;
  /** The agent's dataplane that was asked for. */
  readonly dataplane?: string;
  readonly stats: StatsState;
  /** Undefined while VPP's counters cannot be read; `stats` has the reason. */
  readonly figures?: Figures;
  /** Undefined where no agent answers. */
  readonly api?: ApiFigures;
  /** The agent that is asked, and why it has not answered. */
  readonly agent: { readonly host: string; readonly missing?: string };
}
