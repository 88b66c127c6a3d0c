/** All that a VPP has, as data that does not depend on what it had before: with names for numbers, in an order of its own. */

import type { Channel, Fields, Untyped } from '../../../src/mux/index.js';
import { builtInKinds, Inventory, keyOf, VppSnapshot, type Wish } from '../../../src/wish/index.js';
import { NONE } from '../../../src/wish/kinds/snapshot.js';

/** Fields of an interface that a wish may change. */
const DETAILS = [
  ...['interface_dev_type', 'mtu', 'link_mtu', 'tag', 'type', 'vtr_op'],
  ...['sub_id', 'sub_number_of_tags', 'sub_outer_vlan_id', 'sub_inner_vlan_id', 'sub_if_flags'],
];

/** Lists that are taken as they are, without going through any kind. */
const LISTS: readonly (readonly [name: string, fields: Fields])[] = [
  ['bridge_domain_dump', { bd_id: NONE, sw_if_index: NONE }],
  ['l2_xconnect_dump', {}],
  ['ip_unnumbered_dump', { sw_if_index: NONE }],
  ['mpls_interface_dump', { sw_if_index: NONE }],
  ['sw_bond_interface_dump', { sw_if_index: NONE }],
  ['lcp_itf_pair_get', { cursor: NONE }],
];

/** Numbers of Linux, and of bonds; and what VPP leaves as it was in its memory (members of a bridge). */
const LEFT_OUT = ['vif_index', 'dev_instance', 'context'];

/** Objects that the wish asks for stand there with their keys alone, since they are as it wants them; others with their values. */
export async function pictureOf(channel: Channel<Untyped>, wish: Wish) {
  const vpp = await VppSnapshot.read(channel);
  const { objects } = await Inventory.read(vpp, builtInKinds);
  const asked = new Set(builtInKinds.flatMap((kind) => [...kind.wanted(wish)].map(({ name }) => keyOf(kind, name))));
  const names = await namesIn(vpp);
  const shown = (fields: Fields) =>
    Object.entries(fields)
      .filter(([key]) => !LEFT_OUT.includes(key))
      .map(([key, value]) => `${key}: ${showValue(names, key, value)}`);
  const lists = LISTS.map(async ([name, fields]) => (await vpp.dumpIfKnown(name, fields)).map(shown).sort());
  // An object that stays where nobody asks for it (a MAC address) says nothing.
  const others = [...objects.values()].filter(({ key, kind }) => kind.remove !== undefined && !asked.has(key));
  return {
    asked: [...objects.keys()].filter((key) => asked.has(key)).sort(),
    others: others.map(({ key, value }) => `${key}: ${JSON.stringify(value)}`).sort(),
    interfaces: [...vpp.interfaces].map(([index, each]) => interfaceLine(String(names.get(index)), each)).sort(),
    lists: await Promise.all(lists),
  };
}

function interfaceLine(name: string, details: Fields): string {
  // VPP gives it the MTU that its counterpart has when it is made, and no other later.
  const fields = name.endsWith(IN_LINUX) ? DETAILS.filter((key) => key !== 'mtu') : DETAILS;
  // The bit next to it is the link's own.
  const isUp = ((details.flags as number) & ADMIN_UP) !== 0;
  return [name, isUp ? 'up' : 'down', ...fields.map((key) => `${key}: ${details[key]}`)].join(', ');
}

const IN_LINUX = ' in Linux';
const ADMIN_UP = 1;

/** Names of interfaces. Those that VPP makes for Linux are named after what they stand for. */
async function namesIn(vpp: VppSnapshot): Promise<Map<number, string>> {
  const names = new Map([...vpp.interfaces].map(([index, { interface_name: name }]) => [index, name]));
  for (const { host_sw_if_index: host, phy_sw_if_index: itf } of await vpp.dumpIfKnown('lcp_itf_pair_get', {
    cursor: NONE,
  })) {
    names.set(host as number, `${vpp.nameOf(itf)}${IN_LINUX}`);
  }
  return names;
}

function showValue(names: ReadonlyMap<number, string>, key: string, value: unknown): string {
  if (key.endsWith('sw_if_index')) return names.get(value as number) ?? 'none';
  if (!Array.isArray(value)) return String(value);
  const parts = (each: Fields) => Object.entries(each).filter(([part]) => !LEFT_OUT.includes(part));
  const items = value.map((each) => parts(each as Fields).map(([part, of]) => showValue(names, part, of)));
  return items.map(String).sort().join(' and ');
}
