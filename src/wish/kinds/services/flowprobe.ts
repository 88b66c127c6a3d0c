/**
 * Flowprobe: interfaces whose flows VPP reports by IPFIX, and what it records of them: `x-vppmux.flowprobe`. VPP changes the parameters
 * only while it probes no interface, so that all of them go and come with a change.
 */

import { z } from 'zod';
import { parseDuration } from '../../../duration.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { form } from '../../form-parts.js';
import { type Problem, showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type KindObject, keyOf, type References } from '../kind.js';
import { NONE } from '../snapshot.js';

const KEY = 'flowprobe';
const PARAMETERS = 'parameters';
const NAME = 'flowprobe';
/** Bits 1, 2 and 4 of `record_flags`. */
const LAYERS = ['l2', 'l3', 'l4'] as const;
const TRAFFIC = ['ip4', 'ip6', 'l2'] as const;
const DIRECTIONS = ['rx', 'tx', 'both'] as const;
const USUAL = { active: 15, passive: 120 } as const;
const MS = 1000;

const timer = z.string().refine((text) => {
  const ms = parseDuration(text);
  return ms !== undefined && ms % MS === 0 && ms <= 86_400_000;
}, 'must be a duration of whole seconds, as 15s, of a day at most');
const probe = form({}, { traffic: z.enum(TRAFFIC), direction: z.enum(DIRECTIONS) });

const section = form(
  { record: z.array(z.enum(LAYERS)).min(1) },
  {
    active: timer,
    passive: timer,
    interfaces: z.record(
      z.string(),
      z.preprocess((value) => value ?? {}, probe),
    ),
  },
);

interface Parameters {
  readonly record: readonly string[];
  /** Seconds, as `passive`. */
  readonly active: number;
  readonly passive: number;
}

interface Probe {
  readonly traffic: (typeof TRAFFIC)[number];
  readonly direction: (typeof DIRECTIONS)[number];
}

const sectionOf = ({ extra }: Wish) => extra[KEY] as z.output<typeof section> | undefined;
const probesOf = (wish: Wish) => Object.entries(sectionOf(wish)?.interfaces ?? {});
const seconds = (text: string | undefined, usual: number) =>
  text === undefined ? usual : (parseDuration(text) as number) / MS;

function parametersOf({ record, active, passive }: z.output<typeof section>): Parameters {
  return {
    record: LAYERS.filter((layer) => record.includes(layer)),
    active: seconds(active, USUAL.active),
    passive: seconds(passive, USUAL.passive),
  };
}

function* mistakes(wish: Wish): Generator<Problem> {
  const given = sectionOf(wish);
  if (given === undefined) return;
  const { active, passive } = parametersOf(given);
  if (passive > 0 && active > passive) {
    const path = [OWN_KEY, KEY, 'active'];
    yield { path, message: `${showPath(path)}: is longer than the passive timer` };
  }
  yield* unknownInterfaces(
    wish,
    probesOf(wish).map(([name]) => [name, [KEY, 'interfaces', name]]),
  );
}

const set = ({ record, active, passive }: Parameters) => [
  {
    name: 'flowprobe_set_params',
    fields: {
      record_flags: LAYERS.reduce((flags, layer, bit) => flags | (record.includes(layer) ? 1 << bit : 0), 0),
      active_timer: active,
      passive_timer: passive,
    },
  },
];

/** The object is there while VPP records some layer. */
export const flowprobeKind = defineKind<Parameters>({
  name: NAME,
  ownership: 'wished',
  messages: ['flowprobe_set_params', 'flowprobe_get_params'],
  section: { key: KEY, schema: section },
  check: mistakes,
  *wanted(wish) {
    const given = sectionOf(wish);
    if (given !== undefined) yield { name: PARAMETERS, value: parametersOf(given), path: [OWN_KEY, KEY] };
  },
  async read(vpp) {
    const { record_flags: flags, active_timer, passive_timer } = await vpp.request('flowprobe_get_params');
    const record = LAYERS.filter((_, bit) => ((flags as number) & (1 << bit)) !== 0);
    const value = { record, active: active_timer as number, passive: passive_timer as number };
    return record.length === 0 ? [] : [{ name: PARAMETERS, value } satisfies Found<Parameters>];
  },
  needs: () => [],
  create: ({ value }) => set(value),
  remove: () => set({ record: [], ...USUAL }),
  describe([found], { extra }) {
    if (found === undefined) return;
    const { record, active, passive } = found.value;
    extra[KEY] = { record, active: `${active}s`, passive: `${passive}s` };
  },
});

const enable = ({ name, value }: KindObject<Probe>, refs: References, is_add: boolean) => [
  {
    name: 'flowprobe_interface_add_del',
    fields: {
      is_add,
      which: TRAFFIC.indexOf(value.traffic),
      direction: DIRECTIONS.indexOf(value.direction),
      sw_if_index: refs.interface(name),
    },
  },
];

/** VPP goes on probing what gets the place of a deleted interface. */
export const flowprobeInterfaceKind = defineKind<Probe>({
  name: 'flowprobe-interface',
  ownership: 'wished',
  messages: ['flowprobe_interface_add_del', 'flowprobe_interface_dump'],
  *wanted(wish) {
    for (const [name, { traffic = 'ip4', direction = 'tx' }] of probesOf(wish)) {
      yield { name, value: { traffic, direction }, path: [OWN_KEY, KEY, 'interfaces', name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('flowprobe_interface_dump', { sw_if_index: NONE })).flatMap((details): Found<Probe>[] => {
      const name = vpp.nameOf(details.sw_if_index);
      const [traffic, direction] = [TRAFFIC[details.which as number], DIRECTIONS[details.direction as number]];
      return name === undefined ? [] : [{ name, value: { traffic, direction } }];
    }),
  needs: ({ name }) => [`interface/${name}`, keyOf({ name: NAME }, PARAMETERS)],
  create: (wanted, refs) => enable(wanted, refs, true),
  remove: (found, refs) => enable(found, refs, false),
  describe(found, draft) {
    const section = draft.extra[KEY] as Record<string, unknown> | undefined;
    if (section === undefined || found.length === 0) return;
    for (const { name } of found) draft.layer3(name);
    section.interfaces = Object.fromEntries(found.map(({ name, value }) => [name, value]));
  },
});
