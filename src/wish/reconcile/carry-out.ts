/**
 * Carries out operations: many at a time, each after those that it needs. One that fails does not stop the others; what depends on it
 * is left for later, with the reason.
 */

import { type Channel, RetvalError, type Untyped, VppmuxError } from '../../mux/index.js';
import { Slices } from '../../slices.js';
import { reasonOf } from '../../thrown.js';
import type { Message } from '../kinds/kind.js';
import { keysOf } from './inventory.js';
import { fieldsOf, messagesOf } from './messages-of.js';
import type { Operation } from './operation.js';
import type { Ordered } from './order.js';
import type { Reconciliation } from './reconciliation.js';
import { LiveReferences } from './references.js';

/**
 * `applied`: VPP has confirmed it. `failed`: VPP, or this side, has refused it. `uncertain`: it was sent, and no answer came: it has to be
 * read back. `pending`: it was not sent, since what it needs is not there.
 */
export type Outcome = 'applied' | 'failed' | 'uncertain' | 'pending';

export interface Result {
  readonly operation: Operation;
  readonly outcome: Outcome;
  /** The cause of what failed or is uncertain. */
  readonly error?: Error;
  /** Why it is pending. */
  readonly reason?: string;
}

export interface CarryOutOptions {
  /** Operations under way at a time. Default 512, of which a channel sends as many as its `requestBuffer`: with the usual 100 it waits for VPP, and VPP for it. */
  readonly window?: number;
  /** Ends it: what was not sent is pending. It has to be aborted when the connection is lost, as numbers mean nothing to the next VPP. */
  readonly signal?: AbortSignal;
  readonly onResult?: (result: Result) => void;
}

const WINDOW = 512;

/** Never rejects for what VPP does; results are in the order in which they came. */
export async function carryOut(
  channel: Channel<Untyped>,
  { order, inventory, newest }: Pick<Reconciliation, 'order' | 'inventory' | 'newest'>,
  options: CarryOutOptions = {},
): Promise<Result[]> {
  const refs = new LiveReferences(inventory.indexes, { newest, definition: (name) => channel.schema?.find(name) });
  const run = new Run(channel, refs, options);
  await run.all(order.first);
  await run.all(order.second);
  return run.results;
}

class Run {
  readonly results: Result[] = [];
  /** Operations that others wait for: few of very many. */
  private readonly awaited = new Set<Ordered>();
  /** Outcomes of those. */
  private readonly outcomes = new Map<Ordered, Outcome>();
  /** Keys of what could not be deleted. */
  private readonly stuck = new Set<string>();
  private running = 0;
  private wake: (() => void) | undefined;

  constructor(
    private readonly channel: Channel<Untyped>,
    private readonly refs: LiveReferences,
    private readonly options: CarryOutOptions,
  ) {}

  async all(list: readonly Ordered[]): Promise<void> {
    const { window = WINDOW } = this.options;
    await this.noteAwaited(list);
    const isOpen = (other: Ordered) => this.awaited.has(other) && !this.outcomes.has(other);
    for (const each of list) {
      while (this.running >= window || each.after.some(isOpen) || each.behind.some(isOpen)) await this.oneSettled();
      const reason = this.obstacle(each);
      if (reason !== undefined) this.settle(each, { operation: each.operation, outcome: 'pending', reason });
      else this.start(each);
    }
    while (this.running > 0) await this.oneSettled();
  }

  /** Notes which operations of a list others wait for. Withheld ones are in no list, and are not waited for. */
  private async noteAwaited(list: readonly Ordered[]): Promise<void> {
    const slices = new Slices();
    const named = new Set<Ordered>();
    for (const { after, behind } of list) {
      for (const each of after) named.add(each);
      for (const each of behind) named.add(each);
      if (slices.isOver) await slices.next();
    }
    for (const each of list) if (named.has(each)) this.awaited.add(each);
  }

  private obstacle({ operation, after }: Ordered): string | undefined {
    if (this.options.signal?.aborted) return 'it was stopped before its turn';
    const need = after.find((each) => this.outcomes.get(each) !== 'applied');
    if (need !== undefined) return `${need.operation.key} is ${this.outcomes.get(need)}`;
    const isAgain = operation.action === 'create' && this.stuck.has(operation.key);
    return isAgain ? 'its old form could not be deleted' : undefined;
  }

  private start(each: Ordered): void {
    this.running++;
    void this.perform(each.operation).then((result) => {
      this.running--;
      this.settle(each, result);
      this.wake?.();
    });
  }

  private settle(each: Ordered, result: Result): void {
    const { action, key } = result.operation;
    if (this.awaited.has(each)) this.outcomes.set(each, result.outcome);
    if (action === 'delete' && result.outcome !== 'applied') this.stuck.add(key);
    this.results.push(result);
    this.options.onResult?.(result);
  }

  private oneSettled(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async perform(operation: Operation): Promise<Result> {
    let fault: Result | undefined;
    try {
      for (const message of messagesOf(operation, this.refs)) {
        if (fault !== undefined && !message.restores) continue;
        const result = await this.send(operation, message);
        fault ??= result;
      }
    } catch (error) {
      fault = failure(operation, error);
    }
    if (fault !== undefined) return fault;
    if (operation.action === 'delete') for (const key of keysOf(operation)) this.refs.indexes.delete(key);
    return { operation, outcome: 'applied' };
  }

  /** Gives the result of an operation that fails with it. */
  private async send(operation: Operation, message: Message): Promise<Result | undefined> {
    try {
      const { signal } = this.options;
      const reply = await this.channel.request(message.name, fieldsOf(message, this.refs), { signal });
      this.keepIndex(operation, operation.after && operation.kind.indexOf?.(reply, operation.after));
    } catch (error) {
      const isSettled = error instanceof RetvalError && message.settledBy?.includes(error.retvalName) === true;
      if (!isSettled) return failure(operation, error);
    }
    return undefined;
  }

  private keepIndex(operation: Operation, index: number | undefined): void {
    if (index === undefined || operation.action !== 'create') return;
    for (const key of keysOf(operation)) this.refs.indexes.set(key, index);
  }
}

function failure(operation: Operation, thrown: unknown): Result {
  const error = thrown instanceof Error ? thrown : new Error(reasonOf(thrown));
  const outcome = error instanceof VppmuxError ? error.outcome : undefined;
  if (outcome === 'unknown') return { operation, outcome: 'uncertain', error };
  if (outcome === 'not-sent' && isLoss(error)) return { operation, outcome: 'pending', error, reason: error.message };
  return { operation, outcome: 'failed', error };
}

/** Whether the request was not sent because of the connection, and may be sent later. */
function isLoss(error: Error): boolean {
  return (
    error instanceof VppmuxError &&
    ['NOT_CONNECTED', 'CONNECTION_LOST', 'ABORTED', 'REPLY_TIMEOUT'].includes(error.code)
  );
}
