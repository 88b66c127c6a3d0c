/** IPIP tunnels: IPv4 or IPv6 outside, to one peer or to many. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { peerHops } from '../../dataplane/interfaces/tunnels.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const OWN_INSTANCE = 0xffffffff;
const MULTI_POINT = 1;
/** MTU of the link: all that the outer header leaves of a packet. */
const LINK_MTU = { v4: 65516, v6: 65496 } as const;
const MTU = 9000;

const DEVICE: Device = { type: 'IPIP tunnel device', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };

export interface IpipTunnel {
  readonly index: number;
  readonly itf: Interface;
  readonly key: string;
  /** The tunnel as it was asked for, with its instance and interface. */
  readonly fields: Fields;
}

export const ipip = defineKind({
  name: 'ipip',
  title: 'IPIP tunnels',
  state: () => new Pool<IpipTunnel>(),
  interfaceDeleted: (tunnels, itf) => {
    for (const { index, itf: at } of tunnels.values()) if (at === itf) tunnels.remove(index);
  },
  handlers: {
    ipip_add_tunnel: ({ tunnel }, { dataplane }, tunnels) => {
      const asked = tunnel as Fields;
      const [src, dst] = [String(asked.src), String(asked.dst)];
      const v6 = src.includes(':');
      if (v6 !== dst.includes(':')) return createdReply(Retval.INVALID_PROTOCOL);
      if (src === dst) return createdReply(Retval.SAME_SRC_DST);
      if (Number(asked.mode) > MULTI_POINT) return createdReply(Retval.INVALID_VALUE_2);
      if (!dataplane.hasTable(Number(asked.table_id), v6)) return createdReply(Retval.NO_SUCH_FIB);
      const isAnywhere = dst === '0.0.0.0' || dst === '::';
      if (Number(asked.mode) === MULTI_POINT && !isAnywhere) return createdReply(Retval.INVALID_DST_ADDRESS);
      const key = [src, dst, asked.mode, asked.table_id].join(' ');
      const all = [...tunnels.values()];
      const same = all.find((each) => each.key === key);
      if (same !== undefined) return { retval: Retval.IF_ALREADY_EXISTS, sw_if_index: same.itf.swIfIndex };
      const instance = Number(asked.instance) === OWN_INSTANCE ? tunnels.nextIndex : Number(asked.instance);
      if (all.some((each) => each.fields.instance === instance)) return createdReply(Retval.INSTANCE_IN_USE);
      const mtu = v6 ? LINK_MTU.v6 : LINK_MTU.v4;
      const device = { ...DEVICE, tunnel: { isMultiPoint: Number(asked.mode) === MULTI_POINT, hasEnds: true } };
      const itf = dataplane.addInterface({ name: `ipip${instance}`, device, mtu });
      itf.mtu = [MTU, 0, 0, 0];
      tunnels.add((index) => ({ index, itf, key, fields: { ...asked, instance, sw_if_index: itf.swIfIndex } }));
      if (!isAnywhere) dataplane.tables.tunnels.add(itf, peerHops(dst, Number(asked.table_id)));
      return createdReply(itf);
    },

    ipip_del_tunnel: (fields, { dataplane }, tunnels) => {
      const tunnel = [...tunnels.values()].find(({ itf }) => itf.swIfIndex === Number(fields.sw_if_index));
      if (tunnel === undefined) return Retval.NO_SUCH_ENTRY;
      dataplane.deleteInterface(tunnel.itf);
      return Retval.OK;
    },

    ipip_tunnel_dump: ({ sw_if_index }, _, tunnels) =>
      [...tunnels.values()]
        .filter(({ itf }) => [NO_INTERFACE, itf.swIfIndex].includes(Number(sw_if_index)))
        .map(({ fields }): Fields => ({ tunnel: fields })),
  },
});
