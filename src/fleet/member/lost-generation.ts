/**
 * A snapshot may be that of a store that has lost its data, or was restored from a backup. Where it takes the wish in effect away, or has
 * an older one, it counts only if the store knows the generation in effect.
 */

import type { FleetKeys } from '../keys.js';
import { readLatest } from '../rollout/read-records.js';
import { isNotAllowed } from '../store/errors.js';
import type { FleetStore } from '../store/store.js';
import type { WishCarrier } from './carrier.js';

/** The generation in effect, where the store has lost it. `found`: the one that the store assigns; 0: none. */
export async function lostGeneration(
  { carrier, store, keys }: { readonly carrier: WishCarrier; readonly store: FleetStore; readonly keys: FleetKeys },
  found: number,
): Promise<number | undefined> {
  const inEffect = Math.max(0, ...carrier.dataplanes.map((name) => carrier.status(name).mark?.generation ?? 0));
  if (found >= inEffect) return undefined;
  const latest = await readLatest(store, keys).catch((error: unknown) => {
    // An agent that may not know stays with what it has.
    if (!isNotAllowed(error)) throw error;
    return { generation: 0 };
  });
  return latest.generation >= inEffect ? undefined : inEffect;
}
