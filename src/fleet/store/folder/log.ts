/**
 * The log of a store in a folder: what all its processes agree on, without a lock that a killed one would leave behind. Whoever
 * writes appends a line with the next revision. The first line with a revision counts; a later one with the same is void, and its
 * writer, who reads on behind what it wrote, tries again.
 *
 *   log.000001:  … r=8 (of A)   r=9 (of B)   r=9 (of A: void)   r=10 (of A)   r=11 close   │ void
 *   log.000002:  contents at r=11   r=12 …
 *
 * A file that has grown large is closed by such a line. The next one begins with the contents; whoever needs it first makes it. A
 * process that follows reads the old one to its end first, so that it misses nothing.
 */

import { randomUUID } from 'node:crypto';
import { StoreError } from '../errors.js';
import type { Change } from '../store.js';
import { Contents } from './contents.js';
import { LogFile } from './log-file.js';
import { logNumbers, logPath, makeLog, removeOlder } from './log-names.js';
import { headerLine, type LogLine, type TransactionLine, written } from './records.js';

export interface LogListener {
  onChanges(changes: readonly Change[], revision: number): void;
  /** The contents are others than before, and not by changes that were told. */
  onReload(because: 'compacted' | 'reset'): void;
}

/** A transaction before it has a revision. */
export type Draft = Omit<TransactionLine, 'r' | 'w'>;

export interface LogLimits {
  /** A file is closed when it is larger, and four times what it holds. */
  readonly fileBytes: number;
  /** Bytes of all keys and values. */
  readonly contentBytes: number;
}

export const LOG_LIMITS: LogLimits = { fileBytes: 8 * 1024 * 1024, contentBytes: 256 * 1024 * 1024 };

/** Attempts to write before it is given up: somebody else has written each time. */
const MOST_ATTEMPTS = 1000;

/** Callers take turns: one call at a time. */
export class Log {
  private file: LogFile | undefined;
  private current: Contents | undefined;
  private isClosed = false;
  /** Why the file behind a closed one cannot be made. */
  private stuck: StoreError | undefined;
  private readonly writer = randomUUID();
  private count = 0;
  private lastOwn = '';

  constructor(
    private readonly folder: string,
    private readonly listener: LogListener,
    private readonly limits: LogLimits = LOG_LIMITS,
  ) {}

  /** Keys and leases as they were when it was last read. */
  get contents(): Contents {
    if (this.current === undefined) throw new StoreError('STORE_AWAY', `${this.folder} has not been read`);
    return this.current;
  }

  /** Makes the first file, where there is none. @throws StoreError */
  static async create(folder: string): Promise<void> {
    const numbers = await logNumbers(folder);
    if (numbers.length === 0) await makeLog(folder, 1, [JSON.stringify(headerLine(randomUUID(), 1))]);
  }

  /** Reads what was written since. @throws StoreError */
  async catchUp(): Promise<void> {
    try {
      for (;;) {
        if (this.file === undefined) await this.openNewest();
        const file = this.file as LogFile;
        const isCurrent = await file.isCurrent();
        for await (const { line, where } of file.read()) this.take(line, where);
        if (this.isClosed) {
          if (!(await this.moveOn(file))) return;
        } else {
          if (isCurrent) return;
          // Emptied, or put back from a backup.
          await this.leave();
        }
      }
    } catch (error) {
      await this.leave();
      throw error;
    }
  }

