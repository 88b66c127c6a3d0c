/** A lock in a folder, as src/etcd/lock has it on etcd: the key below its name that was made first holds it. */

import { firstAbort } from '../../../abort.js';
import { pause } from '../../../pause.js';
import { isStoreAway, StoreError } from '../errors.js';
import type { Comparison, Content, FleetStore, StoreLock } from '../store.js';
import type { FolderLease } from './lease.js';

export interface LockOptions {
  readonly value?: Content;
  readonly ttlSeconds?: number;
  readonly signal?: AbortSignal;
}

const RETRY_MS = 500;

/** @throws StoreError */
export async function acquireLock(
  store: FleetStore,
  grant: (ttlSeconds: number) => Promise<FolderLease>,
  name: string,
  { value = '', ttlSeconds = 15, signal }: LockOptions,
): Promise<StoreLock> {
  for (;;) {
    if (signal?.aborted) throw givenUp(name, signal);
    const lease = await grant(ttlSeconds);
    const { signal: both, forget } = firstAbort(signal ? [signal, lease.signal] : [lease.signal]);
    try {
      const key = `${name}/${lease.id.toString(16)}`;
      const create = await enqueue(store, key, { value, lease: lease.id, signal: both });
      await turn(store, name, create, both);
      const fence: Comparison = { key, create };
      if (lease.isHeld) return { signal: lease.signal, fence, release: () => lease.revoke() };
    } catch (error) {
      const { isHeld } = lease;
      await lease.revoke();
      if (signal?.aborted) throw givenUp(name, signal);
      // The lease was lost while this waited: back to the end of the queue.
      if (isHeld) throw error;
    } finally {
      forget();
    }
  }
}

/** Puts the key, once. Gives the revision that it was made in. */
async function enqueue(
  store: FleetStore,
  key: string,
  { value, lease, signal }: { value: Content; lease: bigint; signal: AbortSignal },
): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const { succeeded, results, revision } = await store.transact({
        compare: [{ key, create: 0 }],
        success: [{ put: key, value, lease }],
        failure: [{ get: key }],
      });
      return succeeded ? revision : (results[0]?.kvs[0]?.createRevision ?? 0);
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      await pause(RETRY_MS, signal);
    }
  }
}

/** Waits until no key is older. */
async function turn(store: FleetStore, name: string, create: number, signal: AbortSignal): Promise<void> {
  const older = new Set<string>();
  for await (const item of store.watch({ prefix: `${name}/` }, { signal })) {
    if (item.kind === 'snapshot') {
      older.clear();
      for (const kv of item.kvs) if (kv.createRevision < create) older.add(kv.key);
    } else {
      for (const { type, key } of item.changes) if (type === 'delete') older.delete(key);
    }
    if (older.size === 0) return;
  }
  signal.throwIfAborted();
  throw new StoreError('STORE_CLOSED', `waiting for the lock ${name}: the store was closed`);
}

const givenUp = (name: string, { reason }: AbortSignal) =>
  new StoreError('ABORTED', `waiting for the lock ${name} was given up`, reason);
