/** The collection `Dataplanes`: all dataplanes of an agent that has several, `main` first, for plugins that look at each of them. */

import { collection } from '../agent/plugin/collection.js';
import type { Mux } from './mux.js';

/** A dataplane, to be looked at: its connection's state and counters. */
export interface DataplaneView extends Pick<Mux, 'status' | 'stats'> {
  readonly name: string;
}

/** Empty where there is one dataplane only, which is that of `Mux`. */
export const Dataplanes = collection<DataplaneView>('dataplanes');
