/**
 * A lock, which is an election as well: whoever holds it leads. As in etcd's own packages of Go: everybody who wants it puts a key
 * below its name, on a lease of their own; the key that was made first holds it, and each waits for the one right before it, so that
 * the end of one wakes one.
 *
 *   NAME/LEASE1 (revision 7, holds it)  ◀── waits ── NAME/LEASE2 (revision 9)  ◀── waits ── NAME/LEASE3 (revision 12)
 *
 * A lock on a lease can be lost while its holder still works. `signal` tells that, and `fence` makes each write depend on it.
 */

import { firstAbort } from '../../abort.js';
import { pause } from '../../pause.js';
import { EtcdError, EtcdUnavailableError } from '../errors.js';
import { rangeOf, shownKey } from '../kv/ranges.js';
import { type Comparison, transact } from '../kv/txn.js';
import { Lease } from '../lease/lease.js';
import type { Rpc } from '../link/rpc.js';
import type { Content } from '../types.js';
import { Watch } from '../watch/watch.js';
import { ORDER, SORT_BY } from '../wire/messages.js';
import { RANGE } from '../wire/methods.js';

export interface LockOptions {
  /** Text for others who look at the lock: who holds it. */
  readonly value?: Content;
  /** Seconds after which a holder that does not answer loses it. Default 15. */
  readonly ttlSeconds?: number;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

export class Lock {
  private constructor(
    private readonly rpc: Rpc,
    private readonly lease: Lease,
    readonly key: string,
    /** Revision that it was asked for in: it grows with every holder. */
    readonly revision: number,
  ) {}

  /** Waits until it holds the lock. @throws EtcdError ABORTED, or that of a refusal. */
  static async acquire(rpc: Rpc, name: string, options: LockOptions = {}): Promise<Lock> {
    const { ttlSeconds = 15, signal, value = '' } = options;
    for (;;) {
      const lease = await Lease.grant(rpc, ttlSeconds, signal);
      const { signal: both, forget } = firstAbort(signal ? [signal, lease.signal] : [lease.signal]);
      const lock = new Lock(rpc, lease, `${name}/${lease.id.toString(16)}`, 0);
      try {
        const revision = await lock.enqueue(value, both);
        await lock.turn(name, revision, both);
        if (lease.isHeld) return new Lock(rpc, lease, lock.key, revision);
      } catch (error) {
        const { isHeld } = lease;
        await lease.revoke();
        if (signal?.aborted)
          throw new EtcdError('ABORTED', `waiting for the lock ${name} was given up`, { key: name }, signal.reason);
        // The lease was lost while this waited: back to the end of the queue.
        if (isHeld) throw error;
      } finally {
        forget();
      }
    }
  }

  /** Aborted when the lock is lost or given back. */
  get signal(): AbortSignal {
    return this.lease.signal;
  }

  /** Comparison that holds while this is the holder, for `compare` of a transaction. */
  get fence(): Comparison {
    return { key: this.key, create: this.revision };
  }

  /** Changes its value, which others see. @throws EtcdError LEASE_LOST where it is no longer held. */
  async announce(value: Content): Promise<void> {
    const { rpc, key, fence, lease } = this;
    const { succeeded } = await transact(rpc, { compare: [fence], success: [{ put: key, value, lease: lease.id }] });
    if (!succeeded) throw new EtcdError('LEASE_LOST', `the lock ${key} is no longer held`, { key });
  }

  /** Gives it back: the next one has it. */
  release(): Promise<void> {
    return this.lease.revoke();
  }

  /** Puts the key, once, however often etcd has to be asked. Gives the revision that it was made in. */
  private async enqueue(value: Content, signal: AbortSignal): Promise<number> {
    const { key, rpc, lease } = this;
    for (;;) {
      try {
        const { succeeded, results, revision } = await transact(
          rpc,
          { compare: [{ key, create: 0 }], success: [{ put: key, value, lease: lease.id }], failure: [{ get: key }] },
          { signal },
        );
        return succeeded ? revision : (results[0]?.kvs[0]?.createRevision ?? 0);
      } catch (error) {
        if (!(error instanceof EtcdUnavailableError)) throw error;
        await pause(rpc.settings.backoff.maxDelayMs, signal);
      }
    }
  }

  /** Waits until no key is older. */
  private async turn(name: string, revision: number, signal: AbortSignal): Promise<void> {
    const { rpc } = this;
    for (;;) {
      const older = await this.before(name, revision, signal);
      if (older === undefined) return;
      const watch = new Watch(rpc, older.key, { fromRevision: older.revision + 1, signal });
      for await (const item of watch) {
        const isGone =
          item.kind === 'snapshot' ? item.kvs.length === 0 : item.changes.some(({ type }) => type === 'delete');
        if (isGone) break;
      }
      signal.throwIfAborted();
    }
  }

  private async before(name: string, revision: number, signal: AbortSignal) {
    const order = { sortOrder: ORDER.descending, sortTarget: SORT_BY.create, limit: 1, keysOnly: true };
    const range = { ...rangeOf({ prefix: `${name}/` }), maxCreateRevision: revision - 1, ...order };
    for (;;) {
      try {
        const { kvs, header } = await this.rpc.request(
          RANGE,
          range,
          { signal },
          { key: shownKey({ prefix: `${name}/` }) },
        );
        return kvs.length === 0 ? undefined : { key: kvs[0].key, revision: header?.revision ?? 0 };
      } catch (error) {
        if (!(error instanceof EtcdUnavailableError)) throw error;
        await pause(this.rpc.settings.backoff.maxDelayMs, signal);
      }
    }
  }
}