  /**
   * Writes what `make` gives for the contents as they are; it is asked again where somebody else was quicker. Undefined: nothing to
   * write. @throws StoreError
   */
  async commit(make: (contents: Contents) => Draft | undefined): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      await this.catchUp();
      const { contents, file } = this;
      const draft = make(contents);
      if (draft === undefined) return;
      if (this.isClosed && this.stuck) throw this.stuck;
      if (!file?.isWritable) {
        throw new StoreError('STORE_PERMISSION', `writing ${file?.path}: the system lets this user only read it`);
      }
      const own = `${this.writer}:${++this.count}`;
      await file.append(JSON.stringify({ r: contents.revision + 1, w: own, ...draft }));
      await this.catchUp();
      if (this.lastOwn === own) {
        await this.closeLarge();
        return;
      }
    }
    throw new StoreError('STORE_AWAY', `writing to ${this.folder}: others wrote first, ${MOST_ATTEMPTS} times`);
  }

  /** @throws StoreError STORE_FULL */
  checkSpace(bytes: number): void {
    const { contentBytes } = this.limits;
    if (this.contents.bytes + bytes <= contentBytes) return;
    throw new StoreError('STORE_FULL', `${this.folder} holds ${this.contents.bytes} bytes, of ${contentBytes} at most`);
  }

  async close(): Promise<void> {
    await this.leave();
  }

  private async leave(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    this.isClosed = false;
    await file?.close();
  }

  private async openNewest(): Promise<void> {
    for (let attempt = 1; attempt <= 10; attempt++) {
      const number = (await logNumbers(this.folder)).at(-1);
      if (number === undefined) break;
      // Between the two calls another process may have gone on to the next one.
      const file = await LogFile.open(logPath(this.folder, number), number);
      if (file) {
        await this.begin(file);
        await removeOlder(this.folder, number);
        return;
      }
    }
    throw new StoreError(
      'STORE_AWAY',
      `the folder ${this.folder} has no fleet: it is another one, it was removed or emptied, or its disk is not mounted`,
    );
  }

  /** Takes the next file, and makes it where nobody has yet. False where it cannot be made: nobody can write then, only read. */
  private async moveOn(old: LogFile): Promise<boolean> {
    const number = old.number + 1;
    const path = logPath(this.folder, number);
    const next = await LogFile.open(path, number);
    if (next) {
      await old.close();
      await this.begin(next);
      await removeOlder(this.folder, number);
      return true;
    }
    const newest = (await logNumbers(this.folder)).at(-1);
    // A folder that was removed stays removed.
    if (newest === undefined) throw new StoreError('STORE_AWAY', `the folder ${this.folder} was removed or emptied`);
    if (newest > number) await this.leave();
    else {
      try {
        await makeLog(this.folder, number, this.snapshot());
      } catch (error) {
        this.stuck = error as StoreError;
        return false;
      }
    }
    return true;
  }

  /** Reads a file's first lines and all behind them; tells the listener what is new, or that all is. */
  private async begin(file: LogFile): Promise<void> {
    this.file = file;
    this.isClosed = false;
    const known = this.current;
    let fresh: Contents | undefined;
    let first = 0;
    const news: { readonly changes: readonly Change[]; readonly revision: number }[] = [];
    for await (const { line, where } of file.read()) {
      if (fresh === undefined) {
        if (!('header' in line)) throw new StoreError('STORE_DAMAGED', `${where}: is no beginning of a fleet's store`);
        first = line.header.revision;
        fresh = new Contents(line.header.id, first);
      } else if ('transaction' in line) {
        const changes = this.apply(fresh, line.transaction, where);
        if (changes.length > 0 && fresh.revision > (known?.revision ?? 0))
          news.push({ changes, revision: fresh.revision });
      } else if ('header' in line || fresh.revision > first) {
        throw new StoreError('STORE_DAMAGED', `${where}: stands in the wrong place`);
      } else if ('lease' in line) {
        fresh.grant(line.lease);
      } else {
        fresh.load(line.held);
      }
    }
    if (fresh === undefined) throw new StoreError('STORE_DAMAGED', `${file.path}: has no beginning`);
    this.current = fresh;
    if (known === undefined) return;
    const isLater = known.id === fresh.id && known.revision <= fresh.revision;
    if (isLater && first <= known.revision) {
      for (const { changes, revision } of news) this.listener.onChanges(changes, revision);
    } else {
      if (!isLater) this.lastOwn = '';
      this.listener.onReload(isLater ? 'compacted' : 'reset');
    }
  }

  private take(line: LogLine, where: string): void {
    if (!('transaction' in line)) throw new StoreError('STORE_DAMAGED', `${where}: stands in the wrong place`);
    const changes = this.apply(this.contents, line.transaction, where);
    if (changes.length > 0) this.listener.onChanges(changes, line.transaction.r);
  }

  /** Nothing where somebody was quicker, or the file was closed before. */
  private apply(contents: Contents, transaction: TransactionLine, where: string): readonly Change[] {
    if (this.isClosed || transaction.r <= contents.revision) return [];
    const changes = contents.apply(transaction, where);
    if (transaction.w.startsWith(this.writer)) this.lastOwn = transaction.w;
    this.isClosed = transaction.close === true;
    return changes;
  }

  private async closeLarge(): Promise<void> {
    const { file, contents, limits } = this;
    if (file === undefined || this.isClosed) return;
    if (file.size < limits.fileBytes || file.size < 4 * contents.bytes) return;
    const own = `${this.writer}:${++this.count}`;
    try {
      await file.append(JSON.stringify({ r: contents.revision + 1, w: own, close: true }));
      await this.catchUp();
    } catch {
      // The transaction itself is written; the next call meets this error again.
    }
  }

  private *snapshot(): Generator<string> {
    const { id, revision, leases } = this.contents;
    yield JSON.stringify(headerLine(id, revision));
    for (const [lease, { ttl }] of leases) yield JSON.stringify({ lease: lease.toString(16), ttl });
    for (const { key, value, createRevision: c, modRevision: m, version: n, lease } of this.contents.below('')) {
      const l = lease === 0n ? {} : { l: lease.toString(16) };
      yield JSON.stringify({ k: key, ...written(value), c, m, n, ...l });
    }
  }
}
