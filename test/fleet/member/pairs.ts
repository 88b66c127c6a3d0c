/** Keys and values in memory, of which a member's part of a store is asked. */

import { onAbort } from '../../../src/abort.js';
import type { FleetStore, KeyValue, Operation, Prefix, WatchItem } from '../../../src/fleet/store/store.js';
import { ItemQueue } from '../../../src/item-queue.js';

export class Pairs {
  /** Keys that were read. */
  readonly read: string[] = [];
  /** Prefixes that are watched now. */
  readonly watched: string[] = [];
  /** Waited for by each `get`. */
  gate: Promise<unknown> | undefined;
  private readonly all = new Map<string, Buffer>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly breaks = new Set<(error: Error) => void>();
  private readonly resets = new Set<() => void>();

  get store(): FleetStore {
    return this as unknown as FleetStore;
  }

  put(key: string, value: string | Buffer | object): void {
    const text = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
    this.all.set(key, Buffer.from(text as string));
    for (const listener of this.listeners) listener(key);
  }

  delete(key: string): void {
    this.all.delete(key);
    for (const listener of this.listeners) listener(key);
  }

  /** As a store that was restored from an empty backup. */
  reset(): void {
    this.all.clear();
    for (const reset of this.resets) reset();
  }

  /** Every watch ends with this error. */
  break(error: Error): void {
    for (const end of this.breaks) end(error);
  }

  async get(key: string): Promise<KeyValue | undefined> {
    this.read.push(key);
    await this.gate;
    return this.pair(key);
  }

  async transact({ success = [] }: { readonly success?: readonly Operation[] }): Promise<void> {
    for (const one of success) if ('put' in one) this.put(`${one.put}`, Buffer.from(one.value as Buffer));
  }

  watch({ prefix }: Prefix, { signal }: { readonly signal: AbortSignal }): AsyncIterable<WatchItem> {
    const queue = new ItemQueue<WatchItem>(100, 1_000_000);
    const kvs = () => [...this.all.keys()].filter((key) => key.startsWith(prefix)).map((key) => this.pair(key));
    const snapshot = (because: 'start' | 'reset') =>
      queue.put({ kind: 'snapshot', because, kvs: kvs() as KeyValue[], revision: 1 }, 0);
    snapshot('start');
    const listener = (key: string) => {
      if (!key.startsWith(prefix)) return;
      const kv = this.pair(key);
      queue.put(
        { kind: 'changes', changes: [kv ? { type: 'put', key, kv } : { type: 'delete', key }], revision: 2 },
        0,
      );
    };
    const reset = () => void snapshot('reset');
    const end = (error?: Error) => {
      this.listeners.delete(listener);
      this.breaks.delete(end);
      this.resets.delete(reset);
      this.watched.splice(this.watched.indexOf(prefix), 1);
      queue.end(error);
    };
    this.watched.push(prefix);
    this.listeners.add(listener);
    this.breaks.add(end);
    this.resets.add(reset);
    onAbort(signal, end);
    return { [Symbol.asyncIterator]: () => queue };
  }

  private pair(key: string): KeyValue | undefined {
    const value = this.all.get(key);
    return value === undefined
      ? undefined
      : {
          ...{ key, keyBytes: Buffer.from(key), value },
          ...{ createRevision: 1, modRevision: 1, version: 1, lease: 0n },
        };
  }
}
