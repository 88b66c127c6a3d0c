/** IPsec security associations, by all versions of their requests. Nothing is encrypted. */
import type { Fields } from '../../../src/mux/internal.js';
import {
  readEntry,
  readEntryTunnel,
  readFlatTunnel,
  readTunnel,
  SA_DETAILS,
} from '../../dataplane/security/ipsec-sa-fields.js';
import { SecurityAssociations } from '../../dataplane/security/ipsec-sas.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NO_INDEX = 0xffffffff;
/** Thread of an association that is bound to no worker. */
const ANY_THREAD = 0xffff;

type Handler = KindHandler<SecurityAssociations>;

/** A handler that adds an entry whose tunnel is read by `read`. */
function adding(read: Parameters<typeof readEntry>[2]): Handler {
  return ({ entry }, { dataplane }, sas) => {
    const asked = readEntry(entry as Fields, dataplane, read);
    const made = typeof asked === 'number' ? asked : sas.add(asked);
    return typeof made === 'number' ? { retval: made, stat_index: NO_INDEX } : { stat_index: made.index };
  };
}

function addingOrDeleting(read: Parameters<typeof readEntry>[2]): Handler {
  const add = adding(read);
  return (fields, call, sas) =>
    fields.is_add
      ? add(fields, call, sas)
      : { retval: unlock(sas, (fields.entry as Fields).sad_id), stat_index: NO_INDEX };
}

/** Deletes an association that nothing else locks; asked again, it takes away a lock of another. */
function unlock(sas: SecurityAssociations, id: unknown): number {
  const sa = sas.find(Number(id));
  if (sa === undefined) return Retval.NO_SUCH_ENTRY;
  sas.unlock(sa);
  return Retval.OK;
}

/** Dumps of all versions; each gives all associations, whichever is asked for. */
const dumps = Object.fromEntries(
  Object.entries(SA_DETAILS).map(([name, detailsOf]): [string, Handler] => [
    name,
    (_, __, sas) => [...sas.values()].map(detailsOf),
  ]),
);

export const ipsecSas = defineKind({
  name: 'ipsecSas',
  title: 'IPsec security associations',
  state: (dataplane) => new SecurityAssociations(dataplane),
  usesTable: (sas, tableId, v6) => sas.sendsInto(tableId, v6),
  handlers: {
    ipsec_sad_entry_add: adding(readEntryTunnel),
    ipsec_sad_entry_add_v2: adding(readEntryTunnel),
    ipsec_sad_entry_add_del: addingOrDeleting(readFlatTunnel),
    ipsec_sad_entry_add_del_v2: addingOrDeleting(readFlatTunnel),
    ipsec_sad_entry_add_del_v3: addingOrDeleting(readEntryTunnel),
    ipsec_sad_entry_del: ({ id }, _, sas) => unlock(sas, id),

    ipsec_sad_entry_update: (fields, { dataplane }, sas) => {
      const tunnel = fields.is_tun ? readTunnel(fields.tunnel as Fields, dataplane) : undefined;
      if (typeof tunnel === 'number') return tunnel;
      const sa = sas.find(Number(fields.sad_id));
      if (sa === undefined) return Retval.NO_SUCH_ENTRY;
      sas.update(sa, tunnel, Number(fields.udp_src_port), Number(fields.udp_dst_port));
      return Retval.OK;
    },

    // There are no workers.
    ipsec_sad_bind: ({ sa_id }, _, sas) =>
      sas.find(Number(sa_id)) === undefined ? Retval.INVALID_VALUE : Retval.INVALID_WORKER,
    ipsec_sad_unbind: ({ sa_id }, _, sas) => {
      const sa = sas.find(Number(sa_id));
      if (sa === undefined) return Retval.INVALID_VALUE;
      sa.thread = ANY_THREAD;
      return Retval.OK;
    },

    ...dumps,

    ipsec_set_async_mode: () => Retval.OK,
    // VPP has no backends any more.
    ipsec_backend_dump: () => [],
    ipsec_select_backend: () => Retval.UNIMPLEMENTED,
  },
});
