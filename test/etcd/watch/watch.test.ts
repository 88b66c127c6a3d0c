import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EtcdClient } from '../../../src/etcd/index.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { readWatch } from '../../support/etcd-watch.js';
import { excused } from '../../support/needs.js';

describe('a watch, on etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  let etcd: EtcdClient;
  beforeAll(async () => {
    cluster = await startEtcd();
  });
  afterAll(async () => {
    await cluster?.close();
  });
  beforeEach(() => {
    etcd = new EtcdClient({ endpoints: [...cluster.endpoints], idleMs: 200 });
  });
  // A watch that a test leaves open would be counted by the next.
  afterEach(async () => {
    await etcd.close();
    await expect.poll(openWatchers).toBe(0);
  });

  async function metric(line: RegExp): Promise<number> {
    const text = await (await fetch(`${cluster.endpoints[0]}/metrics`)).text();
    return Number(line.exec(text)?.[1]);
  }
  /** Streams of watches that etcd has open. */
  const openWatchers = () => metric(/^etcd_debugging_mvcc_watcher_total (\d+)$/m);
  /** Messages of watches that etcd has received. */
  const received = () => metric(/^grpc_server_msg_received_total\{grpc_method="Watch".* (\d+)$/m);

  it('a prefix: a snapshot first, then each change, and nothing of other keys', async () => {
    await etcd.put('one/a', '1');
    await etcd.put('one/b', '2');
    const watch = etcd.watch({ prefix: 'one/' });
    const reader = readWatch(watch);
    await reader.knows('one/b', '2');
    expect(reader.items).toMatchObject([
      { kind: 'snapshot', because: 'start', kvs: [{ key: 'one/a' }, { key: 'one/b' }] },
    ]);
    await etcd.put('one', 'beside');
    await etcd.put('one/a', '3');
    await etcd.delete('one/b');
    const revision = await etcd.put('one/c', '4');
    await reader.knows('one/c', '4');
    expect(reader.changes).toEqual(['one/a=3', 'one/b!', 'one/c=4']);
    expect(watch.revision).toBe(revision);
    watch.close();
    expect(await reader.error).toBeUndefined();
  });

  it('a transaction: its changes come together', async () => {
    const watch = etcd.watch({ prefix: 'two/' }, { prevKv: true });
    const reader = readWatch(watch);
    await etcd.put('two/a', 'old');
    await etcd.transact({
      success: [
        { put: 'two/a', value: 'new' },
        { put: 'two/b', value: '1' },
      ],
    });
    await etcd.transact({ success: [{ delete: { prefix: 'two/' } }] });
    await expect.poll(() => reader.changes.length).toBeGreaterThanOrEqual(4);
    const last = reader.items.slice(-2);
    expect(last).toMatchObject([
      {
        kind: 'changes',
        changes: [
          { type: 'put', key: 'two/a', prev: { key: 'two/a' } },
          { type: 'put', key: 'two/b' },
        ],
      },
      {
        kind: 'changes',
        changes: [
          { type: 'delete', key: 'two/a', prev: {} },
          { type: 'delete', key: 'two/b' },
        ],
      },
    ]);
    watch.close();
  });

  it('one key: from a revision on, without a snapshot', async () => {
    const first = await etcd.put('three', '1');
    await etcd.put('three', '2');
    await etcd.put('three/below', 'beside');
    const reader = readWatch(etcd.watch('three', { fromRevision: first }));
    await reader.knows('three', '2');
    expect(reader.changes).toEqual(['three=1', 'three=2']);
  });

  it('without a snapshot: what happens from now on', async () => {
    await etcd.put('four', 'before');
    const states: string[] = [];
    const watch = etcd.watch('four', { snapshot: false, onState: ({ state }) => states.push(state) });
    const reader = readWatch(watch);
    await expect.poll(() => states, { interval: 10 }).toEqual(['live']);
    await etcd.put('four', 'after');
    await reader.knows('four', 'after');
    expect(reader.changes).toEqual(['four=after']);
  });

  it('a snapshot of one key: has it, or has none', async () => {
    const reader = readWatch(etcd.watch('five'));
    await expect.poll(() => reader.items).toMatchObject([{ kind: 'snapshot', kvs: [] }]);
    await etcd.put('five', '1');
    await reader.knows('five', '1');
    const second = readWatch(etcd.watch('five'));
    await second.knows('five', '1');
    expect(second.items).toMatchObject([{ kind: 'snapshot', kvs: [{ key: 'five' }] }]);
  });

  it('a compacted revision: is followed by a snapshot', async () => {
    const first = await etcd.put('six', '1');
    await etcd.compact(await etcd.put('six', '2'));
    const reader = readWatch(etcd.watch('six', { fromRevision: first }));
    await reader.knows('six', '2');
    expect(reader.items).toMatchObject([{ kind: 'snapshot', because: 'compacted' }]);
    await etcd.put('six', '3');
    await reader.knows('six', '3');
    expect(reader.changes).toEqual(['six=3']);
  });

  it('a slow reader: gets a snapshot of when it reads on, and then what follows', async () => {
    const states: string[] = [];
    const watch = etcd.watch({ prefix: 'slow/' }, { maxItems: 5, onState: ({ state }) => states.push(state) });
    await watch.next();
    await expect.poll(() => states, { interval: 10 }).toEqual(['live']);
    const open = await openWatchers();
    for (let i = 0; i < 50; i++) await etcd.put(`slow/${i % 10}`, `${i}`);
    // Nothing is held for it meanwhile, on neither side.
    await expect.poll(openWatchers).toBe(open - 1);
    const reader = readWatch(watch);
    await reader.knows('slow/9', '49');
    expect(reader.items).toMatchObject([{ kind: 'snapshot', because: 'slow' }]);
    expect(reader.known.size).toBe(10);
    await etcd.put('slow/0', 'again');
    await reader.knows('slow/0', 'again');
    expect(reader.changes).toEqual(['slow/0=again']);
  });

  it('changes larger than an answer may be: a snapshot takes their place', async () => {
    const narrow = new EtcdClient({ endpoints: [...cluster.endpoints], maxAnswerBytes: 50_000 });
    const first = await etcd.put('wide/a', 'x');
    await etcd.transact({
      success: ['b', 'c', 'd'].map((name) => ({ put: `wide/${name}`, value: 'x'.repeat(20_000) })),
    });
    const reader = readWatch(narrow.watch({ prefix: 'wide/' }, { fromRevision: first }));
    await expect.poll(() => reader.known.size).toBe(4);
    expect(reader.items.at(-1)).toMatchObject({ kind: 'snapshot', because: 'slow' });
    await narrow.close();
  });

  it('an idle watch: is asked for a word, and stays', async () => {
    const states: string[] = [];
    const reader = readWatch(etcd.watch('idle', { onState: ({ state }) => states.push(state) }));
    await expect.poll(() => states, { interval: 10 }).toEqual(['live']);
    const before = await received();
    await expect.poll(received).toBeGreaterThan(before + 3);
    await etcd.put('idle', '1');
    await reader.knows('idle', '1');
    expect(states).toEqual(['live']);
  });

  it('leaving the loop, a signal, close: end the stream at etcd, too', async () => {
    const other = new EtcdClient({ endpoints: [...cluster.endpoints] });
    const before = await openWatchers();
    const caller = new AbortController();
    const left = other.watch('left');
    const aborted = readWatch(other.watch('left', { signal: caller.signal }));
    const closed = readWatch(other.watch('left'));
    await expect.poll(openWatchers).toBe(before + 3);
    for await (const _ of left) break;
    await expect.poll(openWatchers).toBe(before + 2);
    caller.abort();
    expect(await aborted.error).toBeUndefined();
    await expect.poll(openWatchers).toBe(before + 1);
    await other.close();
    expect(await closed.error).toBeUndefined();
    await expect.poll(openWatchers).toBe(before);
    expect(await other.watch('left', { signal: AbortSignal.abort() }).next()).toEqual({ value: undefined, done: true });
  });
});
