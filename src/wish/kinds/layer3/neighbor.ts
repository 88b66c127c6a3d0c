/** Neighbours that are not learnt: `x-vppmux.neighbors`, with their MAC addresses by interface. Learnt ones are not looked at. */

import { z } from 'zod';
import { addressOf } from '../../../vpp/index.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { address, bool, form, mac } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { macText } from '../devices/mac-text.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { NONE } from '../snapshot.js';

const KEY = 'neighbors';
const neighbor = z.union([mac, form({ mac }, { 'no-fib-entry': bool })]);
const section = z.record(z.string(), z.record(address, neighbor));

interface Neighbor {
  readonly interface: string;
  /** As VPP spells it. */
  readonly address: string;
  readonly mac: string;
  /** Whether it makes no route to its address. */
  readonly noFibEntry: boolean;
}

const STATIC = 1;
const NO_FIB_ENTRY = 2;

const message = ({ value }: KindObject<Neighbor>, refs: References, isAdd: boolean) => ({
  name: 'ip_neighbor_add_del',
  fields: {
    is_add: isAdd,
    neighbor: {
      sw_if_index: refs.interface(value.interface),
      flags: STATIC | (value.noFibEntry ? NO_FIB_ENTRY : 0),
      mac_address: value.mac,
      ip_address: value.address,
    },
  },
});

const sectionOf = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof section>);

export const neighborKind = defineKind<Neighbor>({
  name: 'neighbor',
  ownership: 'wished',
  vanishes: true,
  messages: ['ip_neighbor_add_del', 'ip_neighbor_dump'],
  section: { key: KEY, schema: section },
  *check(wish): Generator<Problem | undefined> {
    for (const [itf, entries] of sectionOf(wish)) {
      const seen = new Set<string | undefined>();
      for (const text of Object.keys(entries)) {
        const path = [OWN_KEY, KEY, itf, text];
        if (seen.has(addressOf(text))) yield { path, message: `interface ${itf} has neighbor ${text} twice` };
        seen.add(addressOf(text));
        yield;
      }
    }
    yield* unknownInterfaces(
      wish,
      sectionOf(wish).map(([itf]) => [itf, [KEY, itf]] as const),
    );
  },
  *wanted(wish) {
    for (const [itf, entries] of sectionOf(wish)) {
      for (const [text, given] of Object.entries(entries)) {
        const { mac: its, 'no-fib-entry': noFibEntry = false } = typeof given === 'string' ? { mac: given } : given;
        const value = { interface: itf, address: addressOf(text) ?? text, mac: macText(its), noFibEntry };
        yield { name: `${itf} ${value.address}`, value, path: [OWN_KEY, KEY, itf, text] };
      }
    }
  },
  async read(vpp) {
    const both = await Promise.all([0, 1].map((af) => vpp.dump('ip_neighbor_dump', { sw_if_index: NONE, af })));
    return both.flat().flatMap(({ neighbor: given }): Found<Neighbor>[] => {
      const its = given as { sw_if_index: number; flags: number; mac_address: string; ip_address: string };
      const itf = vpp.nameOf(its.sw_if_index);
      if (itf === undefined || (its.flags & STATIC) === 0) return [];
      const noFibEntry = (its.flags & NO_FIB_ENTRY) !== 0;
      const value = { interface: itf, address: its.ip_address, mac: its.mac_address, noFibEntry };
      return [{ name: `${itf} ${value.address}`, value }];
    });
  },
  needs: ({ value }) => [`interface/${value.interface}`],
  create: (wanted, refs) => [message(wanted, refs, true)],
  // VPP changes the MAC address of one that is there, and nothing else.
  change: ({ value }, wanted, refs) =>
    value.noFibEntry === wanted.value.noFibEntry ? [message(wanted, refs, true)] : undefined,
  remove: (found, refs) => [{ ...message(found, refs, false), settledBy: ['NO_SUCH_ENTRY'] }],
  describe(found, draft) {
    const all: Record<string, Record<string, unknown>> = {};
    for (const { value } of found) {
      all[value.interface] ??= {};
      const { mac: its, noFibEntry } = value;
      all[value.interface][value.address] = noFibEntry ? { mac: its, 'no-fib-entry': true } : its;
    }
    if (found.length > 0) draft.extra[KEY] = all;
  },
});
