/** Receive queues of interfaces, as the kinds of their settings read and check them. */

import { z } from 'zod';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import { subName, type Wish } from '../../wish.js';
import type { Found } from '../kind.js';
import { NONE, type VppSnapshot } from '../snapshot.js';

/** A setting of each queue, by its number. */
export type ByQueue<Value> = Readonly<Record<string, Value>>;

/** The form of `{ 0: VALUE, 1: VALUE }`. */
export function byQueue<Value extends z.ZodType>(value: Value) {
  return z.record(z.string().regex(/^\d{1,4}$/, 'must be the number of a queue'), value);
}

/** One object for each interface that can have queues, those without any included: a memif has none while its peer is away. */
export async function readQueues<Value>(
  vpp: VppSnapshot,
  read: (details: { readonly mode: number; readonly worker_id: number }) => Value,
): Promise<Found<ByQueue<Value>>[]> {
  const interfaces = [...vpp.interfaces.values()].filter((each) => each.sup_sw_if_index === each.sw_if_index);
  const all = new Map(interfaces.map(({ sw_if_index: index }) => [index, {} as Record<string, Value>]));
  for (const queue of await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index: NONE })) {
    const queues = all.get(queue.sw_if_index as number);
    if (queues !== undefined) queues[String(queue.queue_id)] = read(queue as { mode: number; worker_id: number });
  }
  return interfaces.map(({ interface_name: name, sw_if_index: index }) => ({ name, value: all.get(index) ?? {} }));
}

/** Whether each queue that is wanted is there, and as wanted. */
export const areAsWanted = <Value>(wanted: ByQueue<Value>, found: ByQueue<Value>): boolean =>
  Object.entries(wanted).every(([queue, value]) => found[queue] === value);

/** Names the queues that are not there; undefined where all are. */
export function missingQueues(wanted: ByQueue<unknown>, found: ByQueue<unknown>): string | undefined {
  const missing = Object.keys(wanted).filter((queue) => !Object.hasOwn(found, queue));
  return missing.length === 0 ? undefined : `has no receive queue ${missing.join(' and ')}`;
}

/** Mistakes of a section of interfaces: one that is not in the wish, and a sub-interface, which has no queues. */
export function* checkQueues(wish: Wish, key: string, names: readonly string[]) {
  yield* unknownInterfaces(
    wish,
    names.map((name) => [name, [key, name]]),
  );
  for (const name of names) {
    const parent = subName(name)?.parent;
    if (parent === undefined) continue;
    const path = [OWN_KEY, key, name];
    yield { path, message: `${showPath(path)}: a sub-interface has no queues: those of ${parent} count` };
  }
}
