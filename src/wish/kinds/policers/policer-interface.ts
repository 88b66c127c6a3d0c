/**
 * Policers at interfaces: `input` and `output` of a policer. An object is `INTERFACE DIRECTION`. VPP tells whether there is one, but not
 * which: it may be any of those that it has, so that it goes before each of them that goes. Another one in its place is not seen while
 * the first one stays.
 */

import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, type References } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';
import { dumpPolicers } from './policer.js';
import { DIRECTIONS, type Direction, POLICERS, policersOf } from './policers-section.js';

interface PolicerInterface {
  readonly interface: string;
  readonly direction: Direction;
  /** The one that it is; of a found one all that it may be. */
  readonly policers: readonly string[];
}

/** Arc and feature that a policer is at. */
const FEATURES: Readonly<Record<Direction, object>> = {
  input: { arc_name: 'ip4-unicast', feature_name: 'policer-input' },
  output: { arc_name: 'ip4-output', feature_name: 'policer-output' },
};

function apply(object: Found<PolicerInterface>, refs: References, isOn: boolean) {
  const { interface: itf, direction, policers } = object.value;
  const fields = { name: policers[0], sw_if_index: refs.interface(itf), apply: isOn };
  return { name: `policer_${direction}`, fields };
}

/**
 * The end of the arc of output, which nobody enables: VPP says that all features are enabled on an interface whose number is above
 * those of all that one was ever enabled on. On the arc of input VPP has features of its own on each interface.
 */
const NEVER_ENABLED = { arc_name: 'ip4-output', feature_name: 'interface-output' };

async function isPoliced(vpp: VppSnapshot, sw_if_index: number, direction: Direction): Promise<boolean> {
  const isEnabled = async (feature: object) =>
    (await vpp.request('feature_is_enabled', { ...feature, sw_if_index })).is_enabled === true;
  return (await isEnabled(FEATURES[direction])) && !(direction === 'output' && (await isEnabled(NEVER_ENABLED)));
}

export const policerInterfaceKind = defineKind<PolicerInterface>({
  name: 'policer-interface',
  ownership: 'wished',
  messages: ['policer_input', 'policer_output', 'policer_dump', 'feature_is_enabled'],
  *wanted(wish) {
    for (const [policer, wished] of policersOf(wish)) {
      for (const direction of DIRECTIONS) {
        for (const [at, itf] of (wished[direction] ?? []).entries()) {
          const value = { interface: itf, direction, policers: [policer] };
          yield { name: `${itf} ${direction}`, value, path: [OWN_KEY, POLICERS, policer, direction, at] };
        }
      }
    }
  },
  async read(vpp) {
    const policers = (await dumpPolicers(vpp)).map(({ name }) => name as string).sort();
    if (policers.length === 0) return [];
    const places = [...vpp.interfaces.values()].flatMap(({ sw_if_index, interface_name: itf }) =>
      DIRECTIONS.map(async (direction): Promise<Found<PolicerInterface>[]> => {
        if (!(await isPoliced(vpp, sw_if_index, direction))) return [];
        return [{ name: `${itf} ${direction}`, value: { interface: itf, direction, policers } }];
      }),
    );
    return (await Promise.all(places)).flat();
  },
  needs: ({ value }) => [`interface/${value.interface}`, ...value.policers.map((policer) => `policer/${policer}`)],
  same: ({ value: wanted }, { value: found }) => found.policers.includes(wanted.policers[0]),
  create: (wanted, refs) => [apply(wanted, refs, true)],
  remove: (found, refs) => [{ ...apply(found, refs, false), settledBy: ['NO_SUCH_ENTRY', 'INVALID_SW_IF_INDEX'] }],
  describe(found, { extra }) {
    const section = extra[POLICERS] as Record<string, Record<string, unknown>> | undefined;
    for (const { value } of found) {
      // One of several that VPP has is not known to be it.
      const policer = value.policers.length === 1 ? section?.[value.policers[0]] : undefined;
      if (policer === undefined) continue;
      const others = (policer[value.direction] as string[] | undefined) ?? [];
      policer[value.direction] = [...others, value.interface].sort();
    }
  },
});
