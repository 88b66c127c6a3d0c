/** Random wishes of some fifty objects over few names, so that two of them meet in most: what one has, the other has otherwise. */

import fc from 'fast-check';
import { type Part, parts } from './sections.js';

/** Cards that the mock has; each wish names all of them. */
export const CARDS = ['GigabitEthernet3/0/0', 'GigabitEthernet3/0/1', 'HundredGigabitEthernet13/0/0'] as const;

const [FIRST, , MEMBER] = CARDS;
const ids = (most: number, maxLength: number) => fc.uniqueArray(fc.nat(most), { maxLength });

/** Uses of an interface. The bridges and cross connects leave addresses and names in Linux out. */
const use = fc.constantFrom('layer3', 'layer3', 'bd10', 'bd20', 'pair');
const tags = fc.constantFrom('dot1q', 'dot1ad', 'inner');

interface Choice {
  readonly loops: readonly number[];
  readonly subs: readonly (readonly { readonly id: number; readonly tags: string }[])[];
  readonly tunnels: readonly { readonly id: number; readonly vni: number }[];
  readonly taps: readonly { readonly id: number; readonly ring: number }[];
  readonly bond: string | undefined;
  readonly uses: readonly string[];
  readonly bvi: boolean;
  readonly learn: boolean;
  readonly age: number;
  /** For each of the addresses: the interface that has it. */
  readonly owners: readonly number[];
  readonly down: readonly number[];
  readonly macs: readonly number[];
  readonly unnumbered: boolean;
  readonly mpls: boolean;
}

const choices: fc.Arbitrary<Choice> = fc.record({
  loops: ids(7, 6),
  subs: fc.array(
    fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 6 }), tags }), { maxLength: 5, selector: ({ id }) => id }),
    { minLength: 2, maxLength: 2 },
  ),
  tunnels: fc.uniqueArray(fc.record({ id: fc.nat(3), vni: fc.integer({ min: 100, max: 102 }) }), {
    maxLength: 4,
    selector: ({ id }) => id,
  }),
  taps: fc.uniqueArray(fc.record({ id: fc.nat(2), ring: fc.constantFrom(256, 512) }), {
    maxLength: 2,
    selector: ({ id }) => id,
  }),
  bond: fc.option(fc.constantFrom('lacp', 'xor', 'active-backup'), { nil: undefined }),
  uses: fc.array(use, { minLength: 30, maxLength: 30 }),
  bvi: fc.boolean(),
  learn: fc.boolean(),
  age: fc.nat(9),
  owners: fc.array(fc.integer({ min: -4, max: 20 }), { minLength: 16, maxLength: 16 }),
  down: ids(20, 4),
  macs: ids(7, 2),
  unnumbered: fc.boolean(),
  mpls: fc.boolean(),
});

type Entry = Record<string, unknown>;

export const wishes: fc.Arbitrary<string> = fc
  .tuple(choices, parts(CARDS))
  .map(([choice, part]) => JSON.stringify(joined(wishOf(choice), part), null, 1));

const joined = (wish: ReturnType<typeof wishOf>, { interfaces, loopbacks, sections }: Part): object => ({
  ...wish,
  interfaces: { ...wish.interfaces, ...interfaces },
  loopbacks: { ...wish.loopbacks, ...loopbacks },
  'x-vppmux': sections,
});

function wishOf(choice: Choice) {
  const interfaces: Record<string, Entry> = Object.fromEntries(
    CARDS.map((name) => [name, { 'device-type': 'dpdk' } as Entry]),
  );
  const loopbacks: Record<string, Entry> = Object.fromEntries(choice.loops.map((id) => [`loop${id}`, {}]));
  for (const id of choice.macs) if (loopbacks[`loop${id}`]) loopbacks[`loop${id}`].mac = `02:00:00:00:01:0${id}`;
  for (const [at, subs] of choice.subs.entries()) {
    const all = Object.fromEntries(subs.map((sub) => [String(sub.id), subInterface(sub)]));
    if (subs.length > 0) interfaces[CARDS[at]]['sub-interfaces'] = all;
  }
  for (const { id } of choice.tunnels) interfaces[`vxlan_tunnel${id}`] = {};
  for (const { id } of choice.taps) interfaces[`tap${id}`] = {};
  if (choice.bond !== undefined) interfaces.BondEthernet0 = {};
  const bridged = useInterfaces(choice, interfaces);
  layer3(choice, interfaces, loopbacks);
  return {
    interfaces,
    loopbacks,
    bridgedomains: bridges(choice, bridged, loopbacks),
    vxlan_tunnels: Object.fromEntries(
      choice.tunnels.map(({ id, vni }) => {
        return [`vxlan_tunnel${id}`, { local: '10.99.0.1', remote: `10.99.1.${id + 1}`, vni: 10 * vni + id }];
      }),
    ),
    taps: Object.fromEntries(
      choice.taps.map(({ id, ring }) => [
        `tap${id}`,
        { host: { name: `vpptap${id}`, mac: `02:00:00:00:02:0${id}` }, 'rx-ring-size': ring },
      ]),
    ),
    ...(choice.bond && { bondethernets: { BondEthernet0: { mode: choice.bond, interfaces: [MEMBER] } } }),
  };
}

