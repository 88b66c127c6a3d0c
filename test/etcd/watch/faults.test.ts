/** Watches through what happens to etcd: no change is lost, none comes twice. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient } from '../../../src/etcd/index.js';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { readWatch } from '../../support/etcd-watch.js';
import { excused } from '../../support/needs.js';

/** Options under which a loss is noticed within the second. */
const QUICK = { idleMs: 300, connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 200 } };

async function etcdFor(count = 1, args: readonly string[] = []): Promise<EtcdCluster> {
  const cluster = await startEtcd(count, { args });
  onTestFinished(() => cluster.close());
  return cluster;
}

function clientOf(endpoints: readonly string[], more: object = QUICK): EtcdClient {
  const etcd = new EtcdClient({ endpoints: [...endpoints], ...more });
  onTestFinished(() => etcd.close());
  return etcd;
}

/** Writes `count` values of one key, however often that has to be tried, each exactly once. */
async function write(etcd: EtcdClient, key: string, from: number, count: number): Promise<void> {
  for (let i = from; i < from + count; ) {
    const compare = i === 0 ? [{ key, create: 0 }] : [{ key, value: `${i - 1}` }];
    const done = await etcd
      .transact({ compare, success: [{ put: key, value: `${i}` }], failure: [{ get: key }] })
      .catch(() => undefined);
    // One whose fate was unknown may have been carried out.
    if (done?.succeeded || done?.results[0].kvs[0]?.value.toString() === `${i}`) i++;
  }
}

const numbers = (key: string, to: number) => Array.from({ length: to }, (_, i) => `${key}=${i}`);

