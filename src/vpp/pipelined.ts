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

/**
 * Begins `send` for each item in order. After a failure that ends it, which an error of `onEnd` is as well, those under way are
 * still waited for.
 */
export async function pipelined<T>(
  items: readonly T[],
  send: (item: T) => Promise<unknown>,
  { window, goOn, onEnd, keep }: PipelineOptions,
): Promise<Account> {
  const account: Mutable<Account> = { done: 0, failed: 0, failures: [], fatal: undefined, notBegun: items.length };
  const failures: Failure[] = [];
  const end = (failure: Failure) => {
    if (account.fatal === undefined || failure.index < account.fatal.index) account.fatal = failure;
  };
  const fail = (failure: Failure) => {
    account.failed++;
    if (failures.length < keep) failures.push(failure);
    if (!goOn(failure.error)) end(failure);
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
      try {
        onEnd(account.done + account.failed);
      } catch (error) {
        end({ index, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(window, items.length) }, lane));
  return { ...account, failures: failures.sort((a, b) => a.index - b.index) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
