/** Reads a watch in the background, for tests. */

import { expect } from 'vitest';
import type { KeyValue, Watch, WatchItem } from '../../src/etcd/index.js';

export interface Watched {
  readonly items: WatchItem[];
  /** Values by key, as the reader knows them by now. */
  readonly known: Map<string, string>;
  /** Every change as `key=value`, or `key!` where it was deleted, in order. */
  readonly changes: string[];
  readonly error: Promise<unknown>;
  /** Resolves when the reader knows this value. */
  knows(key: string, value: string | undefined): Promise<void>;
}

export function readWatch(watch: Watch): Watched {
  const items: WatchItem[] = [];
  const known = new Map<string, string>();
  const changes: string[] = [];
  const put = ({ key, value }: KeyValue) => known.set(key, value.toString());
  const error = (async () => {
    for await (const item of watch) {
      items.push(item);
      if (item.kind === 'snapshot') {
        known.clear();
        item.kvs.forEach(put);
        continue;
      }
      for (const change of item.changes) {
        changes.push(change.type === 'put' ? `${change.key}=${change.kv.value}` : `${change.key}!`);
        if (change.type === 'put') put(change.kv);
        else known.delete(change.key);
      }
    }
  })().catch((thrown: unknown) => thrown);
  return {
    ...{ items, known, changes, error },
    knows: (key, value) => expect.poll(() => known.get(key), { interval: 10 }).toBe(value),
  };
}