describe('a watch, through the faults of etcd', excused(etcdMissing()), () => {
  it('etcd killed and started again, three times: every change comes once, in order', async () => {
    const { members, endpoints } = await etcdFor();
    const etcd = clientOf(endpoints);
    const writer = clientOf(endpoints);
    const reader = readWatch(etcd.watch({ prefix: 'n' }, { fromRevision: 1 }));
    for (let round = 0; round < 3; round++) {
      await write(writer, 'n', round * 30, 20);
      await members[0].kill();
      const written = write(writer, 'n', round * 30 + 20, 10);
      await members[0].start();
      await written;
    }
    await reader.knows('n', '89');
    expect(reader.changes).toEqual(numbers('n', 90));
    expect(reader.items.every(({ kind }) => kind === 'changes')).toBe(true);
  });

  it('etcd stopped in order: the watch goes on with the next one', async () => {
    const { members, endpoints } = await etcdFor();
    const etcd = clientOf(endpoints);
    const reader = readWatch(etcd.watch('n', { fromRevision: 1 }));
    await write(etcd, 'n', 0, 5);
    await members[0].end();
    await members[0].start();
    await write(etcd, 'n', 5, 5);
    await reader.knows('n', '9');
    expect(reader.changes).toEqual(numbers('n', 10));
  });

  it('etcd suspended: the watch is lost, says since when, and goes on when it is back', async () => {
    const { members, endpoints } = await etcdFor();
    const etcd = clientOf(endpoints);
    const states: string[] = [];
    const reader = readWatch(etcd.watch('n', { fromRevision: 1, onState: ({ state }) => states.push(state) }));
    await write(etcd, 'n', 0, 3);
    await reader.knows('n', '2');
    members[0].suspend();
    await expect.poll(() => states, { interval: 10 }).toEqual(['live', 'lost']);
    await expect.poll(() => etcd.state.state, { interval: 10 }).toBe('away');
    members[0].resume();
    await write(etcd, 'n', 3, 3);
    await reader.knows('n', '5');
    expect(states).toEqual(['live', 'lost', 'live']);
    expect(reader.changes).toEqual(numbers('n', 6));
  });

  it('the network cut, and what was missed compacted: a snapshot takes its place', async () => {
    const { endpoints } = await etcdFor();
    const proxy = await cutProxy(endpoints[0]);
    onTestFinished(() => proxy.close());
    const writer = clientOf(endpoints);
    const reader = readWatch(clientOf([proxy.url]).watch({ prefix: '' }));
    await write(writer, 'n', 0, 3);
    await writer.put('gone', '1');
    await reader.knows('gone', '1');
    proxy.cut();
    await writer.delete('gone');
    await write(writer, 'n', 3, 10);
    await writer.compact((await writer.status()).revision);
    proxy.mend();
    await reader.knows('n', '12');
    expect(reader.items.at(-1)).toMatchObject({ kind: 'snapshot', because: 'compacted' });
    expect([...reader.known]).toEqual([['n', '12']]);
    await write(writer, 'n', 13, 1);
    await reader.knows('n', '13');
  });

  it('a network that swallows packets: is noticed, and another connection taken', async () => {
    const { endpoints } = await etcdFor();
    const proxy = await cutProxy(endpoints[0]);
    onTestFinished(() => proxy.close());
    const writer = clientOf(endpoints);
    const states: string[] = [];
    const etcd = clientOf([proxy.url]);
    const reader = readWatch(etcd.watch('n', { fromRevision: 1, onState: ({ state }) => states.push(state) }));
    await write(writer, 'n', 0, 3);
    await reader.knows('n', '2');
    proxy.swallow();
    await write(writer, 'n', 3, 3);
    await expect.poll(() => states, { interval: 10 }).toEqual(['live', 'lost']);
    proxy.mend();
    await reader.knows('n', '5');
    expect(reader.changes).toEqual(numbers('n', 6));
  });

  it("etcd's data lost: the reader gets what there is now", async () => {
    const { members, endpoints } = await etcdFor();
    const etcd = clientOf(endpoints);
    const reader = readWatch(etcd.watch({ prefix: '' }));
    await write(etcd, 'n', 0, 20);
    await reader.knows('n', '19');
    await members[0].kill();
    members[0].forget();
    await members[0].start();
    await etcd.put('new', '1');
    await reader.knows('new', '1');
    expect([...reader.known.keys()]).toEqual(['new']);
    expect(reader.items.some((item) => item.kind === 'snapshot' && item.because === 'reset')).toBe(true);
  });

  it('three members, each killed in turn: every change comes once, in order', async () => {
    const { members, endpoints } = await etcdFor(3);
    const writer = clientOf(endpoints);
    const readers = endpoints.map((_, i) => {
      const others = [...endpoints.slice(i), ...endpoints.slice(0, i)];
      return readWatch(clientOf(others).watch('n', { fromRevision: 1 }));
    });
    let at = 0;
    for (const member of members) {
      await write(writer, 'n', at, 20);
      await member.kill();
      await write(writer, 'n', at + 20, 10);
      await member.start();
      at += 30;
    }
    for (const reader of readers) {
      await reader.knows('n', `${at - 1}`);
      expect(reader.changes).toEqual(numbers('n', at));
    }
  });

  it('a member cut off from the others: is left for one that knows the latest', async () => {
    const { members, endpoints } = await etcdFor(3);
    // This one's reader knows no other endpoint at first; the others of the cluster hang.
    const etcd = clientOf(endpoints);
    const { endpoint } = await etcd.status();
    const alone = members.find(({ url }) => url === endpoint);
    const states: string[] = [];
    readWatch(etcd.watch('n', { fromRevision: 1, onState: ({ state }) => states.push(state) }));
    await expect.poll(() => states, { interval: 10 }).toEqual(['live']);
    for (const member of members) if (member !== alone) member.suspend();
    // It says itself that it has no leader.
    await expect.poll(() => states, { interval: 10 }).toEqual(['live', 'lost']);
    const refused = await etcd.put('n', '0', { timeoutMs: 3000 }).catch((error) => error);
    expect(['ETCD_NO_LEADER', 'ETCD_AWAY', 'ETCD_TIMEOUT', 'ETCD_LOST']).toContain(refused.code);
    for (const member of members) member.resume();
    await expect.poll(() => etcd.put('n', '1').catch(() => 0), { interval: 10 }).toBeGreaterThan(0);
    await expect.poll(() => states.at(-1), { interval: 10 }).toBe('live');
  });
});
