/** Steering into policies of SRv6: of IP prefixes, by routes, and of all that an interface receives. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { Pool } from '../../dataplane/pool.js';
import { keyOf, Source } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE, ownPath, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { type SrPolicy, srPolicies } from './sr-policies.js';

const TrafficType = { L2: 2, IPV4: 4, IPV6: 6 } as const;
/** Numbers of VPP's own for this request. */
const Refusal = { TYPE: -1, NO_POLICY: -2, NO_TABLE: -3, NOT_FOUND: -4, NOT_ENCAP: -5 } as const;

export interface Steering {
  readonly index: number;
  readonly key: string;
  readonly type: number;
  readonly tableId: number;
  /** Prefix of the traffic; undefined for that of an interface. */
  readonly prefix?: string;
  readonly swIfIndex: number;
  /** Kept when it is deleted. */
  policy: SrPolicy;
}

export const srSteering = defineKind({
  name: 'srSteering',
  title: 'steering into SRv6',
  state: () => new Pool<Steering>(),
  handlers: {
    sr_steering_add_del: (fields, call, pool) => {
      const { dataplane } = call;
      const wanted = steeringOf(fields);
      if (wanted === undefined) return Refusal.TYPE;
      const isLayer2 = wanted.type === TrafficType.L2;
      if (isLayer2 && !dataplane.hasInterface(wanted.swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const known = [...pool.values()].find(({ key }) => key === wanted.key);
      if (fields.is_del) {
        if (known === undefined) return Refusal.NOT_FOUND;
        pool.remove(known.index);
        unroute(known, dataplane);
        return Retval.OK;
      }
      const policy = dataplane.of(srPolicies).find(fields.bsid_addr);
      if (policy === undefined) return Refusal.NO_POLICY;
      if (known !== undefined) {
        known.policy = policy;
        route(known, dataplane);
        return Retval.OK;
      }
      if (wanted.type !== TrafficType.IPV6 && !policy.isEncap) return Refusal.NOT_ENCAP;
      if (!isLayer2 && !dataplane.hasTable(wanted.tableId, wanted.type === TrafficType.IPV6)) {
        call.vpp.dies('srPolicyKnown', call);
        return Refusal.NO_TABLE;
      }
      const made = pool.add((index) => ({ ...wanted, index, policy }));
      route(made, dataplane);
      return Retval.OK;
    },

    sr_steering_pol_dump: (_, _call, pool) => [...pool.values()].map(detailsOf),
  },
});

function steeringOf({
  traffic_type,
  table_id,
  prefix,
  sw_if_index,
}: Fields): Omit<Steering, 'index' | 'policy'> | undefined {
  const type = Number(traffic_type);
  if (type === TrafficType.L2) {
    const swIfIndex = Number(sw_if_index);
    return { key: `interface ${swIfIndex}`, type, tableId: 0, swIfIndex };
  }
  if ((type !== TrafficType.IPV4 && type !== TrafficType.IPV6) || typeof prefix !== 'string') return undefined;
  const tableId = Number(table_id) === NO_INTERFACE ? 0 : Number(table_id);
  return { key: `${type} ${tableId} ${prefix}`, type, tableId, prefix, swIfIndex: 0 };
}

/** A route by the binding SID, looked up in a table that has no id. */
function route({ prefix, tableId, policy }: Steering, { tables }: Dataplane): void {
  if (prefix === undefined) return;
  const { bytes, length, v6 } = parsePrefix(prefix);
  const path = ownPath(PathProto.IP6, PathType.NORMAL, NO_INTERFACE, policy.bsid);
  const hop = { ...path, fields: { ...path.fields, table_id: NO_INTERFACE } };
  tables.find(tableId, v6)?.put({ bytes, length, v6 }, Source.SR, pathList([hop]));
}

function unroute({ prefix, tableId }: Steering, { tables }: Dataplane): void {
  if (prefix === undefined) return;
  const parsed = parsePrefix(prefix);
  tables.find(tableId, parsed.v6)?.remove(keyOf(parsed), parsed.length, Source.SR);
}

/** VPP keeps prefix and interface in the same place of its memory, and gives both back. */
function detailsOf({ type, tableId, prefix, swIfIndex, policy: { bsid } }: Steering): Fields {
  const fields = { traffic_type: type, fib_table: tableId, bsid };
  if (prefix === undefined) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(swIfIndex);
    const [high, low] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)].map((word) => word.toString(16));
    return { ...fields, prefix: swIfIndex === 0 ? '0.0.0.0/0' : `${high}:${low}::/0`, sw_if_index: swIfIndex };
  }
  const { v6, bytes } = parsePrefix(prefix);
  return { ...fields, prefix, sw_if_index: v6 ? Buffer.from(bytes).readUInt32LE(0) : 0 };
}
