/** Protection of tunnels by IPsec: IPsec interfaces, and others that have ends of their own. */
import type { Fields } from '../../../src/mux/internal.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { type Protection, Protections } from '../../dataplane/security/ipsec-protections.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { ipsecSas } from './ipsec-sas.js';

export const ipsecProtections = defineKind({
  name: 'ipsecProtections',
  title: 'protected tunnels',
  state: (dataplane) => new Protections(dataplane.of(ipsecSas)),
  interfaceDeleted: (protections, itf) => protections.forget(itf),
  handlers: {
    ipsec_tunnel_protect_update: ({ tunnel }, { dataplane }, protections) => {
      const { sw_if_index, nh, sa_out, sa_in } = tunnel as Fields;
      const itf = dataplane.interfaces.get(Number(sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      return protections.update(itf, String(nh), Number(sa_out), (sa_in as readonly number[]).map(Number));
    },

    ipsec_tunnel_protect_del: onInterface((itf, { nh }, _, protections) => {
      const protection = protections.find(itf, String(nh));
      if (protection === undefined) return Retval.NO_SUCH_ENTRY;
      protections.remove(itf, protection);
      return Retval.OK;
    }),

    ipsec_tunnel_protect_dump: ({ sw_if_index }, { dataplane }, protections) => {
      if (Number(sw_if_index) === NO_INTERFACE) return [...protections.values()].map(detailsOf);
      const itf = dataplane.interfaces.get(Number(sw_if_index));
      return itf === undefined ? [] : protections.at(itf).map(detailsOf);
    },
  },
});

const detailsOf = ({ swIfIndex, nextHop, out, inbound }: Protection): Fields => ({
  tun: {
    sw_if_index: swIfIndex,
    nh: nextHop,
    sa_out: out.id,
    n_sa_in: inbound.length,
    sa_in: inbound.map(({ id }) => id),
  },
});
