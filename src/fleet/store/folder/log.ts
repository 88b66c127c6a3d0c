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
import type { Contents } from './contents.js';
import { LogFile } from './log-file.js';
import { logNumbers, logPath, makeLog, removeOlder } from './log-names.js';
import { openNewestLog } from './newest-log.js';
import { headerLine, type LogLine, type TransactionLine } from './records.js';
import { readWhole, wholeLines } from './whole.js';

export interface LogListener {
  onChanges(changes: readonly Change[], revision: number): void;
  /** The contents are others than before, and not by changes that were told. */
  onReload(because: 'compacted' | 'reset'): void;
}

/** Callers take turns: one call at a time. */
export class Log {
  private file: LogFile | undefined;
  private current: Contents | undefined;
  private isClosed = false;
  /** Why the file behind a closed one cannot be made. */
  private stuck: StoreError | undefined;
  /** Beginning of `w` in the lines of this process. */
  readonly writer = randomUUID();
  /** The last line of this process that counts. */
  lastOwn = '';

  constructor(
    readonly folder: string,
    private readonly listener: LogListener,
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
        if (this.file === undefined) await this.goTo(await openNewestLog(this.folder));
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

  /** The file to write to. @throws StoreError where nobody can write, or this user may not */
  get writable(): LogFile {
    const { file } = this;
    if (this.isClosed && this.stuck) throw this.stuck;
    if (file?.isWritable) return file;
    throw new StoreError('STORE_PERMISSION', `writing ${file?.path}: the system lets this user only read it`);
  }

  /** The file was closed by a line that says so, and the next one is not there yet. */
  get isAtEnd(): boolean {
    return this.isClosed;
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

  /** Takes the next file, and makes it where nobody has yet. False where it cannot be made: nobody can write then, only read. */
  private async moveOn(old: LogFile): Promise<boolean> {
    const number = old.number + 1;
    const path = logPath(this.folder, number);
    const next = await LogFile.open(path, number);
    if (next) {
      await old.close();
      await this.goTo(next);
      return true;
    }
    const newest = (await logNumbers(this.folder)).at(-1);
    // A folder that was removed stays removed.
    if (newest === undefined) throw new StoreError('STORE_AWAY', `the folder ${this.folder} was removed or emptied`);
    if (newest > number) await this.leave();
    else {
      try {
        await makeLog(this.folder, number, wholeLines(this.contents));
      } catch (error) {
        this.stuck = error as StoreError;
        return false;
      }
    }
    return true;
  }

  private async goTo(file: LogFile): Promise<void> {
    await this.begin(file);
    await removeOlder(this.folder, file.number);
  }

  /** Reads a file from its beginning; tells the listener what is new, or that all is. */
  private async begin(file: LogFile): Promise<void> {
    this.file = file;
    this.isClosed = false;
    const known = this.current;
    const after = known?.revision ?? Number.POSITIVE_INFINITY;
    const { fresh, first, news } = await readWhole(file, after, (contents, transaction, where) =>
      this.apply(contents, transaction, where),
    );
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
}
