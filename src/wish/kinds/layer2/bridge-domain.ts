/** Bridge domains: `bridgedomains`, with their settings. Their interfaces are objects of their own, `bridge-member`. */

import type { Wish } from '../../wish.js';
import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found, type References, type Wanted } from '../kind.js';
import { NONE } from '../snapshot.js';

type Settings = NonNullable<NonNullable<NonNullable<Wish['file']['bridgedomains']>[string]['settings']>>;

/** Switches, as the file calls them: the field of VPP, the bit of `bridge_flags`, the word of the command line, what is usual. */
const SWITCHES = [
  { key: 'learn', field: 'learn', bit: 1, word: 'learn', usual: true },
  { key: 'unicast-forward', field: 'forward', bit: 2, word: 'forward', usual: true },
  { key: 'unicast-flood', field: 'flood', bit: 4, word: 'flood', usual: true },
  { key: 'unknown-unicast-flood', field: 'uu_flood', bit: 8, word: 'uu-flood', usual: true },
  { key: 'arp-termination', field: 'arp_term', bit: 16, word: 'arp-term', usual: false },
  { key: 'arp-unicast-forward', field: 'arp_ufwd', bit: 32, word: 'arp-ufwd', usual: false },
] as const;

/** All settings, as the file calls them. */
type BridgeDomain = Readonly<Record<(typeof SWITCHES)[number]['key'], boolean>> & {
  readonly 'mac-age-minutes': number;
};

const USUAL_AGE = 0;

function settingsOf(given: Settings): BridgeDomain {
  const switches = SWITCHES.map(({ key, usual }) => [key, given[key] ?? usual]);
  return { ...Object.fromEntries(switches), 'mac-age-minutes': given['mac-age-minutes'] ?? USUAL_AGE };
}

const addDel = (id: number, value: BridgeDomain, refs: References, is_add: boolean) => ({
  name: refs.newest('bridge_domain_add_del_v2', 'bridge_domain_add_del'),
  fields: {
    ...{ bd_id: id, is_add, mac_age: value['mac-age-minutes'], bd_tag: '' },
    ...Object.fromEntries(SWITCHES.map(({ key, field }) => [field, value[key]])),
  },
});

/** `bridge_flags` sets bits, or clears some: at most one message each. */
function* flags(id: number, before: BridgeDomain, after: BridgeDomain) {
  for (const is_set of [true, false]) {
    const changed = SWITCHES.filter(({ key }) => after[key] !== before[key] && after[key] === is_set);
    const bits = changed.reduce((sum, { bit }) => sum + bit, 0);
    if (bits > 0) yield { name: 'bridge_flags', fields: { bd_id: id, is_set, flags: bits } };
  }
}

export const bridgeDomainKind = defineKind<BridgeDomain>({
  name: 'bridge-domain',
  ownership: 'all',
  messages: ['bridge_domain_dump', 'bridge_flags'],
  *wanted({ file }) {
    for (const [name, { settings }] of Object.entries(file.bridgedomains ?? {})) {
      yield { name: nameOf(instanceOf(name)), value: settingsOf(settings ?? {}), path: ['bridgedomains', name] };
    }
  },
  async read(vpp) {
    const domains = await vpp.dump('bridge_domain_dump', { bd_id: NONE, sw_if_index: NONE });
    return domains.map((details): Found<BridgeDomain> => {
      const switches = SWITCHES.map(({ key, field }) => [key, details[field]]);
      const value = { ...Object.fromEntries(switches), 'mac-age-minutes': details.mac_age };
      return { name: nameOf(details.bd_id), value: value as BridgeDomain, tag: details.bd_tag as string };
    });
  },
  needs: () => [],
  create: ({ name, value }, refs) => [addDel(instanceOf(name), value, refs, true)],
  change(found, { name, value }) {
    const id = instanceOf(name);
    const age = { name: 'bridge_domain_set_mac_age', fields: { bd_id: id, mac_age: value['mac-age-minutes'] } };
    const isOlder = found.value['mac-age-minutes'] !== value['mac-age-minutes'];
    return [...flags(id, found.value, value), ...(isOlder ? [age] : [])];
  },
  remove: ({ name, value }, refs) => [
    { ...addDel(instanceOf(name), value, refs, false), settledBy: ['NO_SUCH_ENTRY'] },
  ],
  describe(found, { file }) {
    file.bridgedomains ??= {};
    for (const { name, value } of found) {
      const settings = Object.entries(value).filter(
        ([key, each]) => each !== settingsOf({})[key as keyof BridgeDomain],
      );
      file.bridgedomains[name] = settings.length > 0 ? { settings: Object.fromEntries(settings) } : {};
    }
  },
  cli(before, after) {
    if (after === undefined)
      return [{ block: 'prune', line: `create bridge-domain ${instanceOf(before?.name ?? '')} del` }];
    if (before === undefined) return [{ block: 'create', line: createLine(after) }];
    return changeLines(before.value, after).map((line) => ({ block: 'sync', line }));
  },
});

/** Name of the domain with this number; `bd010` is another spelling of it. */
export const nameOf = (id: unknown): string => `bd${Number(id)}`;

function createLine({ name, value }: Wanted<BridgeDomain>): string {
  const words = SWITCHES.flatMap(({ key, word, usual }) =>
    value[key] === usual ? [] : [`${word} ${Number(value[key])}`],
  );
  const age = value['mac-age-minutes'] === USUAL_AGE ? [] : [`mac-age ${value['mac-age-minutes']}`];
  return [`create bridge-domain ${instanceOf(name)}`, ...words, ...age].join(' ');
}

function changeLines(before: BridgeDomain, { name, value }: Wanted<BridgeDomain>): string[] {
  const id = instanceOf(name);
  const lines = SWITCHES.flatMap(({ key, word }) => {
    if (value[key] === before[key]) return [];
    const command = word === 'arp-term' ? 'arp term' : word;
    return [`set bridge-domain ${command} ${id}${value[key] ? '' : ' disable'}`];
  });
  if (value['mac-age-minutes'] === before['mac-age-minutes']) return lines;
  return [...lines, `set bridge-domain mac-age ${id} ${value['mac-age-minutes']}`];
}
