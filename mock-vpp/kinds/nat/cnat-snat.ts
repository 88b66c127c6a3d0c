/** Source NAT of CNAT: its addresses, and its policies. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { CnatSnat, INTERFACE_TABLES, type SnatEntry } from '../../dataplane/nat/cnat-snat.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Number of policies. */
const POLICIES = 5;

/** Requests name FIBs by index; those of version 1 mean that of table 0. */
const setAddresses: KindHandler<CnatSnat> = (fields, call, snat) => {
  const { dataplane } = call;
  const [fwdFibIndex, retFibIndex] = [Number(fields.fwd_fib_index ?? 0), Number(fields.ret_fib_index ?? 0)];
  for (const index of [fwdFibIndex, retFibIndex]) {
    if (tableIdAt(dataplane, index, false) !== undefined) continue;
    call.vpp.dies('noSuchFib', call);
    return Retval.NO_SUCH_FIB;
  }
  const request = {
    ...{ fwdFibIndex, retFibIndex, ip4: String(fields.snat_ip4), ip6: String(fields.snat_ip6) },
    ...{ swIfIndex: Number(fields.sw_if_index), flags: Number(fields.flags ?? 0) },
  };
  if (snat.removesTwice(request)) call.vpp.dies('snatDefaultRemoved', call);
  return snat.set(request);
};

/** A handler that changes the default entry. VPP refuses some of these requests, and dies of the others. */
function changingDefault(act: (entry: SnatEntry, fields: Fields) => number): KindHandler<CnatSnat> {
  return (fields, _, snat) => {
    const entry = snat.default;
    return entry === undefined ? Retval.FEATURE_DISABLED : act(entry, fields);
  };
}

export const cnatSnat = defineKind({
  name: 'cnatSnat',
  title: 'source NAT of CNAT',
  state: (dataplane) => new CnatSnat(dataplane),
  addressAdded: (snat, itf, address) => snat.addressAdded(itf, address),
  addressRemoved: (snat, itf, address) => snat.addressRemoved(itf, address),
  handlers: {
    cnat_set_snat_addresses: setAddresses,
    cnat_set_snat_addresses_v2: setAddresses,
    cnat_get_snat_addresses: (_, __, snat) => {
      const entry = snat.default;
      return entry === undefined ? Retval.FEATURE_DISABLED : addressFields(entry);
    },
    cnat_snat_addresses_dump: (_, { dataplane }, snat) =>
      [...snat.values()].map((entry): Fields => {
        const { ip4, ip6 } = entry;
        return {
          fwd_table_id4: tableIdAt(dataplane, ip4.fwdFibIndex, false),
          fwd_table_id6: tableIdAt(dataplane, ip6.fwdFibIndex, true),
          ret_table_id4: tableIdAt(dataplane, ip4.retFibIndex, false),
          ret_table_id6: tableIdAt(dataplane, ip6.retFibIndex, true),
          ...addressFields(entry),
        };
      }),

    cnat_set_snat_policy: changingDefault((entry, fields) => {
      const policy = Number(fields.policy);
      if (policy >= POLICIES) return Retval.INVALID_VALUE;
      entry.policy = policy;
      return Retval.OK;
    }),
    cnat_snat_policy_add_del_exclude_pfx: changingDefault(({ excluded }, fields) => {
      if (fields.is_add) excluded.add(String(fields.prefix));
      else excluded.delete(String(fields.prefix));
      return Retval.OK;
    }),
    cnat_snat_policy_add_del_if: onInterface(({ swIfIndex }, fields, call, snat: CnatSnat) => {
      if (Number(fields.table) >= INTERFACE_TABLES) return Retval.INVALID_VALUE;
      const change = changingDefault(({ interfaces }) => {
        const table = interfaces[Number(fields.table)];
        if (fields.is_add) table.add(swIfIndex);
        else table.delete(swIfIndex);
        return Retval.OK;
      });
      return change(fields, call, snat) as number;
    }),
  },
});

function addressFields({ ip4, ip6 }: SnatEntry): Fields {
  return { snat_ip4: ip4.address, snat_ip6: ip6.address, sw_if_index: ip6.swIfIndex };
}

/** Id of the table that has an index, as VPP counts them. */
function tableIdAt({ tables }: Dataplane, index: number, v6: boolean): number | undefined {
  return [...tables.values()].find((table) => table.v6 === v6 && table.index === index)?.tableId;
}
