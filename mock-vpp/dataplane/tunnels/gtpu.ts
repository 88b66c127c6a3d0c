/** GTP-U tunnels, told apart by the peer and the tunnel's id. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Device, Interface } from '../interfaces/interface.js';
import { HidingTunnels, isMulticast, peerHops, type Tunnel, tunnelFlood } from '../interfaces/tunnels.js';

const DEVICE: Device = { type: 'GTPU', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };
const NONE = 0xffffffff;
const DECAP_NEXTS = ['drop', 'l2', 'ip4', 'ip6'] as const;
const LAYER_2 = 1;
const FORWARDS = ['', 'bad-header', 'unknown-teid', '', 'unknown-type'] as const;

/** Fields of the details of both versions. */
interface Ends {
  readonly src_address: string;
  readonly dst_address: string;
  readonly mcast_sw_if_index: number;
  readonly encap_vrf_id: number;
  readonly decap_next_index: number;
  readonly teid: number;
}

/** A tunnel before it has its interface. */
export interface NewTunnel {
  readonly ends: Ends;
  /** Id of the tunnel at the peer. */
  tteid: number;
  /** Fields that only the details of the second version have. */
  readonly more: Fields;
}

export type GtpuTunnel = Tunnel & NewTunnel;

export class GtpuTunnels extends HidingTunnels<GtpuTunnel> {
  of(dst: string, teid: number): GtpuTunnel | undefined {
    return this.find(keyOf(dst, teid));
  }

  /** Indices of their interfaces, in order. */
  indices(): number[] {
    return this.values()
      .map(({ itf }) => itf.swIfIndex)
      .sort((a, b) => a - b);
  }

  addTunnel(dataplane: Dataplane, { ends, tteid, more }: NewTunnel): Interface | number {
    if (this.of(ends.dst_address, ends.teid) !== undefined) return Retval.TUNNEL_EXIST;
    const decapNext = ends.decap_next_index === NONE ? LAYER_2 : ends.decap_next_index;
    if (decapNext >= DECAP_NEXTS.length) return Retval.INVALID_DECAP_NEXT;
    const device = { ...DEVICE, flood: tunnelFlood(ends.dst_address) };
    const itf = this.takeInterface(dataplane, { name: `gtpu_tunnel${this.nextIndex}`, device, mtu: 0 });
    const key = keyOf(ends.dst_address, ends.teid);
    const hops = peerHops(ends.dst_address, ends.encap_vrf_id);
    this.add((index) => ({ index, itf, key, hops, ends: { ...ends, decap_next_index: decapNext }, tteid, more }));
    dataplane.setAdmin(itf.swIfIndex, true);
    return itf;
  }
}

const keyOf = (dst: string, teid: number) => `${dst} ${teid}`;

/** A tunnel in the layout of VPP's CLI; the index of its adjacency is left at 0. */
export function tunnelText({ index, itf, ends, tteid, more }: GtpuTunnel): string {
  const { pdu_extension, qfi, is_forwarding, forwarding_type } = more;
  const parts = [
    `[${index}] src ${ends.src_address} dst ${ends.dst_address} teid ${ends.teid} tteid ${tteid}`,
    `encap-vrf-id ${ends.encap_vrf_id} sw-if-idx ${itf.swIfIndex} encap-dpo-idx 0`,
    `decap-next-${DECAP_NEXTS[ends.decap_next_index]}`,
  ];
  if (is_forwarding) parts.push(`forwarding ${FORWARDS[Number(forwarding_type)]}`);
  else {
    parts.push(pdu_extension ? `pdu-enabled qfi ${qfi}` : 'pdu-disabled');
    if (isMulticast(ends.dst_address)) parts.push(`mcast-sw-if-idx ${ends.mcast_sw_if_index}`);
  }
  return `${parts.join(' ')} \n`;
}
