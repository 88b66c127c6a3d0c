/** NAT64. It has no sessions: no packet makes any. */
import type { Fields } from '../../../src/mux/internal.js';
import { NatFlag } from '../../dataplane/nat/nat-mappings.js';
import { type BibEntry, Nat64 } from '../../dataplane/nat/nat64.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { addressesOfRange } from './nat44.js';

/** VPP's retval for enabling it twice, and disabling it twice. */
const NOTHING_TO_DO = 1;
const STATIC = 64;

export const nat64 = defineKind({
  name: 'nat64',
  title: 'NAT64',
  state: (dataplane) => new Nat64(dataplane),
  addressAdded: (nat, itf, address) => nat.addressChanged(itf, address, true),
  addressRemoved: (nat, itf, address) => nat.addressChanged(itf, address, false),
  usesTable: ({ locks }, tableId, v6) => v6 && locks.has(tableId),
  handlers: {
    nat64_plugin_enable_disable: (fields, _, nat) => {
      if (nat.isEnabled === Boolean(fields.enable)) return NOTHING_TO_DO;
      if (fields.enable) nat.isEnabled = true;
      else nat.disable();
      return Retval.OK;
    },

    nat64_set_timeouts: (fields, _, nat) => {
      const [udp, icmp] = [Number(fields.udp), Number(fields.icmp)];
      const [tcp_established, tcp_transitory] = [Number(fields.tcp_established), Number(fields.tcp_transitory)];
      nat.timeouts = { udp, tcp_established, tcp_transitory, icmp };
      return Retval.OK;
    },
    nat64_get_timeouts: (_, __, { timeouts }) => timeouts,

    nat64_add_del_pool_addr_range: (fields, _, nat) => {
      const addresses = addressesOfRange(fields.start_addr, fields.end_addr);
      if (addresses === undefined) return Retval.LIMIT_EXCEEDED;
      for (const address of addresses) {
        const retval = fields.is_add ? nat.addAddress(address, Number(fields.vrf_id)) : nat.removeAddress(address);
        if (retval !== Retval.OK) return retval;
      }
      return Retval.OK;
    },
    nat64_pool_addr_dump: (_, __, { addresses }) =>
      addresses.map(({ address, vrf }): Fields => ({ address, vrf_id: vrf })),

    // Deleted interfaces stay.
    nat64_add_del_interface: onInterface(({ swIfIndex }, fields, _, nat: Nat64) => {
      const flag = Number(fields.flags) & NatFlag.INSIDE || NatFlag.OUTSIDE;
      return fields.is_add ? nat.setFeature(swIfIndex, flag) : nat.unsetFeature(swIfIndex, flag);
    }),
    nat64_interface_dump: (_, __, { interfaces }) =>
      [...interfaces.values()].map(({ flags, swIfIndex }): Fields => ({ flags, sw_if_index: swIfIndex })),

    nat64_add_del_interface_addr: onInterface(({ swIfIndex }, fields, _, nat: Nat64) =>
      nat.setAddressOf(swIfIndex, Boolean(fields.is_add)),
    ),

    nat64_add_del_prefix: (fields, _, nat) =>
      nat.setPrefix(String(fields.prefix), Number(fields.vrf_id), Boolean(fields.is_add)),
    nat64_prefix_dump: (_, __, { prefixes }) => prefixes.map(({ prefix, vrf }): Fields => ({ prefix, vrf_id: vrf })),

    nat64_add_del_static_bib: (fields, call, nat) => {
      if (nat.isEnabled) return nat.setBib(bibEntry(fields), Boolean(fields.is_add));
      call.vpp.dies('nat64Off', call);
      return Retval.FEATURE_DISABLED;
    },
    nat64_bib_dump: (fields, _, nat) =>
      nat.bibOf(Number(fields.proto)).map(
        (entry): Fields => ({
          ...{ i_addr: entry.inside, i_port: entry.insidePort, o_addr: entry.outside, o_port: entry.outsidePort },
          ...{ vrf_id: entry.vrf, proto: entry.protocol, flags: STATIC },
        }),
      ),
    nat64_st_dump: () => [],
  },
});

function bibEntry({ i_addr, i_port, o_addr, o_port, proto, vrf_id }: Fields): Omit<BibEntry, 'index'> {
  return {
    ...{ inside: String(i_addr), insidePort: Number(i_port), outside: String(o_addr), outsidePort: Number(o_port) },
    ...{ protocol: Number(proto), vrf: Number(vrf_id) },
  };
}
