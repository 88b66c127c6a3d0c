/** MACIP ACLs: lists of MAC and IP addresses that may send, one on an interface. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { isTooLong } from '../../dataplane/policy/acls.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NONE = 0xffffffff;

/** Fields of the details. */
interface MacipAcl {
  readonly acl_index: number;
  tag: string;
  r: readonly Fields[];
}

export class MacipAcls {
  readonly lists = new Pool<MacipAcl>();
  /** List of each interface by sw_if_index, or ~0, as far as one ever had a list. */
  readonly applied: number[] = [];

  /** Replaces a list; index ~0 makes a new one. VPP does not check the rules. */
  put(index: number, tag: string, r: readonly Fields[]): Fields {
    if (isTooLong(tag)) return { retval: Retval.INVALID_VALUE, acl_index: index };
    if (index === NONE) return { acl_index: this.lists.add((acl_index) => ({ acl_index, tag, r })).acl_index };
    const known = this.lists.get(index);
    if (known === undefined) return { retval: Retval.NO_SUCH_ENTRY, acl_index: index };
    Object.assign(known, { tag, r });
    return { acl_index: index };
  }

  apply(swIfIndex: number, index: number): number {
    if (this.lists.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
    while (this.applied.length <= swIfIndex) this.applied.push(NONE);
    this.applied[swIfIndex] = index;
    return Retval.OK;
  }

  /** Takes whatever list is on an interface off it. */
  takeOff(swIfIndex: number): number {
    if ((this.applied[swIfIndex] ?? NONE) === NONE) return Retval.NO_SUCH_ENTRY;
    this.applied[swIfIndex] = NONE;
    return Retval.OK;
  }

  /** Deletes a list, also where it is on interfaces. */
  remove(index: number): number {
    if (this.lists.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
    for (const [swIfIndex, at] of this.applied.entries()) if (at === index) this.applied[swIfIndex] = NONE;
    this.lists.remove(index);
    return Retval.OK;
  }
}

export const macipAcls = defineKind({
  name: 'macipAcls',
  title: 'MACIP ACLs',
  state: () => new MacipAcls(),
  interfaceDeleted: (macips, { swIfIndex }) => void macips.takeOff(swIfIndex),
  handlers: {
    macip_acl_add: ({ tag, r }, _, macips) => macips.put(NONE, String(tag), r as Fields[]),

    macip_acl_add_replace: ({ acl_index, tag, r }, _, macips) =>
      macips.put(Number(acl_index), String(tag), r as Fields[]),

    macip_acl_del: ({ acl_index }, _, macips) => macips.remove(Number(acl_index)),

    macip_acl_dump: ({ acl_index }, _, { lists }) =>
      [...lists.values()].filter((list) => [NONE, list.acl_index].includes(Number(acl_index))).map(details),

    macip_acl_interface_add_del: onInterface(({ swIfIndex }, { is_add, acl_index }, _, macips) =>
      is_add ? macips.apply(swIfIndex, Number(acl_index)) : macips.takeOff(swIfIndex),
    ),

    macip_acl_interface_get: (_, _call, { applied }) => ({ acls: [...applied] }),

    macip_acl_interface_list_dump: ({ sw_if_index }, _, { applied }) => {
      const at = Number(sw_if_index);
      const all = applied.map((index, swIfIndex): Fields => ({ sw_if_index: swIfIndex, acls: [index] }));
      return at === NO_INTERFACE ? all.filter((_, swIfIndex) => applied[swIfIndex] !== NONE) : all.slice(at, at + 1);
    },
  },
});

function details({ acl_index, tag, r }: MacipAcl): Fields {
  return { acl_index, tag, r: [...r] };
}
