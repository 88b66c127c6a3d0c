/** A fleet in a folder, for the processes of one machine: one for each process that uses it. */

import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KeptKeys, type KeptKeysStore } from '../../../etcd/index.js';
import { makeFolders } from '../../../make-folders.js';
import { isA } from '../../../thrown.js';
import { fileError, isNotAllowed, StoreError } from '../errors.js';
import type {
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
import { closed, FolderLeases } from './leases.js';
import { acquireLock, type LockOptions } from './lock.js';
import { Log } from './log.js';
import { LOG_LIMITS, type LogLimits, LogWriter } from './log-writer.js';
import { FolderWatches } from './watches.js';

const KEPT_BACKOFF = { delayMs: 100, maxDelayMs: 1500 };

export class FolderStore implements FleetStore {
  private readonly log: Log;
  private readonly writer: LogWriter;
  private readonly leases: FolderLeases;
  private readonly follower: Follower;
  private readonly watches: FolderWatches;
  private readonly kept = new Set<KeptKeys>();
  private turn: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  private constructor(
    readonly folder: string,
    limits: LogLimits,
  ) {
    this.follower = new Follower(folder, () => this.round());
    const onCount = () => this.follow();
    const watches = new FolderWatches({ onOwed: () => this.follower.ring(), onCount });
    this.watches = watches;
    this.log = new Log(folder, {
      onChanges: (changes, revision) => watches.take(changes, revision),
      onReload: (because) => watches.owe(because),
    });
    this.writer = new LogWriter(this.log, limits);
    const { log, writer } = this;
    this.leases = new FolderLeases({ folder, log, writer, exclusive: (work) => this.exclusive(work), onCount });
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
      await store.leases.files.tidy(store.log.contents.leases);
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
      await this.writer.commit((contents) => {
        evaluated = evaluate(contents, transaction);
        if (evaluated.changes.length === 0) return undefined;
        this.writer.checkSpace(evaluated.bytes);
        return { c: evaluated.changes };
      });
      return (evaluated as Evaluated).result;
    });
  }

  watch(what: Content | Prefix, options: StoreWatchOptions = {}): StoreWatch {
    return this.watches.add(what, options);
  }

  keep(options: { readonly ttlSeconds?: number; readonly onState?: (state: KeptState) => void } = {}): StoreKept {
    const keys = new KeptKeys(this.source, options, (ended) => this.kept.delete(ended));
    this.kept.add(keys);
    return keys;
  }

  lock(name: string, options: LockOptions = {}): Promise<StoreLock> {
    return acquireLock(this, (ttlSeconds) => this.leases.grant(ttlSeconds), name, options);
  }

  /** Ends watches, removes kept keys, gives locks back. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.watches.close();
    await Promise.all([...this.kept].map((keys) => keys.close()));
    await this.leases.close();
    await this.exclusive(async () => {
      this.isClosed = true;
      this.follower.stop();
      await this.log.close();
    });
  }

  private readonly source: KeptKeysStore = {
    backoff: KEPT_BACKOFF,
    grant: (ttlSeconds) => this.leases.grant(ttlSeconds),
    transact: (transaction) => this.transact(transaction),
    isLasting: (error) => isNotAllowed(error) || hasCode(error, 'STORE_REFUSED'),
    isNoLease: (error) => hasCode(error, 'STORE_NO_LEASE'),
  };

  private async create(): Promise<void> {
    try {
      makeFolders(this.folder, 0o700);
      const { mode } = statSync(this.folder);
      await mkdir(this.leases.files.folder, { mode: mode & 0o777 }).catch((error: NodeJS.ErrnoException) => {
        // A reader without rights finds them there, or does without.
        if (!/^(EEXIST|EACCES|EROFS)$/.test(error.code ?? '')) throw error;
      });
    } catch (error) {
      throw fileError(error, `making the folder ${this.folder}`);
    }
    await Log.create(this.folder);
  }

  /** Reads on, and ends what has not been renewed. */
  private async refresh(): Promise<Contents> {
    await this.log.catchUp();
    await this.leases.sweep();
    return this.log.contents;
  }

  private async round(): Promise<boolean> {
    try {
      await this.exclusive(async () => this.watches.serve(await this.refresh()));
      return true;
    } catch (error) {
      this.watches.fail(error as Error);
      return false;
    }
  }

  /** Where nobody follows any more, the process may end. */
  private follow(): void {
    if (this.watches.count === 0 && this.leases.count === 0) this.follower.stop();
    else this.follower.start();
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

const hasCode = (error: unknown, code: StoreError['code']) => isA(error, StoreError) && error.code === code;
