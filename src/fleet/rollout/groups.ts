/** Groups of the store next to those of a plan. */

import type { FleetKeys } from '../keys.js';
import { type GenerationPlan, group } from '../records.js';
import type { FleetStore, Operation } from '../store/store.js';
import { recordOf } from './read-records.js';

/** Groups of the store as text, without their generation; those that are damaged have another text than any group. */
export async function readGroups(store: FleetStore, keys: FleetKeys): Promise<Map<string, string>> {
  const { kvs } = await store.list({ prefix: keys.groups });
  return new Map(kvs.map((kv) => [kv.key.slice(keys.groups.length), groupText(recordOf(group, kv) ?? {})]));
}

export const groupText = ({ selector, wishes }: Partial<GenerationPlan['groups'][string]>): string =>
  JSON.stringify({ selector, wishes });

/**
 * Writes the groups of a plan. One that is the same is not written again: agents that follow it would carry it out anew, all at the same
 * moment.
 */
export async function groupOperations(
  store: FleetStore,
  keys: FleetKeys,
  { generation, groups, droppedGroups }: GenerationPlan,
): Promise<Operation[]> {
  const known = await readGroups(store, keys);
  return [
    ...droppedGroups.filter((name) => known.has(name)).map((name) => ({ delete: keys.group(name) })),
    ...Object.entries(groups)
      .filter(([name, each]) => known.get(name) !== groupText(each))
      .map(([name, each]) => ({ put: keys.group(name), value: JSON.stringify({ ...each, generation }) })),
  ];
}
