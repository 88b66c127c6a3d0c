/** VXLAN tunnels: `vxlan_tunnels`, and their options in `x-vppmux`. What is set on the interface is in `interfaces`. */

import { addressOf } from '../../../vpp/index.js';
import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import {
  checkVxlanOptions,
  isMulticast,
  VXLAN_OPTIONS,
  type VxlanOptions,
  vxlanOptionsOf,
  vxlanOptionsSection,
} from './vxlan-options.js';

interface Vxlan {
  readonly instance: number;
  readonly local: string;
  readonly remote: string;
  readonly vni: number;
  /** VRF of the outer addresses. */
  readonly table: number;
  readonly localPort: number;
  readonly remotePort: number;
  /** Interface of a multicast group; undefined where the remote is none. */
  readonly multicastInterface?: string;
  /** Whether it has IP packets in it, without Ethernet. */
  readonly isLayer3: boolean;
}

const USUAL_PORT = 4789;
const NO_MAC = '00:00:00:00:00:00';

/** VPP finds a tunnel by its ends, also to delete it. */
function change({ value }: KindObject<Vxlan>, refs: References, is_add: boolean) {
  const { multicastInterface: itf, isLayer3 } = value;
  return {
    ...{ is_add, instance: value.instance, src_address: value.local, dst_address: value.remote, vni: value.vni },
    ...{ src_port: value.localPort, dst_port: value.remotePort, encap_vrf_id: value.table },
    ...{ mcast_sw_if_index: itf === undefined ? NONE : refs.interface(itf), decap_next_index: NONE },
    ...(isLayer3 && { is_l3: true }),
  };
}

const ADD_DEL = ['vxlan_add_del_tunnel_v3', 'vxlan_add_del_tunnel_v2'] as const;

export const vxlanKind = defineKind<Vxlan>({
  name: 'vxlan',
  family: 'interface',
  ownership: 'all',
  messages: ['vxlan_add_del_tunnel_v2', 'vxlan_tunnel_v2_dump'],
  section: { key: VXLAN_OPTIONS, schema: vxlanOptionsSection },
  check: checkVxlanOptions,
  *wanted(wish) {
    const number = tableReader(wish);
    const options = vxlanOptionsOf(wish);
    for (const [name, { local, remote, vni }] of Object.entries(wish.file.vxlan_tunnels ?? {})) {
      const own = options[name] ?? {};
      const value: Vxlan = {
        ...{ instance: instanceOf(name), local: spelled(local), remote: spelled(remote), vni },
        table: number(own.table),
        localPort: own['local-port'] ?? USUAL_PORT,
        remotePort: own['remote-port'] ?? USUAL_PORT,
        ...(own['multicast-interface'] !== undefined && { multicastInterface: own['multicast-interface'] }),
        isLayer3: own.l3 ?? false,
      };
      yield { name, value, path: ['vxlan_tunnels', name] };
    }
  },
  async read(vpp) {
    const list = await vpp.dump('vxlan_tunnel_v2_dump', { sw_if_index: NONE });
    return list.flatMap((tunnel): Found<Vxlan>[] => {
      const itf = vpp.interfaces.get(tunnel.sw_if_index as number);
      if (itf === undefined) return [];
      const isGroup = isMulticast(tunnel.dst_address as string);
      const multicastInterface = isGroup ? vpp.nameOf(tunnel.mcast_sw_if_index) : undefined;
      const value: Vxlan = {
        ...{ instance: tunnel.instance as number, vni: tunnel.vni as number },
        ...{ local: tunnel.src_address as string, remote: tunnel.dst_address as string },
        ...{ localPort: tunnel.src_port as number, remotePort: tunnel.dst_port as number },
        table: tunnel.encap_vrf_id as number,
        ...(multicastInterface !== undefined && { multicastInterface }),
        // Nothing else tells.
        isLayer3: itf.l2_address === NO_MAC,
      };
      return [{ name: itf.interface_name, value, index: itf.sw_if_index, tag: itf.tag }];
    });
  },
  needs: ({ value: { table, multicastInterface: itf } }) => [
    ...tableNeeds(table),
    ...(itf === undefined ? [] : [`interface/${itf}`]),
  ],
  create: (wanted, refs) => [{ name: refs.newest(...ADD_DEL), fields: change(wanted, refs, true) }],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: (found, refs) => [
    { name: refs.newest(...ADD_DEL), fields: change(found, refs, false), settledBy: ['NO_SUCH_ENTRY'] },
  ],
  describe(found, draft) {
    draft.file.vxlan_tunnels ??= {};
    for (const { name, value } of found) {
      const { local, remote, vni } = value;
      draft.file.vxlan_tunnels[name] = { local, remote, vni };
      draft.interface(name);
      const options = describeOptions(value);
      if (Object.keys(options).length === 0) continue;
      draft.extra[VXLAN_OPTIONS] = { ...(draft.extra[VXLAN_OPTIONS] ?? {}), [name]: options };
    }
  },
  cli(before, after) {
    if (after !== undefined) {
      const { instance, local, remote, vni } = after.value;
      const line = `create vxlan tunnel src ${local} dst ${remote} instance ${instance} vni ${vni} decap-next l2`;
      return [{ block: 'create', line }];
    }
    if (before === undefined) return [];
    const { instance, local, remote, vni } = before.value;
    const line = `create vxlan tunnel instance ${instance} src ${local} dst ${remote} vni ${vni} del`;
    return [{ block: 'prune', line }];
  },
});

function describeOptions({ table, localPort, remotePort, multicastInterface, isLayer3 }: Vxlan): VxlanOptions {
  return {
    ...(table !== 0 && { table }),
    ...(localPort !== USUAL_PORT && { 'local-port': localPort }),
    ...(remotePort !== USUAL_PORT && { 'remote-port': remotePort }),
    ...(multicastInterface !== undefined && { 'multicast-interface': multicastInterface }),
    ...(isLayer3 && { l3: true }),
  };
}

const spelled = (address: string): string => addressOf(address) ?? address;
