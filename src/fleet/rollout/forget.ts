/** Forgets a host that will not come back: what it was to be, and what it said last. */

import type { FleetKeys } from '../keys.js';
import type { FleetStore } from '../store/store.js';

/** `connected`: it is there, and nothing was removed. `unknown`: the store has nothing of it. */
export type Forgotten = 'forgotten' | 'connected' | 'unknown';

/** Removes assignment and report of an agent that is not connected. @throws what the store throws */
export async function forget(store: FleetStore, keys: FleetKeys, label: string): Promise<Forgotten> {
  const { succeeded, results } = await store.transact({
    compare: [{ key: keys.state(label), create: 0 }],
    success: [{ delete: keys.assignment(label) }, { delete: keys.report(label) }],
  });
  if (!succeeded) return 'connected';
  return results.some(({ deleted }) => deleted > 0) ? 'forgotten' : 'unknown';
}
