/** A client of etcd: one connection, which moves between the endpoints, for all requests, watches, leases and locks. */

import { compact, type GetOptions, get, type PutOptions, put, remove } from './kv/kv.js';
import { type ListOptions, listPrefix } from './kv/list-prefix.js';
import { type Transaction, type TransactionResult, transact } from './kv/txn.js';
import { KeptKeys, type KeptKeysOptions } from './lease/kept-keys.js';
import { keptOnEtcd } from './lease/kept-on-etcd.js';
import { Lease } from './lease/lease.js';
import { Link, type LinkState } from './link/link.js';
import { type RequestOptions, Rpc } from './link/rpc.js';
import { Lock, type LockOptions } from './lock/lock.js';
import { watchHolder } from './lock/watch-holder.js';
import { type EtcdOptions, settingsOf } from './options.js';
import type { Content, KeyValue, Listing, Prefix, Status } from './types.js';
import { Watch, type WatchOptions } from './watch/watch.js';
import { STATUS_OF } from './wire/methods.js';

/**
 * Connects when something is first asked for. Every request has a deadline; every failure is an EtcdError, with `outcome` for what is
 * known of a write.
 */
export class EtcdClient {
  private readonly link: Link;
  private readonly rpc: Rpc;
  private readonly watches = new Set<Watch>();
  private readonly kept = new Set<KeptKeys>();

  /**
   * `onState` hears of every connection that is made, lost, or cannot be made.
   * @throws EtcdError BAD_OPTION
   */
  constructor(options: EtcdOptions, onState: (state: LinkState) => void = () => {}) {
    const settings = settingsOf(options);
    this.link = new Link(settings, onState);
    this.rpc = new Rpc(this.link, settings);
  }

  get state(): LinkState {
    return this.link.state;
  }

  /** Undefined where there is no such key. */
  get(key: Content, options?: GetOptions): Promise<KeyValue | undefined> {
    return get(this.rpc, key, options);
  }

  /** All keys below a prefix, as they were in one revision. */
  list(what: Prefix, options?: ListOptions): Promise<Listing> {
    return listPrefix(this.rpc, what, options);
  }

  /** Gives the revision of the store that has it. */
  put(key: Content, value: Content, options?: PutOptions): Promise<number> {
    return put(this.rpc, key, value, options);
  }

  /** Gives how many keys there were. */
  delete(what: Content | Prefix, options?: RequestOptions): Promise<number> {
    return remove(this.rpc, what, options);
  }

  transact(transaction: Transaction, options?: RequestOptions): Promise<TransactionResult> {
    return transact(this.rpc, transaction, options);
  }

  /** Lets etcd forget what was before `revision`. */
  compact(revision: number, options?: RequestOptions): Promise<void> {
    return compact(this.rpc, revision, options);
  }

  /** A snapshot, and then every change, in order. `for await` it; leaving the loop ends it. */
  watch(what: Content | Prefix, options?: WatchOptions): Watch {
    const watch = new Watch(this.rpc, what, options, (ended) => this.watches.delete(ended));
    this.watches.add(watch);
    return watch;
  }

  /** A lease that is kept alive until it is lost: its `signal` tells. */
  lease(ttlSeconds: number, signal?: AbortSignal): Promise<Lease> {
    return Lease.grant(this.rpc, ttlSeconds, signal);
  }

  /** Keys that are there as long as this program is, whatever becomes of their lease. */
  keep(options?: KeptKeysOptions): KeptKeys {
    const keys = new KeptKeys(keptOnEtcd(this.rpc), options, (ended) => this.kept.delete(ended));
    this.kept.add(keys);
    return keys;
  }

  /** Waits until it has the lock. */
  lock(name: string, options?: LockOptions): Promise<Lock> {
    return Lock.acquire(this.rpc, name, options);
  }

  /** Tells who holds the lock, now and whenever that changes. */
  watchHolder(name: string, signal?: AbortSignal): AsyncGenerator<KeyValue | undefined> {
    return watchHolder(this.rpc, name, signal);
  }

  /** The member that this client is connected to. */
  async status(options?: RequestOptions): Promise<Status> {
    const { header, version, dbSize, leader } = await this.rpc.request(STATUS_OF, {}, options);
    const { clusterId = 0n, memberId = 0n, revision = 0 } = header ?? {};
    const { state } = this;
    const endpoint = state.state === 'up' ? state.endpoint : '';
    return { endpoint, version, clusterId, memberId, leader, revision, dbBytes: dbSize };
  }

  /** Ends watches, removes kept keys where etcd can be reached, and closes the connection. Leases and locks end by themselves. */
  async close(): Promise<void> {
    for (const watch of this.watches) watch.close();
    await Promise.all([...this.kept].map((keys) => keys.close()));
    this.link.close();
  }
}
