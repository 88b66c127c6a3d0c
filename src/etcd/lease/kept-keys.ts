/**
 * Keys that are there as long as this program is: they hang on a lease, and where it is lost, on the next one, put there again with
 * their latest values. Some may stay behind it.
 *
 *   granting ─▶ putting ─▶ kept ─▶ lease lost ─(delay)─▶ granting …      closed: the lease is revoked, so that the keys go
 */

import { onAbort } from '../../abort.js';
import { type BackoffOptions, backoffDelay } from '../../backoff.js';
import { pause } from '../../pause.js';
import type { Operation, Transaction } from '../kv/txn.js';
import type { Content } from '../types.js';

/** A lease for kept keys; etcd's is Lease. */
export interface KeptLease {
  readonly id: bigint;
  readonly isHeld: boolean;
  /** Aborted when it is lost or revoked. */
  readonly signal: AbortSignal;
  /** Takes it for lost. */
  abandon(): void;
  revoke(): Promise<void>;
}

/** The store of the keys: etcd, or another one with leases. */
export interface KeptKeysStore {
  readonly backoff: BackoffOptions;
  grant(ttlSeconds: number, signal: AbortSignal): Promise<KeptLease>;
  transact(transaction: Transaction, signal: AbortSignal): Promise<unknown>;
  /** Whether only people can mend it. */
  isLasting(error: unknown): boolean;
  /** Whether the lease is gone. */
  isNoLease(error: unknown): boolean;
}

export interface KeptKeysOptions {
  /** Seconds after which etcd removes the keys of a program that does not answer. Default 15. */
  readonly ttlSeconds?: number;
  /** Hears when etcd has all of them, and when it may not have the latest, or none. */
  readonly onState?: (state: KeptState) => void;
}

export interface KeptOptions {
  /** The key does not hang on the lease: it stays when this program ends. It is sent in one transaction with what is set next to it. */
  readonly stays?: boolean;
}

export type KeptState =
  | { readonly state: 'kept'; readonly lease: bigint }
  | { readonly state: 'away'; readonly error: Error };

/** Milliseconds before the store is asked again after a refusal that only people can mend. */
const LASTING_DELAY_MS = 15_000;

/** Keys and bytes of a transaction; etcd's own limits are 128 and 1.5 MiB. */
const MOST_KEYS = 100;
const MOST_BYTES = 1024 * 1024;

export class KeptKeys {
  private readonly values = new Map<string, Content>();
  /** Keys that do not hang on the lease. */
  private readonly staying = new Set<string>();
  /** Keys whose latest value etcd may not have. */
  private readonly dirty = new Set<string>();
  private readonly ending = new AbortController();
  private readonly waiters: (() => void)[] = [];
  private readonly done: Promise<void>;
  private lease: KeptLease | undefined;
  private state: KeptState | undefined;
  /** Set where there is something to do; `wake` ends the wait for it. */
  private isRung = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly store: KeptKeysStore,
    private readonly options: KeptKeysOptions = {},
    private readonly onEnd: (keys: KeptKeys) => void = () => {},
  ) {
    this.done = this.run();
  }

  /** Keeps `key` at `value`. The latest value counts: one that is replaced before it is sent is never sent. */
  set(key: string, value: Content, { stays = false }: KeptOptions = {}): void {
    this.values.set(key, value);
    if (stays) this.staying.add(key);
    else this.staying.delete(key);
    this.dirty.add(key);
    this.ring();
  }

  delete(key: string): void {
    if (!this.values.delete(key)) return;
    this.dirty.add(key);
    this.ring();
  }

  /** Resolves when etcd has all that was set, or the keys are closed. */
  settled(): Promise<void> {
    if (this.ending.signal.aborted || (this.dirty.size === 0 && this.lease?.isHeld)) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Ends it, and removes the keys, where etcd can be reached. */
  async close(): Promise<void> {
    if (!this.ending.signal.aborted) {
      this.ending.abort();
      this.ring();
      this.tellSettled();
      this.onEnd(this);
    }
    await this.done;
    await this.lease?.revoke();
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    for (let failures = 0; !signal.aborted; ) {
      try {
        const lease = await this.held(signal);
        await this.flush(lease, signal);
        failures = 0;
        this.change({ state: 'kept', lease: lease.id });
        this.tellSettled();
        await this.rung();
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        this.change({ state: 'away', error: error as Error });
        const isLasting = this.store.isLasting(error);
        await pause(isLasting ? LASTING_DELAY_MS : backoffDelay(failures, this.store.backoff), signal);
      }
    }
  }

  /** The lease, or a new one on which nothing hangs yet. */
  private async held(signal: AbortSignal): Promise<KeptLease> {
    if (this.lease?.isHeld) return this.lease;
    if (this.lease) this.change({ state: 'away', error: this.lease.signal.reason as Error });
    const lease = await this.store.grant(this.options.ttlSeconds ?? 15, signal);
    onAbort(lease.signal, () => this.ring());
    this.lease = lease;
    for (const key of this.values.keys()) this.dirty.add(key);
    return lease;
  }

  private async flush(lease: KeptLease, signal: AbortSignal): Promise<void> {
    while (this.dirty.size > 0) {
      const batch = this.batch();
      const success = batch.map(
        ([key, value]): Operation =>
          value === undefined
            ? { delete: key }
            : { put: key, value, ...(!this.staying.has(key) && { lease: lease.id }) },
      );
      try {
        await this.store.transact({ success }, signal);
      } catch (error) {
        // Its lease is gone: the next round has another.
        if (this.store.isNoLease(error)) lease.abandon();
        throw error;
      }
      // One that was set meanwhile has to be sent again.
      for (const [key, value] of batch) if (this.values.get(key) === value) this.dirty.delete(key);
    }
  }

  /** The next keys to send, in one transaction, with their values; undefined for one to delete. */
  private batch(): [key: string, value: Content | undefined][] {
    const batch: [string, Content | undefined][] = [];
    let bytes = 0;
    for (const key of this.dirty) {
      const value = this.values.get(key);
      bytes += key.length + (value?.length ?? 0);
      if (batch.length > 0 && (batch.length === MOST_KEYS || bytes > MOST_BYTES)) break;
      batch.push([key, value]);
    }
    return batch;
  }

  private change(state: KeptState): void {
    const isSame = this.state?.state === state.state && (state.state === 'away' || this.leaseTold === state.lease);
    this.state = state;
    if (!isSame) this.options.onState?.(state);
  }

  private get leaseTold(): bigint | undefined {
    return this.state?.state === 'kept' ? this.state.lease : undefined;
  }

  private tellSettled(): void {
    if (this.dirty.size > 0 && !this.ending.signal.aborted) return;
    for (const tell of this.waiters.splice(0)) tell();
  }

  private ring(): void {
    this.isRung = true;
    this.wake?.();
  }

  private async rung(): Promise<void> {
    if (!this.isRung) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = undefined;
    this.isRung = false;
  }
}
