/** GENEVE tunnels: an interface each, with a MAC address in layer 3 mode only. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import {
  counterpartOf,
  isMulticast,
  isV6,
  peerHops,
  type Tunnel,
  Tunnels,
  tunnelFlood,
  tunnelMac,
} from '../../dataplane/interfaces/tunnels.js';
import type { Call } from '../../handlers/call.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NONE = 0xffffffff;
/** `decap_next_index`: 0 drops, 1 is layer 2. */
const DECAP_NEXTS = ['drop', 'l2'] as const;
const LAYER_2 = 1;
const MTU = 9000;

const DEVICE = { type: 'GENEVE', linkFollowsAdmin: true };
const ETHERNET: Device = { ...DEVICE, isEthernet: true, takesMacs: true };
const PLAIN: Device = { ...DEVICE, isEthernet: false, takesMacs: false };

export interface GeneveTunnel extends Tunnel {
  readonly isLayer3: boolean;
  /** Fields of its details. */
  readonly ends: Ends;
}

interface Ends {
  readonly src_address: string;
  readonly dst_address: string;
  readonly mcast_sw_if_index: number;
  readonly encap_vrf_id: number;
  readonly decap_next_index: number;
  readonly vni: number;
}

export const geneve = defineKind({
  name: 'geneve',
  title: 'GENEVE tunnels',
  state: ({ tables }) => new Tunnels<GeneveTunnel>(tables),
  interfaceDeleted: (tunnels, itf) => tunnels.forget(itf),
  commands: {
    'show geneve tunnel': {
      help: 'show geneve tunnel',
      run: (tunnels) => tunnels.values().map(text).join('') || 'No geneve tunnels configured...\n',
    },
  },
  handlers: {
    // The first version has no layer 3 mode.
    geneve_add_del_tunnel: addDel,
    geneve_add_del_tunnel2: addDel,
    geneve_tunnel_dump: (fields, _, tunnels) =>
      tunnels
        .asked(Number(fields.sw_if_index))
        .map(({ itf, ends }): Fields => ({ sw_if_index: itf.swIfIndex, ...ends })),
    sw_interface_set_geneve_bypass: onInterface(() => Retval.OK),
  },
});

function addDel(...[fields, call, tunnels]: Parameters<KindHandler<Tunnels<GeneveTunnel>>>): Fields {
  const ends: Ends = {
    src_address: String(fields.local_address),
    dst_address: String(fields.remote_address),
    mcast_sw_if_index: Number(fields.mcast_sw_if_index),
    encap_vrf_id: Number(fields.encap_vrf_id),
    decap_next_index: Number(fields.decap_next_index) === NONE ? LAYER_2 : Number(fields.decap_next_index),
    vni: Number(fields.vni),
  };
  const refusal = refusalOf(ends, call);
  if (refusal !== Retval.OK) return createdReply(refusal);
  // VPP tells tunnels apart by the peer and 24 bits of the VNI only.
  const key = `${ends.dst_address} ${ends.vni & 0xffffff}`;
  const known = tunnels.find(key);
  if (fields.is_add) {
    if (known !== undefined) return createdReply(Retval.TUNNEL_EXIST);
    return createdReply(add(call, tunnels, ends, key, Boolean(fields.l3_mode)));
  }
  if (known === undefined) return createdReply(Retval.NO_SUCH_ENTRY);
  call.dataplane.deleteInterface(known.itf);
  return createdReply(known.itf);
}

function refusalOf({ src_address: src, dst_address: dst, ...ends }: Ends, { dataplane }: Call): number {
  // VPP looks a table of IPv6 up among those of IPv4.
  if (!dataplane.hasTable(ends.encap_vrf_id, false)) return Retval.NO_SUCH_FIB;
  if (src === dst) return Retval.SAME_SRC_DST;
  if (isMulticast(dst) && !dataplane.hasInterface(ends.mcast_sw_if_index)) return Retval.INVALID_SW_IF_INDEX;
  return Retval.OK;
}

function add(
  call: Call,
  tunnels: Tunnels<GeneveTunnel>,
  ends: Ends,
  key: string,
  isLayer3: boolean,
): Interface | number {
  const { dataplane } = call;
  if (ends.decap_next_index >= DECAP_NEXTS.length) return Retval.INVALID_DECAP_NEXT;
  const table = isV6(ends.dst_address) ? counterpartOf(dataplane, ends.encap_vrf_id)?.tableId : ends.encap_vrf_id;
  if (table === undefined) {
    call.vpp.dies('noCounterpart', call);
    return Retval.NO_SUCH_FIB;
  }
  const name = `geneve_tunnel${tunnels.nextIndex}`;
  const flood = tunnelFlood(ends.dst_address);
  const itf = dataplane.addInterface(
    isLayer3
      ? { name, device: { ...ETHERNET, flood }, mac: tunnelMac(tunnels.nextIndex), mtu: MTU }
      : { name, device: { ...PLAIN, flood }, mtu: 0 },
  );
  const hops = peerHops(ends.dst_address, table);
  tunnels.add((index) => ({ index, itf, key, hops, isLayer3, ends: { ...ends, encap_vrf_id: table } }));
  dataplane.setAdmin(itf.swIfIndex, true);
  return itf;
}

function text({ index, itf, ends, isLayer3 }: GeneveTunnel): string {
  const group = isMulticast(ends.dst_address) ? ` mcast-sw-if-idx ${ends.mcast_sw_if_index}` : '';
  const where = `vni ${ends.vni} fib-idx 0 sw-if-idx ${itf.swIfIndex} encap-dpo-idx 0`;
  const next = `decap-next-${DECAP_NEXTS[ends.decap_next_index]} l3-mode ${isLayer3 ? 1 : 0}`;
  return `[${index}] lcl ${ends.src_address} rmt ${ends.dst_address} ${where} ${next}${group} \n`;
}