function subInterface({ id, tags: form }: { id: number; tags: string }): Entry {
  const outer = 100 + id;
  if (form === 'dot1q') return { description: `customer ${id}` };
  if (form === 'dot1ad') return { encapsulation: { dot1ad: outer, 'exact-match': true } };
  return { encapsulation: { dot1q: outer, 'inner-dot1q': id, 'exact-match': true } };
}

/** Interfaces and sub-interfaces that may be used in layer 2 or 3, in order. */
function usable(
  interfaces: Record<string, Entry>,
  bond: string | undefined,
): (readonly [name: string, entry: Entry])[] {
  return Object.entries(interfaces).flatMap(([name, entry]) => {
    if (bond !== undefined && name === MEMBER) return [];
    const subs = Object.entries((entry['sub-interfaces'] ?? {}) as Record<string, Entry>);
    return [[name, entry] as const, ...subs.map(([id, sub]) => [`${name}.${id}`, sub] as const)];
  });
}

/** Gives each its use; returns the members of the bridge domains. */
function useInterfaces({ uses, bond }: Choice, interfaces: Record<string, Entry>): Record<string, string[]> {
  const bridged: Record<string, string[]> = {};
  const pairs: (readonly [string, Entry])[] = [];
  for (const [at, [name, entry]] of usable(interfaces, bond).entries()) {
    const wanted = uses[at % uses.length];
    // A card with sub-interfaces is layer 3, so that they have their parent up.
    if (name === FIRST || name === CARDS[1]) continue;
    if (wanted === 'pair') pairs.push([name, entry]);
    else if (wanted !== 'layer3') bridged[wanted] = [...(bridged[wanted] ?? []), name];
  }
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [[one, first], [other, second]] = [pairs[at], pairs[at + 1]];
    first.l2xc = other;
    second.l2xc = one;
  }
  return bridged;
}

function bridges(
  { bvi, learn, age }: Choice,
  members: Record<string, string[]>,
  loopbacks: Record<string, Entry>,
): object {
  const [last] = Object.keys(loopbacks).filter((name) => Object.keys(loopbacks[name]).length === 0);
  return Object.fromEntries(
    Object.entries(members).map(([name, interfaces], at) => {
      const hasBvi = bvi && at === 0 && last !== undefined;
      return [name, { interfaces, settings: { learn, 'mac-age-minutes': age }, ...(hasBvi && { bvi: last }) }];
    }),
  );
}

/** Addresses, states and what else only an interface of layer 3 has. */
function layer3(choice: Choice, interfaces: Record<string, Entry>, loopbacks: Record<string, Entry>): void {
  const bridged = new Set(
    usable(interfaces, choice.bond)
      .filter((_, at) => /bd/.test(choice.uses[at % 30]))
      .map(([name]) => name),
  );
  const all = usable(interfaces, choice.bond).filter(
    ([name, { l2xc }]) => l2xc === undefined && !name.startsWith('tap') && !(bridged.has(name) && !isFirst(name)),
  );
  const owning = [...Object.entries(loopbacks), ...all];
  for (const [at, owner] of choice.owners.entries()) {
    const entry = owning[owner]?.[1];
    if (entry === undefined) continue;
    const addresses = (entry.addresses ?? []) as string[];
    if (addresses.length < 6)
      entry.addresses = [...addresses, at % 4 === 3 ? `2001:db8:${at}::1/64` : `10.0.${at}.1/24`];
  }
  const lonely = all.filter(([, entry]) => entry['sub-interfaces'] === undefined);
  for (const at of choice.down) if (lonely[at] !== undefined) lonely[at][1].state = 'down';
  const [lender] = Object.entries(loopbacks).filter(([, { addresses }]) => addresses !== undefined);
  const borrower = all.find(([name, { addresses }]) => addresses === undefined && !isFirst(name));
  if (choice.unnumbered && lender && borrower) borrower[1].unnumbered = lender[0];
  if (choice.mpls && all[0] !== undefined) all[0][1].mpls = true;
}

const isFirst = (name: string) => name === FIRST || name === CARDS[1];
