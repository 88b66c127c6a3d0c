/** Tells who holds a lock, as it changes. */

import type { Rpc } from '../link/rpc.js';
import type { KeyValue } from '../types.js';
import { Watch } from '../watch/watch.js';

/** The holder's key and value; undefined while nobody holds it. The first one is told at once. */
export async function* watchHolder(rpc: Rpc, name: string, signal?: AbortSignal): AsyncGenerator<KeyValue | undefined> {
  const keys = new Map<string, KeyValue>();
  let told: KeyValue | undefined;
  let isFirst = true;
  for await (const item of new Watch(rpc, { prefix: `${name}/` }, { signal })) {
    if (item.kind === 'snapshot') {
      keys.clear();
      for (const kv of item.kvs) keys.set(kv.key, kv);
    } else {
      for (const change of item.changes) {
        if (change.type === 'put') keys.set(change.key, change.kv);
        else keys.delete(change.key);
      }
    }
    const holder = oldest(keys.values());
    if (!isFirst && holder?.key === told?.key && holder?.modRevision === told?.modRevision) continue;
    isFirst = false;
    told = holder;
    yield holder;
  }
}

function oldest(keys: Iterable<KeyValue>): KeyValue | undefined {
  let first: KeyValue | undefined;
  for (const kv of keys) if (first === undefined || kv.createRevision < first.createRevision) first = kv;
  return first;
}
