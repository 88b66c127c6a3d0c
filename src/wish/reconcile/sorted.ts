/** Sorts operations so that each comes after those that it waits for. */

import type { Slices } from '../../slices.js';
import type { Operation } from './operation.js';

export interface Ordered {
  readonly operation: Operation;
  /** Operations of the same list that come first, and have to succeed. */
  readonly after: readonly Ordered[];
  /** Operations of the same list that come first, whatever becomes of them. */
  readonly behind: readonly Ordered[];
}

/** Most operations wait for none. */
export const NONE: readonly never[] = [];

export class OrderedOperation implements Ordered {
  after: readonly OrderedOperation[] = NONE;
  behind: readonly OrderedOperation[] = NONE;
  /** Whether it has its place, and whether those that it waits for are being given theirs. */
  private state: 'waiting' | 'open' | 'done' = 'waiting';

  constructor(readonly operation: Operation) {}

  get isDone(): boolean {
    return this.state === 'done';
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  open(): void {
    if (!this.isDone) this.state = 'open';
  }

  finish(after: readonly OrderedOperation[], behind: readonly OrderedOperation[]): void {
    this.after = after;
    this.behind = behind;
    this.state = 'done';
  }
}

/** The operations that one waits for: those that it needs, and those that only precede it. */
export interface Waits {
  needs(each: OrderedOperation): readonly OrderedOperation[];
  precede(each: OrderedOperation): readonly OrderedOperation[];
}

/**
 * Puts what comes before each in front of it, and leaves the order as it is otherwise. Throws where two need each other; where they only
 * precede each other, one of them does.
 */
export async function sorted(
  operations: readonly OrderedOperation[],
  { needs, precede }: Waits,
  slices: Slices,
): Promise<OrderedOperation[]> {
  const all: OrderedOperation[] = [];
  const finish = (
    each: OrderedOperation,
    after: readonly OrderedOperation[],
    behind: readonly OrderedOperation[],
  ): void => {
    each.finish(after, behind);
    all.push(each);
  };
  for (const start of operations) {
    if (slices.isOver) await slices.next();
    if (start.isDone) continue;
    const [after, behind] = [needs(start), precede(start)];
    if (after.every(isDone) && behind.every(isDone)) finish(start, after, behind);
    else follow(start);
  }
  return all;

  /** Goes to what it waits for, and from there on. */
  function follow(start: OrderedOperation): void {
    const stack = [start];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.isDone) {
        stack.pop();
        continue;
      }
      top.open();
      const after = needs(top);
      const behind = precede(top).filter((each) => !each.isOpen);
      const missing = [...behind, ...after].filter((each) => !each.isDone);
      if (missing.length === 0) {
        stack.pop();
        finish(top, after, behind);
        continue;
      }
      const circle = missing.find((each) => each.isOpen);
      if (circle !== undefined) throw new Error(`${top.operation.key} and ${circle.operation.key} need each other`);
      for (const each of missing.reverse()) stack.push(each);
    }
  }
}

const isDone = (each: OrderedOperation) => each.isDone;
