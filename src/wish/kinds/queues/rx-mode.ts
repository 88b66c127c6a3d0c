/**
 * How packets are received, `polling`, `interrupt` or `adaptive`: `x-vppmux.rx-mode`, for all receive queues of an interface or for each.
 * VPP does not say which mode an interface began with, so one that no wish asks for stays as it is.
 */

import { z } from 'zod';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type References, type Wanted } from '../kind.js';
import { areAsWanted, type ByQueue, byQueue, checkQueues, missingQueues, readQueues } from './receive-queues.js';

const KEY = 'rx-mode';
const MODES = ['polling', 'interrupt', 'adaptive'] as const;
type Mode = (typeof MODES)[number];

const mode = z.enum(MODES);
const section = z.record(z.string(), z.union([mode, byQueue(mode)]));

/** Modes of the queues that are named, or one for all. */
type RxMode = { readonly all: Mode } | { readonly queues: ByQueue<Mode | undefined> };

const modesOf = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof section>);

/** `RX_MODE_API_POLLING` is 1. */
const numberOf = (each: Mode | undefined) => MODES.indexOf(each as Mode) + 1;

const queuesOf = (value: RxMode) => ('queues' in value ? value.queues : {});

/** Its mode for each queue that VPP has, or that is named. */
function asQueues(wanted: RxMode, found: RxMode): ByQueue<Mode | undefined> {
  if ('queues' in wanted) return wanted.queues;
  return Object.fromEntries(Object.keys(queuesOf(found)).map((queue) => [queue, wanted.all]));
}

function set({ name, value }: Wanted<RxMode>, refs: References, settledBy: readonly string[] = []) {
  const message = (queue: object, wanted: Mode | undefined) => ({
    name: 'sw_interface_set_rx_mode',
    fields: { sw_if_index: refs.interface(name), ...queue, mode: numberOf(wanted) },
    settledBy,
  });
  if ('all' in value) return [message({ queue_id_valid: false, queue_id: 0 }, value.all)];
  return Object.entries(value.queues).map(([queue, each]) =>
    message({ queue_id_valid: true, queue_id: Number(queue) }, each),
  );
}

export const rxModeKind = defineKind<RxMode>({
  name: 'rx-mode',
  ownership: 'all',
  vanishes: true,
  messages: ['sw_interface_set_rx_mode', 'sw_interface_rx_placement_dump'],
  section: { key: KEY, schema: section },
  check: (wish) =>
    checkQueues(
      wish,
      KEY,
      modesOf(wish).map(([name]) => name),
    ),
  *wanted(wish) {
    for (const [name, given] of modesOf(wish)) {
      const value = typeof given === 'string' ? { all: given } : { queues: given };
      yield { name, value, path: [OWN_KEY, KEY, name] };
    }
  },
  read: async (vpp) =>
    (await readQueues(vpp, (queue): Mode | undefined => MODES[queue.mode - 1])).map(
      ({ name, value }): Found<RxMode> => {
        return { name, value: { queues: value } };
      },
    ),
  needs: ({ name }) => [`interface/${name}`],
  same: ({ value: wanted }, { value: found }) => areAsWanted(asQueues(wanted, found), queuesOf(found)),
  obstacle: ({ value: found }, { value: wanted }) => missingQueues(asQueues(wanted, found), queuesOf(found)),
  // Queues of a new interface may come later; VPP refuses an unknown one with the same number as a mode that it does not have.
  create: (wanted, refs) => set(wanted, refs, ['UNIMPLEMENTED']),
  change: (_found, wanted, refs) => set(wanted, refs),
  describe(found, draft) {
    const all = found.flatMap(({ name, value }) => {
      const queues = queuesOf(value);
      const modes = Object.values(queues);
      if (!draft.has(name) || modes.every((each) => each === 'polling') || modes.includes(undefined)) return [];
      return [[name, modes.every((each) => each === modes[0]) ? modes[0] : queues]];
    });
    if (all.length > 0) draft.extra[KEY] = Object.fromEntries(all);
  },
});
