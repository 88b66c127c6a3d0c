/**
 * Finds records of a fleet that cannot be read, and mends them. A generation whose records are damaged is replaced by an empty one that is
 * marked: its number stays, nothing drives it, and no way back leads over it, since nobody knows what it did.
 */

import type { FleetKeys } from '../keys.js';
import type { FleetStore } from '../store/store.js';
import type { Damage, Mending } from './damage.js';
import { damagedRecords } from './damaged-records.js';
import { damagedGenerations } from './generations.js';
import { findLatest } from './latest.js';

/** In the order in which it is mended. Nothing is written. `by`: the person, for the history. */
export async function findDamage(store: FleetStore, keys: FleetKeys, by: string): Promise<Damage[]> {
  const { generation, damage } = await findLatest(store, keys);
  return [
    ...damage,
    ...(await damagedGenerations(store, keys, generation, by)),
    ...(await damagedRecords(store, keys)),
  ];
}

/** False where others have written meanwhile, and nothing was. @throws what the store throws */
export async function mend(store: FleetStore, { compare, success }: Mending): Promise<boolean> {
  return (await store.transact({ compare, success })).succeeded;
}
