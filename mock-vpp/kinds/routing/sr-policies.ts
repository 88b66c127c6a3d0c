/** Policies of SRv6: a binding SID, which is a route, and lists of segments. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { Pool } from '../../dataplane/pool.js';
import { keyOf, Source } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE, ownPath, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Numbers of VPP's own for these requests. */
const Refusal = { EXISTS: -12, NO_TABLE: -13, LAST_LIST: -21, NO_LIST: -22, NO_LIST_TO_CHANGE: -32 } as const;
const Operation = { ADD: 1, REMOVE: 2, CHANGE: 3 } as const;
const NONE = '::';

interface SegmentList {
  readonly index: number;
  readonly sids: readonly string[];
  weight: number;
}

export interface SrPolicy {
  readonly index: number;
  readonly bsid: string;
  /** 0: default, 1: spray, 2: TEF. */
  readonly type: number;
  readonly isEncap: boolean;
  readonly tableId: number;
  source: string;
  lists: readonly SegmentList[];
}

export class SrPolicies {
  readonly pool = new Pool<SrPolicy>();
  /** Source of encapsulated packets, where a policy has none of its own. */
  source = NONE;
  private readonly lists = new Pool<SegmentList>();

  constructor(private readonly dataplane: Dataplane) {}

  find(bsid: unknown): SrPolicy | undefined {
    return [...this.pool.values()].find((each) => each.bsid === bsid);
  }

  add({ bsid_addr, is_encap, fib_table, sids, encap_src }: Fields, type: number): number {
    const bsid = String(bsid_addr);
    if (this.find(bsid) !== undefined) return Refusal.EXISTS;
    const tableId = Number(fib_table) === NO_INTERFACE ? 0 : Number(fib_table);
    const table = this.dataplane.tables.find(tableId, true);
    if (table === undefined) return Refusal.NO_TABLE;
    const prefix = parsePrefix(bsid);
    if (table.lookup(prefix, true) !== undefined) return Refusal.EXISTS;
    if (isEmpty(sids)) return Retval.UNSPECIFIED; // VPP aborts
    const isEncap = Boolean(is_encap);
    const policy = this.pool.add((index) => ({ index, bsid, type, isEncap, tableId, source: NONE, lists: [] }));
    this.addList(policy, sids as Fields, encap_src);
    table.put(prefix, Source.SR, pathList([ownPath(PathProto.IP6, PathType.NORMAL)]));
    return Retval.OK;
  }

  change({ bsid_addr, operation, sl_index, sids, encap_src }: Fields): number {
    const policy = this.find(bsid_addr);
    if (policy === undefined) return Retval.UNSPECIFIED;
    const list = policy.lists.find(({ index }) => index === Number(sl_index));
    switch (operation) {
      case Operation.ADD:
        if (isEmpty(sids)) return Retval.UNSPECIFIED; // VPP aborts
        this.addList(policy, sids as Fields, encap_src);
        return Retval.OK;
      case Operation.REMOVE:
        if (policy.lists.length === 1) return Refusal.LAST_LIST;
        if (list === undefined) return Refusal.NO_LIST;
        policy.lists = policy.lists.filter((each) => each !== list);
        this.lists.remove(list.index);
        return Retval.OK;
      case Operation.CHANGE:
        if (list === undefined) return Refusal.NO_LIST_TO_CHANGE;
        list.weight = Number((sids as Fields).weight);
        return Retval.OK;
      default:
        return Retval.UNSPECIFIED;
    }
  }

  remove(bsid: unknown): number {
    const policy = this.find(bsid);
    if (policy === undefined) return Retval.UNSPECIFIED;
    const prefix = parsePrefix(policy.bsid);
    this.dataplane.tables.find(policy.tableId, true)?.remove(keyOf(prefix), prefix.length, Source.SR);
    for (const { index } of policy.lists) this.lists.remove(index);
    this.pool.remove(policy.index);
    return Retval.OK;
  }

  /** The weight of the list counts, not that of the request. */
  private addList(policy: SrPolicy, { num_sids, sids, weight }: Fields, source: unknown): void {
    const used = (sids as string[]).slice(0, Number(num_sids));
    const list = this.lists.add((index) => ({ index, sids: used, weight: Number(weight) }));
    policy.lists = [...policy.lists, list];
    if (policy.isEncap) policy.source = typeof source === 'string' && source !== NONE ? source : this.source;
  }
}

export const srPolicies = defineKind({
  name: 'srPolicies',
  title: 'policies of SRv6',
  state: (dataplane) => new SrPolicies(dataplane),
  handlers: {
    sr_policy_add: (fields, _, policies) => policies.add(fields, fields.is_spray ? 1 : 0),
    sr_policy_add_v2: (fields, _, policies) => policies.add(fields, Number(fields.type)),
    sr_policy_mod: (fields, _, policies) => policies.change(fields),
    sr_policy_mod_v2: (fields, _, policies) => policies.change(fields),
    sr_policy_del: (fields, _, policies) => policies.remove(fields.bsid_addr),

    sr_set_encap_source: ({ encaps_source }, _, policies) => {
      policies.source = String(encaps_source);
      return Retval.OK;
    },

    sr_set_encap_hop_limit: ({ hop_limit }) => (hop_limit === 0 ? Retval.INVALID_VALUE : Retval.OK),

    sr_policies_dump: (_, _call, { pool }) =>
      [...pool.values()].map((policy) => ({ ...detailsOf(policy, listOf), is_spray: policy.type !== 0 })),
    sr_policies_v2_dump: (_, _call, { pool }) =>
      [...pool.values()].map((policy) => {
        const { type, source } = policy;
        return { ...detailsOf(policy, listOf), type, encap_src: source };
      }),
    sr_policies_with_sl_index_dump: (_, _call, { pool }) =>
      [...pool.values()].map((policy) => {
        const lists = (list: SegmentList) => ({ ...listOf(list), sl_index: list.index });
        return { ...detailsOf(policy, lists), is_spray: policy.type !== 0 };
      }),
  },
});

const isEmpty = (sids: unknown) => Number((sids as Fields).num_sids) === 0;

/** Fields that the details of all versions have. */
function detailsOf({ bsid, isEncap, tableId, lists }: SrPolicy, fieldsOf: (list: SegmentList) => Fields): Fields {
  const known = { bsid, is_encap: isEncap, fib_table: tableId };
  return { ...known, num_sid_lists: lists.length, sid_lists: lists.map(fieldsOf) };
}

function listOf({ sids, weight }: SegmentList): Fields {
  return { num_sids: sids.length, weight, sids: Array.from({ length: 16 }, (_, at) => sids[at] ?? NONE) };
}
