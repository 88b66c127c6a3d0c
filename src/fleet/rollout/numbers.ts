/** Numbers of the generations that the store has records of, whatever the key `latest` says. */

import type { FleetKeys } from '../keys.js';
import type { FleetStore } from '../store/store.js';

export interface GenerationNumber {
  readonly number: number;
  /** Its plan or state is there. Agents alone are of one that never began. */
  readonly isBegun: boolean;
}

/** The oldest first. Their agents are not read. */
export async function generationNumbers(store: FleetStore, keys: FleetKeys): Promise<readonly GenerationNumber[]> {
  const { kvs } = await store.list({ prefix: keys.generations }, { keysOnly: true });
  const begun = new Map<number, boolean>();
  for (const { key } of kvs) {
    const number = keys.generationOf(key);
    if (number === undefined || number === 0) continue;
    const isOfBegun = key === keys.plan(number) || key === keys.rollout(number);
    begun.set(number, isOfBegun || begun.get(number) === true);
  }
  return [...begun].map(([number, isBegun]) => ({ number, isBegun })).sort((a, b) => a.number - b.number);
}
