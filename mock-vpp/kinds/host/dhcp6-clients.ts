/** DHCPv6 clients, of addresses and of prefixes. No server answers them, so that nothing comes of them. */
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** The type of a DUID made of a link-layer address. */
const DUID_LL = 3;

/** sw_if_index → the group of the client that asks for prefixes. */
type PrefixGroups = Map<number, string>;

export const dhcp6Clients = defineKind({
  name: 'dhcp6Clients',
  title: 'DHCPv6 clients',
  state: (): PrefixGroups => new Map(),
  interfaceDeleted: (groups, { swIfIndex }) => void groups.delete(swIfIndex),
  handlers: {
    dhcp_plugin_get_version: () => ({ major: 1, minor: 0 }),

    dhcp6_duid_ll_set: ({ duid_ll }) => {
      const [high, low] = duid_ll as Uint8Array;
      return high * 256 + low === DUID_LL ? Retval.OK : Retval.INVALID_VALUE;
    },

    dhcp6_clients_enable_disable: () => Retval.OK,

    dhcp6_client_enable_disable: onInterface(() => Retval.OK),

    dhcp6_pd_client_enable_disable: onInterface(({ swIfIndex }, fields, _, groups: PrefixGroups) => {
      const group = String(fields.prefix_group);
      if (!fields.enable) groups.delete(swIfIndex);
      else if (group === '' || (groups.get(swIfIndex) ?? group) !== group) return Retval.INVALID_VALUE;
      else groups.set(swIfIndex, group);
      return Retval.OK;
    }),
  },
});
