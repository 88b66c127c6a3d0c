import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient, type KeptState } from '../../../src/etcd/index.js';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { leaseRevoked } from '../../support/etcd-requests.js';
import { readWatch } from '../../support/etcd-watch.js';
import { excused } from '../../support/needs.js';

const QUICK = { connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 200 } };

describe('leases, on etcd', excused(etcdMissing()), () => {
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

  /** A client whose network can be cut. */
  async function remote() {
    const proxy = await cutProxy(cluster.endpoints[0]);
    const client = new EtcdClient({ endpoints: [proxy.url], ...QUICK });
    onTestFinished(async () => {
      proxy.cut();
      await client.close();
      await proxy.close();
    });
    return { proxy, client };
  }

  it('a lease: keeps its keys for longer than its time, until it is revoked', async () => {
    const lease = await etcd.lease(2);
    const revision = await etcd.put('lease/kept', '1', { lease: lease.id });
    const reader = readWatch(etcd.watch('lease/kept', { fromRevision: revision }));
    await reader.knows('lease/kept', '1');
    const granted = performance.now();
    // Renewed at least once after the whole of its time.
    await expect.poll(() => performance.now() - granted, { interval: 100 }).toBeGreaterThan(3000);
    expect(lease.isHeld).toBe(true);
    expect((await etcd.get('lease/kept'))?.lease).toBe(lease.id);
    await lease.revoke();
    expect(lease.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
    await reader.knows('lease/kept', undefined);
    expect(reader.changes).toEqual(['lease/kept=1', 'lease/kept!']);
  });

  it('a lease that is not renewed: is lost here by its own clock, with the reason', async () => {
    const { client, proxy } = await remote();
    const lease = await client.lease(2);
    await etcd.put('lease/lost', '1', { lease: lease.id });
    proxy.cut();
    await expect.poll(() => lease.isHeld, { interval: 10 }).toBe(false);
    expect(lease.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
    expect(lease.signal.reason.message).toContain('of 2 s is lost');
    await expect.poll(() => etcd.get('lease/lost')).toBeUndefined();
  });

  it('a lease that somebody revoked: is lost with the next renewal', async () => {
    const lease = await etcd.lease(1);
    await leaseRevoked(cluster.endpoints, lease.id);
    await expect.poll(() => lease.isHeld, { interval: 10 }).toBe(false);
    expect(lease.signal.reason.cause).toMatchObject({ code: 'ETCD_NO_LEASE' });
  });

  it('a key on a lease that there is not: is refused', async () => {
    await expect(etcd.put('lease/none', '1', { lease: 77n })).rejects.toMatchObject({ code: 'ETCD_NO_LEASE' });
  });

  it('kept keys: are there, follow their values, and go with their program', async () => {
    const reader = readWatch(etcd.watch({ prefix: 'kept/one/' }));
    const keys = etcd.keep({ ttlSeconds: 30 });
    keys.set('kept/one/a', '1');
    keys.set('kept/one/b', '1');
    await keys.settled();
    await reader.knows('kept/one/b', '1');
    // In one transaction.
    const { kvs } = await etcd.list({ prefix: 'kept/one/' });
    expect(new Set(kvs.map(({ modRevision }) => modRevision)).size).toBe(1);
    keys.set('kept/one/a', '2');
    keys.delete('kept/one/b');
    await keys.settled();
    await reader.knows('kept/one/b', undefined);
    await reader.knows('kept/one/a', '2');
    await keys.close();
    await reader.knows('kept/one/a', undefined);
  });

  it('kept keys that stay: are written with the others, and are there when their program has ended', async () => {
    const keys = etcd.keep({ ttlSeconds: 30 });
    keys.set('kept/stay/a', '1');
    keys.set('kept/stay/b', '1', { stays: true });
    await keys.settled();
    const [a, b] = (await etcd.list({ prefix: 'kept/stay/' })).kvs;
    expect(a.modRevision).toBe(b.modRevision);
    expect(b.lease).toBe(0n);
    await keys.close();
    expect((await etcd.list({ prefix: 'kept/stay/' })).kvs.map(({ key }) => key)).toEqual(['kept/stay/b']);
  });

  it('kept keys, their lease lost: hang on another as soon as etcd is back, with their latest values', async () => {
    const { client, proxy } = await remote();
    const states: KeptState[] = [];
    const keys = client.keep({ ttlSeconds: 1, onState: (state) => states.push(state) });
    keys.set('kept/two', '1');
    await keys.settled();
    const reader = readWatch(etcd.watch('kept/two'));
    await reader.knows('kept/two', '1');
    proxy.cut();
    await reader.knows('kept/two', undefined);
    expect(states.map(({ state }) => state)).toEqual(['kept', 'away']);
    keys.set('kept/two', '2');
    keys.set('kept/two', '3');
    proxy.mend();
    await reader.knows('kept/two', '3');
    await keys.settled();
    expect(reader.changes).toEqual(['kept/two!', 'kept/two=3']);
    const [first, , last] = states;
    expect(last).toMatchObject({ state: 'kept' });
    expect(last).not.toEqual(first);
  });

  it('kept keys, etcd restarted within their time: stay on their lease', async () => {
    const own = await startEtcd();
    const client = new EtcdClient({ endpoints: [...own.endpoints], ...QUICK });
    onTestFinished(async () => {
      await client.close();
      await own.close();
    });
    const states: KeptState[] = [];
    const keys = client.keep({ ttlSeconds: 60, onState: (state) => states.push(state) });
    keys.set('kept/three', '1');
    await keys.settled();
    await own.members[0].kill();
    await own.members[0].start();
    keys.set('kept/three', '2');
    await keys.settled();
    expect((await client.get('kept/three'))?.value.toString()).toBe('2');
    expect(
      new Set(states.filter(({ state }) => state === 'kept').map((state) => 'lease' in state && state.lease)).size,
    ).toBe(1);
  });

  it('kept keys, the whole of etcd lost: are put into the new one', async () => {
    const own = await startEtcd();
    const client = new EtcdClient({ endpoints: [...own.endpoints], ...QUICK });
    onTestFinished(async () => {
      await client.close();
      await own.close();
    });
    const keys = client.keep({ ttlSeconds: 2 });
    keys.set('kept/four', '1');
    await keys.settled();
    await own.members[0].kill();
    own.members[0].forget();
    await own.members[0].start();
    await expect.poll(async () => (await client.get('kept/four'))?.value.toString()).toBe('1');
  });
});
