/** The operations fleet.* as programs of another process call them. */

import type { Operation, z } from '../../sdk/index.js';
import type * as declared from './declarations.js';

interface Call<O extends Operation> {
  readonly input: z.input<O['input']>;
  readonly output: z.output<O['output']>;
}

/** Input and output of each, by its name. */
export interface FleetCalls {
  readonly 'fleet.status': Call<typeof declared.fleetStatus>;
  readonly 'fleet.agents': Call<typeof declared.fleetAgents>;
  readonly 'fleet.history': Call<typeof declared.fleetHistory>;
  readonly 'fleet.confirm': Call<typeof declared.fleetConfirm>;
  readonly 'fleet.take-back': Call<typeof declared.fleetTakeBack>;
  readonly 'fleet.pause': Call<typeof declared.fleetPause>;
  readonly 'fleet.resume': Call<typeof declared.fleetResume>;
}
