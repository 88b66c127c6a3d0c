/** Sends many requests, some of them under way at a time, and keeps an account of what became of them. */

export interface PipelineOptions {
  /** Requests under way at a time. */
  readonly window: number;
  /** Whether to go on after this error. */
  readonly goOn: (error: unknown) => boolean;
  /** Called for each that has ended. */
  readonly onEnd: (ended: number) => void;
  /** Failures that are kept: a million of them, each with its stack, would take all memory. */
  readonly keep: number;
}

export interface Failure {
  readonly index: number;
  readonly error: unknown;
}

export interface Account {
  readonly done: number;
  readonly failed: number;
  /** The first `keep` of them. */
  readonly failures: readonly Failure[];
  /** The failure that ended it; of several the first in the list. */
  readonly fatal: Failure | undefined;
  /** Items that were not begun. */
  readonly notBegun: number;
}

/** Begins `send` for each item in order. After a failure that ends it those under way are still waited for. */
export async function pipelined<T>(
  items: readonly T[],
  send: (item: T) => Promise<unknown>,
  { window, goOn, onEnd, keep }: PipelineOptions,
): Promise<Account> {
  const account: Mutable<Account> = { done: 0, failed: 0, failures: [], fatal: undefined, notBegun: items.length };
  const fail = (failure: Failure) => {
    account.failed++;
    if (account.failures.length < keep) account.failures = [...account.failures, failure];
    const isFirst = account.fatal === undefined || failure.index < account.fatal.index;
    if (!goOn(failure.error) && isFirst) account.fatal = failure;
  };
  const lane = async () => {
    while (account.fatal === undefined && account.notBegun > 0) {
      const index = items.length - account.notBegun--;
      try {
        await send(items[index]);
        account.done++;
      } catch (error) {
        fail({ index, error });
      }
      onEnd(account.done + account.failed);
    }
  };
  await Promise.all(Array.from({ length: Math.min(window, items.length) }, lane));
  return { ...account, failures: [...account.failures].sort((a, b) => a.index - b.index) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
