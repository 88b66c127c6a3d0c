/** VXLAN-GPE tunnels: an interface each, of Ethernet frames, IP packets or NSH. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import {
  counterpartOf,
  HidingTunnels,
  isMulticast,
  isV6,
  peerHops,
  type Tunnel,
  tunnelFlood,
} from '../../dataplane/interfaces/tunnels.js';
import type { Call } from '../../handlers/call.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { leave } from '../l2/bridges.js';

const PORT = 4790;
/** `protocol` of a tunnel whose packets are looked up in a table of IPv4. */
const IP4 = 1;
const IP6 = 2;
const NO_TABLE = 0xffffffff;

const DEVICE: Device = { type: 'VXLAN_GPE', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };

export interface GpeTunnel extends Tunnel {
  readonly ends: Ends;
}

/** Fields of a tunnel's details. */
interface Ends {
  readonly local: string;
  readonly remote: string;
  readonly local_port: number;
  readonly remote_port: number;
  readonly vni: number;
  readonly protocol: number;
  readonly mcast_sw_if_index: number;
  readonly encap_vrf_id: number;
  readonly decap_vrf_id: number;
}

export const vxlanGpe = defineKind({
  name: 'vxlanGpe',
  title: 'VXLAN-GPE tunnels',
  state: ({ tables }) => new HidingTunnels<GpeTunnel>(tables),
  interfaceDeleted: (tunnels, itf) => tunnels.forget(itf),
  commands: {
    'show vxlan-gpe': {
      help: 'show vxlan-gpe',
      run: (tunnels, { dataplane }) =>
        tunnels
          .values()
          .map((each) => text(each, dataplane))
          .join('') || 'No vxlan-gpe tunnels configured.\n',
    },
  },
  handlers: {
    // The first version has no ports.
    vxlan_gpe_add_del_tunnel: addDel,
    vxlan_gpe_add_del_tunnel_v2: addDel,
    vxlan_gpe_tunnel_dump: (fields, call, tunnels) =>
      list(fields, call, tunnels).map(({ local_port, remote_port, ...rest }) => rest),
    vxlan_gpe_tunnel_v2_dump: list,
    sw_interface_set_vxlan_gpe_bypass: onInterface(() => Retval.OK),
  },
});

function addDel(...[fields, call, tunnels]: Parameters<KindHandler<HidingTunnels<GpeTunnel>>>): Fields {
  const ends: Ends = {
    local: String(fields.local),
    remote: String(fields.remote),
    local_port: Number(fields.local_port ?? 0) || PORT,
    remote_port: Number(fields.remote_port ?? 0) || PORT,
    vni: Number(fields.vni),
    protocol: Number(fields.protocol),
    mcast_sw_if_index: Number(fields.mcast_sw_if_index),
    encap_vrf_id: Number(fields.encap_vrf_id),
    decap_vrf_id: Number(fields.decap_vrf_id),
  };
  const refusal = refusalOf(ends, call.dataplane);
  if (refusal !== Retval.OK) return createdReply(refusal);
  const key = [ends.local, ends.remote, ends.vni & 0xffffff, ends.local_port].join(' ');
  const known = tunnels.find(key);
  if (fields.is_add) {
    if (known !== undefined) return createdReply(Retval.TUNNEL_EXIST);
    return createdReply(add(call, tunnels, ends, key));
  }
  if (known === undefined) return createdReply(Retval.NO_SUCH_ENTRY);
  leave(call.dataplane, known.itf);
  tunnels.remove(call.dataplane, known);
  return createdReply(known.itf);
}

function refusalOf({ local, remote, ...ends }: Ends, dataplane: Dataplane): number {
  // VPP looks both tables up among those of IPv4.
  if (!dataplane.hasTable(ends.encap_vrf_id, false)) return Retval.NO_SUCH_FIB;
  if (ends.protocol === IP4 && !dataplane.hasTable(ends.decap_vrf_id, false)) return Retval.NO_SUCH_INNER_FIB;
  return local === remote ? Retval.SAME_SRC_DST : Retval.OK;
}

function add(call: Call, tunnels: HidingTunnels<GpeTunnel>, ends: Ends, key: string): Interface | number {
  const { dataplane, vpp } = call;
  if (isMulticast(ends.remote) && !dataplane.hasInterface(ends.mcast_sw_if_index)) {
    vpp.warn('a VXLAN-GPE tunnel to a multicast group without an interface would kill VPP; it is refused');
    return Retval.INVALID_SW_IF_INDEX;
  }
  const table = isV6(ends.local) ? counterpartOf(dataplane, ends.encap_vrf_id)?.tableId : ends.encap_vrf_id;
  if (table === undefined) {
    vpp.dies('noCounterpart', call);
    return Retval.NO_SUCH_FIB;
  }
  const itf = tunnels.takeInterface(dataplane, {
    name: `vxlan_gpe_tunnel${tunnels.nextIndex}`,
    device: { ...DEVICE, flood: tunnelFlood(ends.remote) },
    mtu: 0,
  });
  const hops = peerHops(ends.remote, table);
  tunnels.add((index) => ({ index, itf, key, hops, ends: { ...ends, encap_vrf_id: table } }));
  dataplane.setAdmin(itf.swIfIndex, true);
  return itf;
}

function list(fields: Fields, call: Call, tunnels: HidingTunnels<GpeTunnel>): Fields[] {
  const asked = tunnels.asked(Number(fields.sw_if_index));
  // VPP shows what is in its memory for smaller numbers.
  const isNowhere = ({ ends }: GpeTunnel) => ends.protocol !== IP4 && ends.decap_vrf_id === NO_TABLE;
  if (asked.some(isNowhere)) call.vpp.dies('noSuchDecapTable', call);
  return asked.map((each) => details(each, call.dataplane));
}

function details({ itf, ends }: GpeTunnel, { tables }: Dataplane): Fields {
  // VPP takes the number for the index of a table, unless it is one of IPv4.
  const inner = [...tables.values()].find(({ v6, index }) => v6 === isV6(ends.local) && index === ends.decap_vrf_id);
  const decap_vrf_id = ends.protocol === IP4 ? ends.decap_vrf_id : (inner?.tableId ?? 0);
  return { sw_if_index: itf.swIfIndex, ...ends, decap_vrf_id };
}

const PROTOCOLS = ['', 'ip4', 'ip6', 'ethernet', 'nsh'] as const;

function text({ index, itf, ends }: GpeTunnel, { tables }: Dataplane): string {
  const { protocol } = ends;
  const outer = tables.find(ends.encap_vrf_id, isV6(ends.local))?.index ?? 0;
  // Only that of IPv4 was looked up as a table.
  const inner = protocol === IP4 ? (tables.find(ends.decap_vrf_id, false)?.index ?? 0) : ends.decap_vrf_id;
  const parts = [
    `[${index}] lcl ${ends.local} rmt ${ends.remote} lcl_port ${ends.local_port} rmt_port ${ends.remote_port}`,
    `vni ${ends.vni} fib-idx ${outer} sw-if-idx ${itf.swIfIndex}`,
    `decap-next-protocol ${PROTOCOLS[protocol] || `unknown ${protocol}`}`,
    ...(protocol === IP4 || protocol === IP6 ? [`fib-idx ${inner}`] : []),
    ...(isMulticast(ends.remote) ? [`mcast-sw-if-idx ${ends.mcast_sw_if_index}`] : []),
  ];
  return `${parts.join(' ')} \n`;
}
