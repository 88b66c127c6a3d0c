import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient, type Lock } from '../../../src/etcd/index.js';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { leaseRevoked } from '../../support/etcd-requests.js';
import { excused } from '../../support/needs.js';

const QUICK = { connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 200 } };

describe('locks, on etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  let etcd: EtcdClient;
  beforeAll(async () => {
    cluster = await startEtcd();
    etcd = new EtcdClient({ endpoints: [...cluster.endpoints], ...QUICK });
  });
  afterAll(async () => {
    await etcd?.close();
    await cluster?.close();
  });

  /** Resolves when `count` keys stand in the queue of the lock. */
  const waiting = (name: string, count: number) =>
    expect.poll(async () => (await etcd.list({ prefix: `${name}/` })).kvs.length, { interval: 10 }).toBe(count);

  it('several who want it: have it one at a time, in the order that they asked in', async () => {
    const order: number[] = [];
    let holders = 0;
    const work = async (lock: Lock, i: number) => {
      expect(++holders).toBe(1);
      order.push(i);
      await etcd.put('lock/order', `${i}`);
      holders--;
      await lock.release();
    };
    const first = await etcd.lock('lock/a');
    const others: Promise<void>[] = [];
    for (let i = 1; i <= 5; i++) {
      others.push(etcd.lock('lock/a').then((lock) => work(lock, i)));
      await waiting('lock/a', i + 1);
    }
    await first.release();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3, 4, 5]);
    await waiting('lock/a', 0);
  });

  it('its holder dies: the next one has it when the lease has ended, and the dead one is fenced off', async () => {
    const proxy = await cutProxy(cluster.endpoints[0]);
    const dying = new EtcdClient({ endpoints: [proxy.url], ...QUICK });
    onTestFinished(async () => {
      await dying.close();
      await proxy.close();
    });
    const lost = await dying.lock('lock/b', { ttlSeconds: 1 });
    const next = etcd.lock('lock/b');
    await waiting('lock/b', 2);
    proxy.cut();
    const held = await next;
    expect(lost.signal.aborted).toBe(true);
    expect(held.revision).toBeGreaterThan(lost.revision);
    proxy.mend();
    const late = { compare: [lost.fence], success: [{ put: 'lock/written', value: 'late' }] };
    expect((await dying.transact(late)).succeeded).toBe(false);
    expect((await etcd.transact({ ...late, compare: [held.fence] })).succeeded).toBe(true);
    await expect(lost.announce('still here')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await held.release();
  });

  it('one that waits and gives up: leaves the queue to the others', async () => {
    const first = await etcd.lock('lock/c');
    const caller = new AbortController();
    const second = etcd.lock('lock/c', { signal: caller.signal });
    await waiting('lock/c', 2);
    const third = etcd.lock('lock/c');
    await waiting('lock/c', 3);
    caller.abort();
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
    await waiting('lock/c', 2);
    await first.release();
    await (await third).release();
  });

  it('one that waits and loses its lease: asks again, behind the others', async () => {
    const first = await etcd.lock('lock/d');
    const second = etcd.lock('lock/d', { ttlSeconds: 1 });
    await waiting('lock/d', 2);
    const { kvs } = await etcd.list({ prefix: 'lock/d/' });
    const { lease, key } = kvs.find((kv) => kv.key !== first.key) ?? { lease: 0n, key: '' };
    await leaseRevoked(cluster.endpoints, lease);
    const others = async () =>
      (await etcd.list({ prefix: 'lock/d/' })).kvs.filter((kv) => ![first.key, key].includes(kv.key));
    await expect.poll(others, { interval: 10 }).toHaveLength(1);
    await first.release();
    const held = await second;
    expect(held.key).not.toBe(key);
    await held.release();
  });

  it('who holds it: is told at once, and whenever that changes', async () => {
    const holders = etcd.watchHolder('lock/e');
    const next = async () => (await holders.next()).value?.value.toString();
    expect(await next()).toBeUndefined();
    const first = await etcd.lock('lock/e', { value: 'one' });
    expect(await next()).toBe('one');
    const second = etcd.lock('lock/e', { value: 'two' });
    await waiting('lock/e', 2);
    await first.announce('one, at work');
    expect(await next()).toBe('one, at work');
    await first.release();
    expect(await next()).toBe('two');
    await (await second).release();
    expect(await next()).toBeUndefined();
    await holders.return(undefined);
  });
});
