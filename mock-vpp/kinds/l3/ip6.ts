/** IPv6 on interfaces, and their link-local addresses. Facts of VPP 26.06, odd ones included. */

import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const ip6 = defineKind({
  name: 'ip6',
  title: 'IPv6 on an interface',
  /** Interfaces that make addresses of advertised prefixes, by sw_if_index; VPP keeps deleted ones. */
  state: () => new Set<number>(),
  handlers: {
    sw_interface_ip6_enable_disable: onInterface((itf, { enable }, { dataplane: { ip6Links } }) =>
      enable ? ip6Links.enable(itf) : ip6Links.disable(itf),
    ),

    // Nothing shows it, and each is counted.
    sw_interface_ip4_enable_disable: onInterface(() => Retval.OK),

    sw_interface_ip6_set_link_local_address: onInterface((itf, { ip }, { dataplane }) =>
      dataplane.ip6Links.setAddress(itf, String(ip)),
    ),

    sw_interface_ip6_get_link_local_address: onInterface((itf, _, { dataplane }) => {
      const link = dataplane.ip6Links.get(itf);
      return link === undefined ? Retval.IP6_NOT_ENABLED : { ip: link.address };
    }),

    ip6nd_send_router_solicitation: onInterface(() => Retval.OK),

    // It turns IPv6 on the first time, and never off.
    ip6_nd_address_autoconfig: onInterface((itf, { enable }, { dataplane }, configured) => {
      if (enable && !configured.has(itf.swIfIndex)) dataplane.ip6Links.enable(itf);
      if (enable) configured.add(itf.swIfIndex);
      else configured.delete(itf.swIfIndex);
      return Retval.OK;
    }),
  },
});
