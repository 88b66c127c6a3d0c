/** A fleet in a folder, for the processes of one machine: one for each process that uses it. */

import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KeptKeys, type KeptKeysStore } from '../../../etcd/index.js';
import { makeFolders } from '../../../make-folders.js';
import { isA } from '../../../thrown.js';
import { fileError, isNotAllowed, StoreError } from '../errors.js';
import type {
  Change,
  Content,
  FleetStore,
  KeptState,
  KeyValue,
  Listing,
  Prefix,
  StoreKept,
  StoreLock,
  StoreWatch,
  StoreWatchOptions,
  Transaction,
  TransactionResult,
} from '../store.js';
import type { Contents } from './contents.js';
import { type Evaluated, evaluate, textOf } from './evaluate.js';
import { Follower } from './follower.js';
import { FolderLease } from './lease.js';
import { LeaseFiles } from './lease-files.js';
import { acquireLock, type LockOptions } from './lock.js';
import { LOG_LIMITS, Log, type LogLimits } from './log.js';
import { FolderWatch } from './watch.js';

const KEPT_BACKOFF = { delayMs: 100, maxDelayMs: 1500 };

export class FolderStore implements FleetStore {
  private readonly log: Log;
  private readonly leaseFiles: LeaseFiles;
  private readonly follower: Follower;
  private readonly watches = new Set<FolderWatch>();
  private readonly leases = new Set<FolderLease>();
  private readonly kept = new Set<KeptKeys>();
  private turn: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  private constructor(
    readonly folder: string,
    limits: LogLimits,
  ) {
    this.leaseFiles = new LeaseFiles(folder);
    this.follower = new Follower(folder, () => this.round());
    this.log = new Log(
      folder,
      {
        onChanges: (changes, revision) => this.tell(changes, revision),
        onReload: (because) => {
          for (const watch of this.watches) watch.owe(because);
        },
      },
      limits,
    );
  }

  /** Makes folder and store where they are not there, unless told otherwise. @throws StoreError */
  static async open(
    folder: string,
    { create = true, limits = LOG_LIMITS }: { readonly create?: boolean; readonly limits?: LogLimits } = {},
  ): Promise<FolderStore> {
    const store = new FolderStore(resolve(folder), limits);
    if (create) await store.create();
    await store.exclusive(async () => {
      await store.refresh();
      await store.leaseFiles.tidy(store.log.contents.leases);
    });
    return store;
  }

  get(key: string): Promise<KeyValue | undefined> {
    return this.exclusive(async () => (await this.refresh()).get(textOf(key)));
  }

  list({ prefix }: Prefix): Promise<Listing> {
    return this.exclusive(async () => {
      const contents = await this.refresh();
      return { kvs: contents.below(prefix), revision: contents.revision };
    });
  }

  transact(transaction: Transaction): Promise<TransactionResult> {
    return this.exclusive(async () => {
      await this.refresh();
      let evaluated: Evaluated | undefined;
      await this.log.commit((contents) => {
        evaluated = evaluate(contents, transaction);
        if (evaluated.changes.length === 0) return undefined;
        this.log.checkSpace(evaluated.bytes);
        return { c: evaluated.changes };
      });
      return (evaluated as Evaluated).result;
    });
  }

  watch(what: Content | Prefix, options: StoreWatchOptions = {}): StoreWatch {
    const watch = new FolderWatch(what, options, {
      onOwed: () => this.follower.ring(),
      onEnd: (ended) => {
        this.watches.delete(ended);
        this.rest();
      },
    });
    if (options.signal?.aborted) return watch;
    if (this.isClosed) watch.close(closed());
    else {
      this.watches.add(watch);
      this.follower.start();
    }
    return watch;
  }

  keep(options: { readonly ttlSeconds?: number; readonly onState?: (state: KeptState) => void } = {}): StoreKept {
    const keys = new KeptKeys(this.source, options, (ended) => this.kept.delete(ended));
    this.kept.add(keys);
    return keys;
  }

  lock(name: string, options: LockOptions = {}): Promise<StoreLock> {
    return acquireLock(this, (ttlSeconds) => this.grant(ttlSeconds), name, options);
  }

