/**
 * The place where a fleet is kept. Two places are known: etcd (its client, as it is) and a folder, which many
 * processes of one machine share (folder/). Keys are text; revisions are whole numbers that grow with every write.
 */

import type {
  Change,
  Comparison,
  Content,
  KeyValue,
  Listing,
  Operation,
  Prefix,
  Transaction,
  TransactionResult,
  WatchItem,
} from '../../etcd/index.js';

export type {
  Change,
  Comparison,
  Content,
  KeyValue,
  Listing,
  Operation,
  Prefix,
  Transaction,
  TransactionResult,
  WatchItem,
};

/** Whether a watch knows the latest. Errors are EtcdError or StoreError. */
export type WatchState =
  | { readonly state: 'live' }
  /** The reader may not know the latest. */
  | { readonly state: 'lost'; readonly since: Date; readonly error: Error };

/** Whether the store has the kept keys. */
export type KeptState =
  | { readonly state: 'kept'; readonly lease: bigint }
  | { readonly state: 'away'; readonly error: Error };

/** A snapshot, and then every change, in order; `for await` it. Leaving the loop, `close` and the signal end it. */
export interface StoreWatch extends AsyncIterableIterator<WatchItem, undefined> {
  close(): void;
}

export interface StoreWatchOptions {
  readonly signal?: AbortSignal;
  /** Hears when the watch is lost, and when it is live again. */
  readonly onState?: (state: WatchState) => void;
}

/** Keys that are there as long as this program is. */
export interface StoreKept {
  /** Keys that are set one after the other are written in one transaction. One that `stays` is there when this program has ended. */
  set(key: string, value: Content, options?: { readonly stays?: boolean }): void;
  delete(key: string): void;
  /** Resolves when the store has all that was set. */
  settled(): Promise<void>;
  /** Removes the keys, where the store can be reached. */
  close(): Promise<void>;
}

export interface StoreLock {
  /** Aborted when the lock is lost or given back. */
  readonly signal: AbortSignal;
  /** Holds while this is the holder, for `compare` of a transaction. */
  readonly fence: Comparison;
  release(): Promise<void>;
}

export interface FleetStore {
  /** Undefined where there is no such key. */
  get(key: string): Promise<KeyValue | undefined>;
  /** All keys below a prefix, as they were in one revision. `keysOnly`: values are not needed, and may be left out. */
  list(what: Prefix, options?: { readonly keysOnly?: boolean }): Promise<Listing>;
  transact(transaction: Transaction): Promise<TransactionResult>;
  watch(what: Content | Prefix, options?: StoreWatchOptions): StoreWatch;
  keep(options?: { readonly ttlSeconds?: number; readonly onState?: (state: KeptState) => void }): StoreKept;
  /** Waits until it has the lock. */
  lock(
    name: string,
    options?: { readonly value?: Content; readonly ttlSeconds?: number; readonly signal?: AbortSignal },
  ): Promise<StoreLock>;
  close(): Promise<void>;
}
