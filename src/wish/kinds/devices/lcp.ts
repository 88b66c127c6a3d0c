/**
 * Pairs of linux-cp: `lcp` of interfaces, sub-interfaces and loopbacks, under the name of the interface in VPP. Linux makes a VLAN on a
 * device, so that a pair of a sub-interface needs that of its parent, and one with two tags that of the outer tag as well.
 */

import { aboveOf, interfacesOf } from '../interfaces-of.js';
import { defineKind, type Found } from '../kind.js';
import type { InterfaceDetails, VppSnapshot } from '../snapshot.js';
import { lcpPairs } from './lcp-hosts.js';

interface Lcp {
  /** Name in Linux. */
  readonly host: string;
  /** Names of the interfaces in VPP whose pairs come first. */
  readonly above: readonly string[];
}

/** `sub_if_flags` of a tag that is 802.1ad. */
const DOT1AD = 8;

const ADD_DEL = ['lcp_itf_pair_add_del_v3', 'lcp_itf_pair_add_del_v2', 'lcp_itf_pair_add_del'] as const;

export const lcpKind = defineKind<Lcp>({
  name: 'lcp',
  ownership: 'all',
  messages: ['lcp_itf_pair_add_del', 'lcp_itf_pair_get'],
  *wanted(wish) {
    for (const { name, itf, path } of interfacesOf(wish)) {
      if (itf.lcp === undefined) continue;
      yield { name, value: { host: itf.lcp, above: aboveOf(wish, name) }, path: [...path, 'lcp'] };
    }
  },
  async read(vpp) {
    const pairs = await lcpPairs(vpp);
    const outers = pairs.some(({ phy_sw_if_index }) => innerOf(vpp, phy_sw_if_index) > 0) ? outerTags(vpp) : new Map();
    return pairs.flatMap((pair): Found<Lcp>[] => {
      const itf = vpp.interfaces.get(pair.phy_sw_if_index as number);
      if (itf === undefined) return [];
      const isSub = itf.sup_sw_if_index !== itf.sw_if_index;
      const parent = isSub ? vpp.nameOf(itf.sup_sw_if_index) : undefined;
      const outer = (itf.sub_inner_vlan_id as number) > 0 ? outers.get(outerKey(itf)) : undefined;
      const above = [parent, outer].filter((name) => name !== undefined);
      return [{ name: itf.interface_name, value: { host: pair.host_if_name as string, above } }];
    });
  },
  needs: ({ name, value }) => [`interface/${name}`, ...value.above.map((above) => `lcp/${above}`)],
  create: ({ name, value }, refs) => [
    {
      name: refs.newest(...ADD_DEL),
      fields: { is_add: true, sw_if_index: refs.interface(name), host_if_name: value.host },
    },
  ],
  remove: ({ name }, refs) => [
    {
      name: refs.newest(...ADD_DEL),
      fields: { is_add: false, sw_if_index: refs.interface(name) },
      settledBy: ['INVALID_SW_IF_INDEX'],
    },
  ],
  show: ({ host }) => ({ host }),
  describe(found, draft) {
    for (const { name, value } of found) draft.layer3(name).lcp = value.host;
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `lcp delete ${before?.name}` }]
      : [{ block: 'create', line: `lcp create ${after.name} host-if ${after.value.host}` }],
});

const innerOf = (vpp: VppSnapshot, index: unknown) =>
  (vpp.interfaces.get(index as number)?.sub_inner_vlan_id as number | undefined) ?? 0;

const outerKey = ({ sup_sw_if_index, sub_outer_vlan_id, sub_if_flags }: InterfaceDetails) =>
  `${sup_sw_if_index} ${sub_outer_vlan_id} ${(sub_if_flags as number) & DOT1AD}`;

/** Names of the sub-interfaces with one tag, by their tag. */
function outerTags(vpp: VppSnapshot): Map<string, string> {
  const all = new Map<string, string>();
  for (const itf of vpp.interfaces.values()) {
    const isOne = (itf.sub_outer_vlan_id as number) > 0 && itf.sub_inner_vlan_id === 0;
    if (isOne && !all.has(outerKey(itf))) all.set(outerKey(itf), itf.interface_name);
  }
  return all;
}
