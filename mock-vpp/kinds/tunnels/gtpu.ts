/** GTP-U tunnels, and those that forward what no tunnel takes. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { isMulticast, isV6 } from '../../dataplane/interfaces/tunnels.js';
import { GtpuTunnels, type NewTunnel, tunnelText } from '../../dataplane/tunnels/gtpu.js';
import type { Call } from '../../handlers/call.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { leave } from '../l2/bridges.js';
import { offload } from './flow-offload.js';

type Handler = KindHandler<GtpuTunnels>;

/** `decap_next_index` of tunnels that carry IP packets. */
const IP = [2, 3];

/** `forwarding_type` → the addresses of IPv4 and IPv6 that stand for the far end of such a tunnel. */
const FORWARDED: ReadonlyMap<number, readonly [string, string]> = new Map([
  [1, ['127.0.0.127', '2001:db8:ffff:ffff:ffff:ffff:ffff:fffd']],
  [2, ['127.0.0.128', '2001:db8:ffff:ffff:ffff:ffff:ffff:fffe']],
  [4, ['127.0.0.129', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff']],
]);

export const gtpu = defineKind({
  name: 'gtpu',
  title: 'GTP-U tunnels',
  state: ({ tables }) => new GtpuTunnels(tables),
  interfaceDeleted: (tunnels, itf) => tunnels.forget(itf),
  commands: {
    'show gtpu tunnel': {
      help: 'show gtpu tunnel',
      run: (tunnels) => tunnels.values().map(tunnelText).join('') || 'No gtpu tunnels configured...\n',
    },
  },
  handlers: {
    gtpu_add_del_tunnel: (fields, call, tunnels) => createdReply(addDel(fields, call, tunnels)),

    gtpu_add_del_tunnel_v2: (fields, call, tunnels) => {
      const made = addDel(fields, call, tunnels);
      // A refusal by the tunnels themselves has no counters to look up; that by wrong fields has none, either.
      if (typeof made === 'number' && !REFUSED_BEFORE.includes(made)) call.vpp.dies('gtpuRefused', call);
      return createdReply(made);
    },

    gtpu_tunnel_update_tteid: (fields, { dataplane }, tunnels) => {
      const dst = String(fields.dst_address);
      const tteid = Number(fields.tteid);
      if (!dataplane.hasTable(Number(fields.encap_vrf_id), isV6(dst))) return Retval.NO_SUCH_FIB;
      const known = tunnels.of(dst, Number(fields.teid));
      if (known === undefined) return Retval.NO_SUCH_ENTRY;
      if (tteid === 0) return Retval.INVALID_VALUE;
      known.tteid = tteid;
      return Retval.OK;
    },

    gtpu_tunnel_dump: (fields, _, tunnels) =>
      tunnels
        .asked(Number(fields.sw_if_index))
        .map(({ itf, ends, tteid }): Fields => ({ sw_if_index: itf.swIfIndex, ...ends, tteid })),

    gtpu_tunnel_v2_dump: (fields, _, tunnels) =>
      tunnels
        .asked(Number(fields.sw_if_index))
        .map(({ itf, ends, tteid, more }): Fields => ({ sw_if_index: itf.swIfIndex, ...ends, tteid, ...more })),

    gtpu_add_del_forward: (fields, call, tunnels) => createdReply(addDelForward(fields, call, tunnels)),

    gtpu_get_transfer_counts: (fields, _, tunnels) => {
      const from = Number(fields.sw_if_index_start);
      const found = tunnels.indices().filter((swIfIndex) => swIfIndex >= from);
      const counted = found.slice(0, Number(fields.capacity)).map((sw_if_index) => ({ sw_if_index }));
      return { count: counted.length, tunnels: counted };
    },

    sw_interface_set_gtpu_bypass: onInterface(() => Retval.OK),

    gtpu_offload_rx: (fields, { dataplane }, tunnels) => {
      const swIfIndex = Number(fields.sw_if_index);
      const ends = tunnels.at(swIfIndex)?.ends;
      const tunnel = ends && {
        dst: ends.dst_address,
        tableId: ends.encap_vrf_id,
        canOffload: IP.includes(ends.decap_next_index),
      };
      return offload(dataplane, Number(fields.hw_if_index), swIfIndex, tunnel);
    },
  },
});

const REFUSED_BEFORE: readonly number[] = [Retval.NO_SUCH_FIB, Retval.SAME_SRC_DST, Retval.INVALID_SW_IF_INDEX];

function addDel(...[fields, call, tunnels]: Parameters<Handler>): Interface | number {
  const { dataplane } = call;
  const [src, dst] = [String(fields.src_address), String(fields.dst_address)];
  const table = Number(fields.encap_vrf_id);
  const group = Number(fields.mcast_sw_if_index);
  if (!dataplane.hasTable(table, isV6(dst))) return Retval.NO_SUCH_FIB;
  if (src === dst) return Retval.SAME_SRC_DST;
  if (isMulticast(dst) && !dataplane.hasInterface(group)) return Retval.INVALID_SW_IF_INDEX;
  const teid = Number(fields.teid);
  return change(fields, call, tunnels, {
    ends: {
      src_address: src,
      dst_address: dst,
      mcast_sw_if_index: group,
      encap_vrf_id: table,
      decap_next_index: Number(fields.decap_next_index),
      teid,
    },
    tteid: Number(fields.tteid) || teid,
    more: { pdu_extension: Boolean(fields.pdu_extension), qfi: Number(fields.qfi ?? 0) },
  });
}

function addDelForward(...[fields, call, tunnels]: Parameters<Handler>): Interface | number {
  const target = String(fields.dst_address);
  const table = Number(fields.encap_vrf_id);
  const type = Number(fields.forwarding_type);
  if (!call.dataplane.hasTable(table, isV6(target))) return Retval.NO_SUCH_FIB;
  const dst = FORWARDED.get(type)?.[isV6(target) ? 1 : 0];
  if (dst === undefined) return Retval.INVALID_ARGUMENT;
  const decap = Number(fields.decap_next_index);
  return change(fields, call, tunnels, {
    ends: {
      ...{ src_address: target, dst_address: dst, mcast_sw_if_index: 0 },
      ...{ encap_vrf_id: table, decap_next_index: decap, teid: 0 },
    },
    tteid: 0,
    more: { is_forwarding: true, forwarding_type: type },
  });
}

function change(fields: Fields, { dataplane }: Call, tunnels: GtpuTunnels, wanted: NewTunnel): Interface | number {
  if (fields.is_add) return tunnels.addTunnel(dataplane, wanted);
  const known = tunnels.of(wanted.ends.dst_address, wanted.ends.teid);
  if (known === undefined) return Retval.NO_SUCH_ENTRY;
  leave(dataplane, known.itf);
  tunnels.remove(dataplane, known);
  return known.itf;
}
