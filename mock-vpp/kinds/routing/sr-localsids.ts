/** Local SIDs of SRv6, each a route. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { Pool } from '../../dataplane/pool.js';
import { keyOf, Source } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE, ownPath, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import type { Call } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const Behavior = { X: 2, T: 3, DX2: 5, DX6: 6, DX4: 7, DT6: 8, DT4: 9, UN_PERF: 11, UN: 12, UA: 13 } as const;
const LAST_BEHAVIOR = Behavior.UA;
const MICRO: ReadonlySet<number> = new Set([Behavior.UN_PERF, Behavior.UN, Behavior.UA]);
/** Behaviours that have an interface, and those of them that have a next hop. */
const WITH_INTERFACE: ReadonlySet<number> = new Set([
  Behavior.X,
  Behavior.DX2,
  Behavior.DX6,
  Behavior.DX4,
  Behavior.UA,
]);
const WITH_TABLE: ReadonlySet<number> = new Set([Behavior.T, Behavior.DT6, Behavior.DT4]);

/** Numbers of VPP's own for these requests. */
const Refusal = { EXISTS: -1, NOT_FOUND: -2, NO_TABLE: -3, ROUTE_EXISTS: -4, PLUGIN: -6 } as const;

interface LocalSid {
  readonly index: number;
  readonly prefix: string;
  readonly details: Fields;
}

export class LocalSids {
  readonly pool = new Pool<LocalSid>();

  find(prefix: string): LocalSid | undefined {
    return [...this.pool.values()].find((each) => each.prefix === prefix);
  }
}

export const srLocalSids = defineKind({
  name: 'srLocalSids',
  title: 'local SIDs of SRv6',
  state: () => new LocalSids(),
  handlers: {
    sr_localsid_add_del: (fields, call, sids) => change(fields, defaultLength(Number(fields.behavior)), call, sids),

    sr_localsid_add_del_v2: (fields, call, sids) => {
      const lengths = ['locator_block_len', 'locator_node_len', 'function_len'].map((name) => Number(fields[name]));
      const [block, node, fn] = lengths;
      if (lengths.every((each) => each === 0))
        return change(fields, defaultLength(Number(fields.behavior)), call, sids);
      // An interface is looked at first.
      if (lacksInterface(fields, call)) return Retval.INVALID_SW_IF_INDEX;
      if (lengths.some((each) => each % 8 !== 0) || block + node + fn > 128) return Retval.INVALID_VALUE;
      const isRefused = MICRO.has(Number(fields.behavior)) && node + fn !== 16 && node + fn !== 32;
      return isRefused ? Retval.INVALID_VALUE : change(fields, block + node + fn, call, sids);
    },

    sr_localsids_dump: list,
    sr_localsids_with_packet_stats_dump: list,
  },
});

function list(_: Fields, call: Call, { pool }: LocalSids): Fields[] {
  const all = [...pool.values()].map(({ details }) => details);
  if (all.some(lacksTable)) call.vpp.dies('noSidTable', call);
  return all;
}

const lacksTable = ({ behavior, xconnect_iface_or_vrf_table: table }: Fields) =>
  WITH_TABLE.has(Number(behavior)) && table === NO_INTERFACE;

/** Length of the prefix, where the request has none. */
function defaultLength(behavior: number): number {
  if (behavior === Behavior.UA) return 64;
  return MICRO.has(behavior) ? 48 : 128;
}

function lacksInterface({ behavior, sw_if_index }: Fields, { dataplane }: Call): boolean {
  return WITH_INTERFACE.has(Number(behavior)) && !dataplane.hasInterface(Number(sw_if_index));
}

function change(fields: Fields, length: number, call: Call, sids: LocalSids): number {
  if (lacksInterface(fields, call)) return Retval.INVALID_SW_IF_INDEX;
  const { tables } = call.dataplane;
  const text = `${fields.localsid}/${length}`;
  const prefix = parsePrefix(text);
  const table = tables.find(Number(fields.fib_table), true);
  const known = sids.find(text);
  if (fields.is_del) {
    if (known === undefined) return Refusal.NOT_FOUND;
    table?.remove(keyOf(prefix), length, Source.SR);
    sids.pool.remove(known.index);
    return Retval.OK;
  }
  if (known !== undefined) return Refusal.EXISTS;
  // VPP aborts: plugins' behaviours have no request.
  if (Number(fields.behavior) > LAST_BEHAVIOR) return Refusal.PLUGIN;
  if (table === undefined) return Refusal.NO_TABLE;
  if (table.lookup(prefix, true) !== undefined) return Refusal.ROUTE_EXISTS;
  sids.pool.add((index) => ({ index, prefix: text, details: detailsOf(fields, call) }));
  table.put(prefix, Source.SR, pathList([ownPath(PathProto.IP6, PathType.NORMAL)]));
  return Retval.OK;
}

/** `sw_if_index` of the request is a table for some behaviours. */
function detailsOf(fields: Fields, { dataplane }: Call): Fields {
  const { localsid: addr, end_psp, fib_table } = fields;
  const behavior = Number(fields.behavior);
  const target = Number(fields.sw_if_index);
  const known = { addr, end_psp, behavior, fib_table };
  if (WITH_TABLE.has(behavior)) {
    const isThere = dataplane.hasTable(target, behavior !== Behavior.DT4);
    return { ...known, xconnect_iface_or_vrf_table: isThere ? target : NO_INTERFACE };
  }
  if (!WITH_INTERFACE.has(behavior)) return known;
  const hop = behavior === Behavior.DX2 ? {} : { xconnect_nh_addr: fields.nh_addr };
  return { ...known, ...hop, xconnect_iface_or_vrf_table: target };
}
