/** VXLAN tunnels: an interface each, with or without a MAC address. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { isMulticast, isV6, peerHops, tunnelFlood } from '../../dataplane/interfaces/tunnels.js';
import { Pool } from '../../dataplane/pool.js';
import { type LookedUp, NO_INTERFACE } from '../../dataplane/routing/paths.js';
import type { Tables } from '../../dataplane/routing/tables.js';
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

interface Tunnel extends Ends {
  readonly itf: Interface;
  readonly instance: number;
  readonly key: string;
  readonly hops: readonly LookedUp[];
}

export class VxlanTunnels {
  private readonly pool = new Pool<Tunnel>();
  private readonly indices = new Map<Interface, number>();

  constructor(private readonly tables: Tables) {}

  values(): Tunnel[] {
    return [...this.pool.values()];
  }

  find(key: string): Tunnel | undefined {
    return this.values().find((tunnel) => tunnel.key === key);
  }

  /** Refuses ends and instances in use. */
  add(dataplane: Dataplane, ends: Ends, key: string, wanted: number, isLayer3: boolean): Interface | number {
    if (this.find(key) !== undefined) return Retval.TUNNEL_EXIST;
    const decapNext = ends.decap_next_index === NONE ? LAYER_2 : ends.decap_next_index;
    if (decapNext > MAX_DECAP_NEXT) return Retval.INVALID_DECAP_NEXT;
    const instance = wanted === NONE ? this.pool.nextIndex : wanted;
    if (this.values().some((tunnel) => tunnel.instance === instance)) return Retval.INSTANCE_IN_USE;
    const name = `vxlan_tunnel${instance}`;
    const flood = tunnelFlood(ends.dst_address);
    const octet = (this.pool.nextIndex & 255).toString(16).padStart(2, '0');
    const itf = dataplane.addInterface(
      isLayer3
        ? { name, device: { ...LAYER_3, flood }, mtu: 0 }
        : { name, device: { ...ETHERNET, flood }, mac: `02:fe:4e:58:00:${octet}`, mtu: 9000 },
    );
    const hops = peerHops(ends.dst_address, ends.encap_vrf_id);
    const tunnel = this.pool.add((index) => {
      this.indices.set(itf, index);
      return { ...ends, decap_next_index: decapNext, itf, instance, key, hops };
    });
    this.tables.acquire(tunnel);
    dataplane.setAdmin(itf.swIfIndex, true);
    return itf;
  }

  forget(itf: Interface): void {
    const index = this.indices.get(itf);
    if (index === undefined) return;
    this.tables.release(this.pool.get(index) as Tunnel);
    this.pool.remove(index);
    this.indices.delete(itf);
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
      chosen(tunnels, fields).map(({ src_port, dst_port, ...rest }): Fields => rest),
    vxlan_tunnel_v2_dump: (fields, _, tunnels) => chosen(tunnels, fields),
    sw_interface_set_vxlan_bypass: onInterface(() => Retval.OK),
    vxlan_offload_rx: (fields, { dataplane }, tunnels) => {
      const swIfIndex = Number(fields.sw_if_index);
      const found = tunnels.values().find(({ itf }) => itf.swIfIndex === swIfIndex);
      const tunnel = found && { dst: found.dst_address, tableId: found.encap_vrf_id, canOffload: true };
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
    return createdReply(tunnels.add(dataplane, ends, key, Number(fields.instance), Boolean(fields.is_l3)));
  }
  const tunnel = tunnels.find(key);
  if (tunnel === undefined) return createdReply(Retval.NO_SUCH_ENTRY);
  dataplane.deleteInterface(tunnel.itf);
  return createdReply(tunnel.itf);
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

function chosen(tunnels: VxlanTunnels, { sw_if_index }: Fields): Fields[] {
  return tunnels
    .values()
    .filter(({ itf }) => Number(sw_if_index) === NO_INTERFACE || itf.swIfIndex === Number(sw_if_index))
    .map(({ itf, key, hops, ...rest }): Fields => ({ sw_if_index: itf.swIfIndex, ...rest }));
}
