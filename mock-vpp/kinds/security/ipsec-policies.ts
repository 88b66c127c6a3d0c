/** IPsec policies, their databases, and the interfaces that use them. */
import type { Fields } from '../../../src/mux/internal.js';
import { Action, detailsOf, PolicyDatabases, withAnyProtocol } from '../../dataplane/security/ipsec-policies.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { ipsecSas } from './ipsec-sas.js';

const NONE = 0xffffffff;
const ALL_SAS = 0xffffffff;

export const ipsecPolicies = defineKind({
  name: 'ipsecPolicies',
  title: 'IPsec policies',
  state: (dataplane) => new PolicyDatabases(dataplane.of(ipsecSas)),
  handlers: {
    ipsec_spd_add_del: (fields, _, databases) => {
      const database = databases.find(Number(fields.spd_id));
      if (fields.is_add) {
        if (database !== undefined) return Retval.ENTRY_ALREADY_EXISTS;
        databases.add(Number(fields.spd_id));
        return Retval.OK;
      }
      if (database === undefined) return Retval.NO_SUCH_ENTRY;
      databases.remove(database);
      return Retval.OK;
    },
    ipsec_spds_dump: (_, __, databases) =>
      [...databases.values()].map(({ id, lists }) => ({ spd_id: id, npolicies: lists.flat().length })),

    ipsec_spd_entry_add_del: (fields, _, databases) =>
      changePolicy(databases, Boolean(fields.is_add), withAnyProtocol(fields.entry as Fields)),
    ipsec_spd_entry_add_del_v2: (fields, _, databases) =>
      changePolicy(databases, Boolean(fields.is_add), fields.entry as Fields),
    ipsec_spd_dump: (fields, _, databases) => {
      const [spdId, saId] = [Number(fields.spd_id), Number(fields.sa_id)];
      const policies = databases.find(spdId)?.lists.flat() ?? [];
      return policies.filter(({ entry }) => saId === ALL_SAS || saId === Number(entry.sa_id)).map(detailsOf);
    },

    // An interface leaves its database, whichever known one is named.
    ipsec_interface_add_del_spd: onInterface(({ swIfIndex }, fields, _, databases) => {
      const database = databases.find(Number(fields.spd_id));
      if (database === undefined) return Retval.SYSCALL_ERROR_1;
      if (!fields.is_add) databases.byInterface.delete(swIfIndex);
      else if (databases.byInterface.has(swIfIndex)) return Retval.SYSCALL_ERROR_2;
      else databases.byInterface.set(swIfIndex, database.index);
      return Retval.OK;
    }),
    ipsec_spd_interface_dump: (fields, _, { byInterface }) =>
      [...byInterface]
        .filter(([, index]) => !fields.spd_index_valid || index === Number(fields.spd_index))
        .sort(([a], [b]) => a - b)
        .map(([swIfIndex, index]) => ({ spd_index: index, sw_if_index: swIfIndex })),
  },
});

function changePolicy(databases: PolicyDatabases, isAdd: boolean, entry: Fields): Fields {
  const refused = (retval: number): Fields => ({ retval, stat_index: NONE });
  const action = Number(entry.policy);
  if (action > Action.PROTECT || action === Action.RESOLVE) return refused(Retval.UNIMPLEMENTED);
  const database = databases.find(Number(entry.spd_id));
  if (database === undefined) return refused(Retval.SYSCALL_ERROR_1);
  if (!isAdd) {
    databases.removePolicy(database, entry);
    return { stat_index: NONE };
  }
  const policy = databases.addPolicy(database, entry);
  return typeof policy === 'number' ? refused(policy) : { stat_index: policy.index };
}