  /** Ends watches, removes kept keys, gives locks back. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    for (const watch of this.watches) watch.close();
    await Promise.all([...this.kept].map((keys) => keys.close()));
    await Promise.all([...this.leases].map((lease) => lease.revoke()));
    await this.exclusive(async () => {
      this.isClosed = true;
      this.follower.stop();
      await this.log.close();
    });
  }

  private readonly source: KeptKeysStore = {
    backoff: KEPT_BACKOFF,
    grant: (ttlSeconds) => this.grant(ttlSeconds),
    transact: (transaction) => this.transact(transaction),
    isLasting: (error) => isNotAllowed(error) || hasCode(error, 'STORE_REFUSED'),
    isNoLease: (error) => hasCode(error, 'STORE_NO_LEASE'),
  };

  private async create(): Promise<void> {
    try {
      makeFolders(this.folder, 0o700);
      const { mode } = statSync(this.folder);
      await mkdir(this.leaseFiles.folder, { mode: mode & 0o777 }).catch((error: NodeJS.ErrnoException) => {
        // A reader without rights finds them there, or does without.
        if (!/^(EEXIST|EACCES|EROFS)$/.test(error.code ?? '')) throw error;
      });
    } catch (error) {
      throw fileError(error, `making the folder ${this.folder}`);
    }
    await Log.create(this.folder);
  }

  private async grant(ttlSeconds: number): Promise<FolderLease> {
    const id = randomBytes(8).readBigUInt64BE() >> 1n || 1n;
    const ttl = Math.max(1, Math.ceil(ttlSeconds));
    // The file is there first: a lease without one has ended.
    await this.leaseFiles.make(id);
    try {
      await this.exclusive(() => this.log.commit(() => ({ grant: { lease: id.toString(16), ttl } })));
    } catch (error) {
      await this.leaseFiles.remove(id);
      throw error;
    }
    const lease = new FolderLease(
      id,
      ttl * 1000,
      this.leaseFiles,
      (ended) => this.exclusive(() => this.end([ended])),
      (ended) => {
        this.leases.delete(ended);
        this.rest();
      },
    );
    this.leases.add(lease);
    this.follower.start();
    return lease;
  }

  /** Reads on, and ends what has not been renewed. */
  private async refresh(): Promise<Contents> {
    await this.log.catchUp();
    const ended = await this.leaseFiles.ended(this.log.contents.leases);
    if (ended.length > 0) {
      await this.end(ended).catch((error: unknown) => {
        // Somebody who may write does it.
        if (!isNotAllowed(error)) throw error;
      });
    }
    for (const lease of this.leases) if (!this.log.contents.leases.has(lease.id)) lease.lose();
    return this.log.contents;
  }

  private async end(ids: readonly bigint[]): Promise<void> {
    await this.log.commit(({ leases }) => {
      const present = ids.filter((id) => leases.has(id));
      if (present.length === 0) return undefined;
      const keys = present.flatMap((id) => [...(leases.get(id)?.keys ?? [])]);
      return { c: keys.map((d) => ({ d })), end: present.map((id) => id.toString(16)) };
    });
    for (const id of ids) await this.leaseFiles.remove(id);
  }

  private tell(changes: readonly Change[], revision: number): void {
    for (const watch of this.watches) watch.take(changes, revision);
  }

  private async round(): Promise<boolean> {
    try {
      await this.exclusive(async () => {
        const contents = await this.refresh();
        for (const watch of this.watches) watch.serve(contents);
      });
      return true;
    } catch (error) {
      for (const watch of this.watches) {
        watch.lost(error as Error);
        if (isNotAllowed(error)) watch.close(error as Error);
      }
      return false;
    }
  }

  /** Nobody follows any more: the process may end. */
  private rest(): void {
    if (this.watches.size === 0 && this.leases.size === 0) this.follower.stop();
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(() => {
      if (this.isClosed) throw closed();
      return work();
    });
    this.turn = result.catch(() => {});
    return result;
  }
}

const closed = () => new StoreError('STORE_CLOSED', 'the store was closed by this program');
const hasCode = (error: unknown, code: StoreError['code']) => isA(error, StoreError) && error.code === code;
