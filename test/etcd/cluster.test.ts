/** Faults of the members of etcd, as requests, leases and locks see them. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient, type KeptState } from '../../src/etcd/index.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../support/etcd.js';
import { leaderMoved, roomMade } from '../support/etcd-requests.js';
import { readWatch } from '../support/etcd-watch.js';
import { excused } from '../support/needs.js';

const QUICK = { idleMs: 300, connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 200 } };

async function etcdFor(count: number, args: readonly string[] = []): Promise<EtcdCluster> {
  const cluster = await startEtcd(count, { args });
  onTestFinished(() => cluster.close());
  return cluster;
}

function clientOf(endpoints: readonly string[]): EtcdClient {
  const etcd = new EtcdClient({ endpoints: [...endpoints], ...QUICK });
  onTestFinished(() => etcd.close());
  return etcd;
}

describe('a cluster of etcd', excused(etcdMissing()), () => {
  it('its leader moved: requests, watches, leases and locks stay', async () => {
    const { endpoints } = await etcdFor(3);
    const etcd = clientOf(endpoints);
    const reader = readWatch(etcd.watch('n', { fromRevision: 1 }));
    const lock = await etcd.lock('lock', { ttlSeconds: 10 });
    const members = await Promise.all(endpoints.map((endpoint) => clientOf([endpoint]).status()));
    for (let i = 0; i < 3; i++) {
      const { leader } = await etcd.status();
      const from = members.find(({ memberId }) => memberId === leader);
      const to = members.find(({ memberId }) => memberId !== leader);
      await leaderMoved(from?.endpoint ?? '', to?.memberId ?? 0n);
      // A write may meet the moment in which there is no leader.
      await expect.poll(() => etcd.put('n', `${i}`).catch(() => 0), { interval: 10 }).toBeGreaterThan(0);
    }
    await reader.knows('n', '2');
    expect(new Set(reader.changes)).toEqual(new Set(['n=0', 'n=1', 'n=2']));
    expect(lock.signal.aborted).toBe(false);
    expect((await etcd.transact({ compare: [lock.fence] })).succeeded).toBe(true);
  });

  it('the member of a client killed: its lock and its kept keys stay on their leases', async () => {
    const { members, endpoints } = await etcdFor(3);
    const etcd = clientOf(endpoints);
    const lock = await etcd.lock('lock', { ttlSeconds: 20 });
    const states: KeptState[] = [];
    const keys = etcd.keep({ ttlSeconds: 20, onState: (state) => states.push(state) });
    keys.set('kept', '1');
    await keys.settled();
    const { endpoint } = await etcd.status();
    await members.find(({ url }) => url === endpoint)?.kill();
    keys.set('kept', '2');
    await keys.settled();
    expect((await etcd.get('kept'))?.value.toString()).toBe('2');
    expect((await etcd.status()).endpoint).not.toBe(endpoint);
    expect(new Set(states.flatMap((state) => (state.state === 'kept' ? [state.lease] : []))).size).toBe(1);
    await lock.announce('still here');
  });

  it('more than half of the members killed: a write says that it was not carried out, or that nobody knows', async () => {
    const { members, endpoints } = await etcdFor(3);
    const etcd = clientOf(endpoints);
    await etcd.put('n', '0');
    await members[0].kill();
    await members[1].kill();
    const error = await etcd.put('n', '1', { timeoutMs: 2000 }).catch((thrown) => thrown);
    expect(error.name).toBe('EtcdUnavailableError');
    expect(error.outcome).toMatch(/^(not-sent|unknown)$/);
    await members[0].start();
    await expect.poll(() => etcd.put('n', '2').catch(() => 0), { interval: 10 }).toBeGreaterThan(0);
  });

  it('its disk full: writes are refused as such, reads and watches go on, and kept keys follow when there is room', async () => {
    const { endpoints } = await etcdFor(1, ['--quota-backend-bytes=3000000']);
    const etcd = clientOf(endpoints);
    const states: string[] = [];
    const keys = etcd.keep({ ttlSeconds: 60, onState: ({ state }) => states.push(state) });
    keys.set('kept', '1');
    await keys.settled();
    const fill = () =>
      etcd.put('large', Buffer.alloc(1_000_000)).then(
        () => 'written',
        ({ code }) => code,
      );
    await expect.poll(fill).toBe('ETCD_NO_SPACE');
    keys.set('kept', '2');
    await expect.poll(() => states, { interval: 10 }).toEqual(['kept', 'away']);
    const reader = readWatch(etcd.watch('kept'));
    await reader.knows('kept', '1');
    const error = await etcd.put('kept', '3').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_NO_SPACE', outcome: 'not-sent' });
    expect(error.message).toContain('compact and defragment it, then disarm its alarm');
    await etcd.delete('large');
    await roomMade(endpoints[0]);
    await reader.knows('kept', '2');
    await keys.settled();
    expect(states).toEqual(['kept', 'away', 'kept']);
  });

  it('a client that is closed: ends its leases and locks, and leaves no timer behind', async () => {
    const { endpoints } = await etcdFor(1);
    const etcd = clientOf(endpoints);
    const lease = await etcd.lease(60);
    const lock = await etcd.lock('lock');
    const waiting = etcd.lock('lock').catch((error) => error);
    await expect.poll(async () => (await etcd.list({ prefix: 'lock/' })).kvs.length).toBe(2);
    await etcd.close();
    expect([lease.isHeld, lock.signal.aborted]).toEqual([false, true]);
    expect(await waiting).toMatchObject({ code: 'ETCD_CLOSED' });
  });
});
