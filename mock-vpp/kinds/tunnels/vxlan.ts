/** VXLAN tunnels: an interface each, with or without a MAC address. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { isMulticast, isV6, peerHops, type Tunnel, Tunnels, tunnelFlood } from '../../dataplane/interfaces/tunnels.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { offload } from './flow-offload.js';

const PORT = 4789;
const NONE = 0xffffffff;
/** `decap_next_index`: 0 drops, 1 is layer 2, and VPP has one more. */
const LAYER_2 = 1;
const MAX_DECAP_NEXT = 2;

const DEVICE = { type: 'VXLAN', linkFollowsAdmin: true };
const ETHERNET: Device = { ...DEVICE, isEthernet: true, takesMacs: true, takesPromisc: true, maxMtu: 0xffffffff };
const LAYER_3: Device = { ...DEVICE, isEthernet: false, takesMacs: false };

/** Fields of the details that a tunnel is made with. */
interface Ends {
  readonly src_address: string;
  readonly dst_address: string;
  readonly src_port: number;
  readonly dst_port: number;
  readonly mcast_sw_if_index: number;
  readonly encap_vrf_id: number;
  readonly decap_next_index: number;
  readonly vni: number;
}

export interface VxlanTunnel extends Tunnel {
  readonly ends: Ends;
  /** N of vxlan_tunnelN. */
  readonly instance: number;
}

export class VxlanTunnels extends Tunnels<VxlanTunnel> {
  private readonly instances = new Set<number>();

  hasInstance(instance: number): boolean {
    return this.instances.has(instance);
  }

  override add(make: (index: number) => VxlanTunnel): VxlanTunnel {
    const made = super.add(make);
    this.instances.add(made.instance);
    return made;
  }

  override forget(itf: Interface): void {
    const { instance } = this.at(itf.swIfIndex) ?? {};
    if (instance !== undefined) this.instances.delete(instance);
    super.forget(itf);
  }
}

export const vxlan = defineKind({
  name: 'vxlan',
  title: 'VXLAN tunnels',
  state: ({ tables }) => new VxlanTunnels(tables),
  interfaceDeleted: (tunnels, itf) => tunnels.forget(itf),
  handlers: {
    // The first version has no ports.
    vxlan_add_del_tunnel: (fields, { dataplane }, tunnels) => addDel(dataplane, tunnels, fields),
    vxlan_add_del_tunnel_v2: (fields, { dataplane }, tunnels) => addDel(dataplane, tunnels, fields),
    vxlan_add_del_tunnel_v3: (fields, { dataplane }, tunnels) => addDel(dataplane, tunnels, fields),
    vxlan_tunnel_dump: (fields, _, tunnels) =>
      tunnels.asked(Number(fields.sw_if_index)).map((tunnel): Fields => {
        const { src_port, dst_port, ...rest } = details(tunnel);
        return rest;
      }),
    vxlan_tunnel_v2_dump: (fields, _, tunnels) => tunnels.asked(Number(fields.sw_if_index)).map(details),
    sw_interface_set_vxlan_bypass: onInterface(() => Retval.OK),
    vxlan_offload_rx: (fields, { dataplane }, tunnels) => {
      const swIfIndex = Number(fields.sw_if_index);
      const { ends } = tunnels.at(swIfIndex) ?? {};
      const tunnel = ends && { dst: ends.dst_address, tableId: ends.encap_vrf_id, canOffload: true };
      return offload(dataplane, Number(fields.hw_if_index), swIfIndex, tunnel);
    },
  },
});

function addDel(dataplane: Dataplane, tunnels: VxlanTunnels, fields: Fields): Fields {
  const ends: Ends = {
    src_address: String(fields.src_address),
    dst_address: String(fields.dst_address),
    src_port: Number(fields.src_port ?? 0) || PORT,
    dst_port: Number(fields.dst_port ?? 0) || PORT,
    mcast_sw_if_index: Number(fields.mcast_sw_if_index),
    encap_vrf_id: Number(fields.encap_vrf_id),
    decap_next_index: Number(fields.decap_next_index),
    vni: Number(fields.vni),
  };
  const refusal = refusalOf(dataplane, ends);
  if (refusal !== Retval.OK) return createdReply(refusal);
  const key = keyOf(ends);
  if (fields.is_add) {
    if (tunnels.find(key) !== undefined) return createdReply(Retval.TUNNEL_EXIST);
    return createdReply(
      add(dataplane, tunnels, { ends, key, wanted: Number(fields.instance), isLayer3: Boolean(fields.is_l3) }),
    );
  }
  const tunnel = tunnels.find(key);
  if (tunnel === undefined) return createdReply(Retval.NO_SUCH_ENTRY);
  dataplane.deleteInterface(tunnel.itf);
  return createdReply(tunnel.itf);
}

interface Wanted {
  readonly ends: Ends;
  readonly key: string;
  /** The instance; ~0: that of the tunnel's index. */
  readonly wanted: number;
  readonly isLayer3: boolean;
}

function add(dataplane: Dataplane, tunnels: VxlanTunnels, { ends, key, wanted, isLayer3 }: Wanted): Interface | number {
  const { dst_address: dst, encap_vrf_id: table } = ends;
  const decapNext = ends.decap_next_index === NONE ? LAYER_2 : ends.decap_next_index;
  if (decapNext > MAX_DECAP_NEXT) return Retval.INVALID_DECAP_NEXT;
  const instance = wanted === NONE ? tunnels.nextIndex : wanted;
  if (tunnels.hasInstance(instance)) return Retval.INSTANCE_IN_USE;
  const name = `vxlan_tunnel${instance}`;
  const flood = tunnelFlood(dst);
  const octet = (tunnels.nextIndex & 255).toString(16).padStart(2, '0');
  const itf = dataplane.addInterface(
    isLayer3
      ? { name, device: { ...LAYER_3, flood }, mtu: 0 }
      : { name, device: { ...ETHERNET, flood }, mac: `02:fe:4e:58:00:${octet}`, mtu: 9000 },
  );
  const made = { itf, key, instance, ends: { ...ends, decap_next_index: decapNext }, hops: peerHops(dst, table) };
  tunnels.add((index) => ({ index, ...made }));
  dataplane.setAdmin(itf.swIfIndex, true);
  return itf;
}

function refusalOf(dataplane: Dataplane, { src_address: src, dst_address: dst, ...ends }: Ends): number {
  if (!dataplane.hasTable(ends.encap_vrf_id, isV6(src))) return Retval.NO_SUCH_FIB;
  if (isV6(src) !== isV6(dst)) return Retval.INVALID_VALUE;
  if (src === dst) return Retval.SAME_SRC_DST;
  if (isMulticast(dst) && !dataplane.hasInterface(ends.mcast_sw_if_index)) return Retval.INVALID_SW_IF_INDEX;
  return Retval.OK;
}

/** VPP tells tunnels apart by 24 bits of the VNI, and without the source for IPv6 and multicast. */
function keyOf({ src_address: src, dst_address: dst, src_port: port, encap_vrf_id: table, vni }: Ends): string {
  const source = isV6(src) || isMulticast(dst) ? 'any' : src;
  return [source, dst, port, table, vni & 0xffffff].join(' ');
}

function details({ itf, instance, ends }: VxlanTunnel): Fields {
  return { sw_if_index: itf.swIfIndex, instance, ...ends };
}
