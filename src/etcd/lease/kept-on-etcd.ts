/** Makes etcd the store of kept keys. */

import { EtcdError, type EtcdErrorCode } from '../errors.js';
import { transact } from '../kv/txn.js';
import type { Rpc } from '../link/rpc.js';
import type { KeptKeysStore } from './kept-keys.js';
import { Lease } from './lease.js';

/** Refusals that only people can mend. */
const LASTING: ReadonlySet<EtcdErrorCode> = new Set(['ETCD_PERMISSION', 'ETCD_AUTH', 'ETCD_REFUSED', 'BAD_OPTION']);

export const keptOnEtcd = (rpc: Rpc): KeptKeysStore => ({
  backoff: rpc.settings.backoff,
  grant: (ttlSeconds, signal) => Lease.grant(rpc, ttlSeconds, signal),
  transact: (transaction, signal) => transact(rpc, transaction, { signal }),
  isLasting: (error) => error instanceof EtcdError && LASTING.has(error.code),
  isNoLease: (error) => error instanceof EtcdError && error.code === 'ETCD_NO_LEASE',
});
