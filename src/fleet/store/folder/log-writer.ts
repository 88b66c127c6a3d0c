/** Writes to the log: a line counts when it is the first one with its revision, which its writer sees by reading on. */

import { StoreError } from '../errors.js';
import type { Contents } from './contents.js';
import type { Log } from './log.js';
import type { TransactionLine } from './records.js';

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

export class LogWriter {
  private count = 0;

  constructor(
    private readonly log: Log,
    private readonly limits: LogLimits = LOG_LIMITS,
  ) {}

  /**
   * Writes what `make` gives for the contents as they are; it is asked again where somebody else was quicker. Undefined: nothing to
   * write. @throws StoreError
   */
  async commit(make: (contents: Contents) => Draft | undefined): Promise<void> {
    const { log } = this;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      await log.catchUp();
      const draft = make(log.contents);
      if (draft === undefined) return;
      if (await this.write(draft)) {
        await this.closeLarge();
        return;
      }
    }
    throw new StoreError('STORE_AWAY', `writing to ${log.folder}: others wrote first, ${MOST_ATTEMPTS} times`);
  }

  /** @throws StoreError STORE_FULL */
  checkSpace(bytes: number): void {
    const { contentBytes } = this.limits;
    const { contents, folder } = this.log;
    if (contents.bytes + bytes <= contentBytes) return;
    throw new StoreError('STORE_FULL', `${folder} holds ${contents.bytes} bytes, of ${contentBytes} at most`);
  }

  /** Whether it counts. */
  private async write(draft: Draft): Promise<boolean> {
    const { log } = this;
    const own = `${log.writer}:${++this.count}`;
    await log.writable.append(JSON.stringify({ r: log.contents.revision + 1, w: own, ...draft }));
    await log.catchUp();
    return log.lastOwn === own;
  }

  private async closeLarge(): Promise<void> {
    const { log, limits } = this;
    if (log.isAtEnd) return;
    try {
      const { size } = log.writable;
      if (size < limits.fileBytes || size < 4 * log.contents.bytes) return;
      await this.write({ close: true });
    } catch {
      // The transaction itself is written; the next call meets this error again.
    }
  }
}
