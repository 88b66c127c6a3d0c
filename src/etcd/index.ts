/** The door of the etcd client. */

export { EtcdClient } from './client.js';
export {
  ETCD_ERRORS,
  EtcdError,
  type EtcdErrorCode,
  type EtcdErrorFields,
  EtcdRefusedError,
  EtcdUnavailableError,
  type Outcome,
} from './errors.js';
export type { GetOptions, PutOptions } from './kv/kv.js';
export type { ListOptions } from './kv/list-prefix.js';
export type { Comparison, Operation, OperationResult, Transaction, TransactionResult } from './kv/txn.js';
export {
  KeptKeys,
  type KeptKeysOptions,
  type KeptKeysStore,
  type KeptLease,
  type KeptOptions,
  type KeptState,
} from './lease/kept-keys.js';
export type { Lease } from './lease/lease.js';
export type { LinkState } from './link/link.js';
export type { RequestOptions } from './link/rpc.js';
export type { Lock, LockOptions } from './lock/lock.js';
export type { EtcdOptions } from './options.js';
export type { Content, KeyValue, Listing, Prefix, Status } from './types.js';
export type { Change, Changes, Snapshot, SnapshotReason, WatchItem } from './watch/items.js';
export type { Watch, WatchOptions, WatchState } from './watch/watch.js';
