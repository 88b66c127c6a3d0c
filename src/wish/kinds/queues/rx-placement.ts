/**
 * The threads that receive from queues: `x-vppmux.rx-placement`, `main` or the number of a worker for each queue that is named. Others
 * stay where VPP has put them.
 */

import { z } from 'zod';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Message, type References, type Wanted } from '../kind.js';
import { areAsWanted, type ByQueue, byQueue, checkQueues, missingQueues, readQueues } from './receive-queues.js';
import { workerKey, workerOfThread } from './worker.js';

const KEY = 'rx-placement';
const MAIN = 'main';
const thread = z.union([z.int().min(0).max(254), z.literal(MAIN)]);
type Thread = z.output<typeof thread>;

const section = z.record(z.string(), byQueue(thread));

const placementsOf = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof section>);

const set = (
  { name, value }: Wanted<ByQueue<Thread>>,
  refs: References,
  settledBy: readonly string[] = [],
): Message[] =>
  Object.entries(value).map(([queue, each]) => ({
    name: 'sw_interface_set_rx_placement',
    fields: {
      sw_if_index: refs.interface(name),
      queue_id: Number(queue),
      worker_id: each === MAIN ? 0 : each,
      is_main: each === MAIN,
    },
    settledBy,
  }));

export const rxPlacementKind = defineKind<ByQueue<Thread>>({
  name: 'rx-placement',
  ownership: 'all',
  vanishes: true,
  messages: ['sw_interface_set_rx_placement', 'sw_interface_rx_placement_dump'],
  section: { key: KEY, schema: section },
  check: (wish) =>
    checkQueues(
      wish,
      KEY,
      placementsOf(wish).map(([name]) => name),
    ),
  *wanted(wish) {
    for (const [name, value] of placementsOf(wish)) yield { name, value, path: [OWN_KEY, KEY, name] };
  },
  read: (vpp) => readQueues(vpp, ({ worker_id: id }): Thread => (id === 0 ? MAIN : workerOfThread(id))),
  needs: ({ name, value }) => [
    `interface/${name}`,
    ...new Set(Object.values(value).flatMap((each) => (each === MAIN ? [] : workerKey(each)))),
  ],
  same: (wanted, found) => areAsWanted(wanted.value, found.value),
  obstacle: (found, wanted) => missingQueues(wanted.value, found.value),
  // Queues of a new interface may come later.
  create: (wanted, refs) => set(wanted, refs, ['UNIMPLEMENTED']),
  change: (_found, wanted, refs) => set(wanted, refs),
  describe(found, draft) {
    const hasWorkers = ({ value }: { readonly value: ByQueue<Thread> }) =>
      Object.values(value).some((each) => each !== MAIN);
    const all = found
      .filter((each) => draft.has(each.name) && hasWorkers(each))
      .map(({ name, value }) => [name, value]);
    if (all.length > 0) draft.extra[KEY] = Object.fromEntries(all);
  },
});
