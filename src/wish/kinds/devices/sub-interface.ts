/** Sub-interfaces: `sub-interfaces` of whatever interface. One that has other tags than the wish says is created anew. */

import { type Encapsulation, type SubName, subName } from '../../wish.js';
import { defineKind, type Found, type KindObject } from '../kind.js';
import { lcpHosts } from './lcp-hosts.js';

/** Bits of `sub_if_flags`. */
const ONE_TAG = 2;
const TWO_TAGS = 4;
const DOT1AD = 8;
const EXACT_MATCH = 16;

/** `type` of an interface: pipes have a parent as well, and are none. */
const SUB = 1;

interface SubInterface {
  readonly parent: string;
  readonly id: number;
  /** Bits of `sub_if_flags`. */
  readonly flags: number;
  readonly outer: number;
  /** 0 for none. */
  readonly inner: number;
}

const tagsOf = ({ dot1q, dot1ad, inner, exact }: Encapsulation) => ({
  flags: (inner > 0 ? TWO_TAGS : ONE_TAG) | (dot1ad > 0 ? DOT1AD : 0) | (exact ? EXACT_MATCH : 0),
  outer: dot1ad || dot1q,
  inner,
});

export const subInterfaceKind = defineKind<SubInterface>({
  name: 'sub-interface',
  family: 'interface',
  ownership: 'all',
  messages: ['create_subif', 'delete_subif'],
  *wanted(wish) {
    for (const [name] of wish.all()) {
      const tags = wish.tagsOf(name);
      if (tags === undefined) continue;
      const { parent, id } = subName(name) as SubName;
      const value = { parent, id: Number(id), ...tagsOf(tags) };
      yield { name, value, path: ['interfaces', parent, 'sub-interfaces', id] };
    }
  },
  async read(vpp) {
    const hosts = await lcpHosts(vpp);
    return [...vpp.interfaces.values()].flatMap((itf): Found<SubInterface>[] => {
      const parent = vpp.nameOf(itf.sup_sw_if_index);
      const isSub = itf.type === SUB && itf.sup_sw_if_index !== itf.sw_if_index;
      if (!isSub || parent === undefined || hosts.has(itf.sw_if_index)) return [];
      const { sub_id, sub_if_flags, sub_outer_vlan_id, sub_inner_vlan_id } = itf as Readonly<Record<string, unknown>>;
      const value = {
        parent,
        id: sub_id as number,
        flags: sub_if_flags as number,
        outer: sub_outer_vlan_id as number,
        inner: sub_inner_vlan_id as number,
      };
      return [{ name: itf.interface_name, value, index: itf.sw_if_index, tag: itf.tag }];
    });
  },
  needs: ({ value }) => [`interface/${value.parent}`],
  create: ({ value: { parent, id, flags, outer, inner } }, refs) => [
    {
      name: 'create_subif',
      fields: {
        sw_if_index: refs.interface(parent),
        ...{ sub_id: id, sub_if_flags: flags, outer_vlan_id: outer, inner_vlan_id: inner },
      },
    },
  ],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [{ name: 'delete_subif', fields: { sw_if_index: refs.interface(name) } }],
  describe(found, draft) {
    for (const { name, value } of found) draft.interface(name).encapsulation = encapsulationOf(value);
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `delete sub ${before?.name}` }]
      : [{ block: 'create', line: createLine(after) }],
});

function createLine({ value: { parent, id, flags, outer, inner } }: KindObject<SubInterface>): string {
  const tags = `${flags & DOT1AD ? 'dot1ad' : 'dot1q'} ${outer}${inner > 0 ? ` inner-dot1q ${inner}` : ''}`;
  return `create sub ${parent} ${id} ${tags}${flags & EXACT_MATCH ? ' exact-match' : ''}`;
}

function encapsulationOf({ flags, outer, inner }: SubInterface) {
  const outerTag = flags & DOT1AD ? { dot1ad: outer } : { dot1q: outer };
  return { ...outerTag, ...(inner > 0 && { 'inner-dot1q': inner }), 'exact-match': (flags & EXACT_MATCH) !== 0 };
}
