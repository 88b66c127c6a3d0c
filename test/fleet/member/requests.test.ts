/** Requests that a fleet costs etcd, counted by etcd. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { writeWish } from '../../../src/fleet/wishes.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { etcdMetrics } from '../../support/etcd-metrics.js';
import { excused } from '../../support/needs.js';
import { FakeCarrier } from './fake-carrier.js';
import { eventually, FleetOnEtcd } from './world.js';

const AGENTS = 20;

describe('requests of agents without an assignment', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  beforeAll(async () => {
    cluster = await startEtcd();
  });
  afterAll(() => cluster?.close());

  it('at their start, when a group changes, and at their restart: few, and none of them for what is of others', async () => {
    const fleet = new FleetOnEtcd(cluster.endpoints);
    const { driver, keys } = fleet;
    const group = async (text: string, generation: number) => {
      const sha256 = await writeWish(driver as FleetStore, keys, text);
      const value = JSON.stringify({ selector: {}, generation, wishes: { main: sha256 } });
      await driver.transact({
        success: [
          { put: keys.group('all'), value },
          { put: keys.latest, value: `${generation}` },
        ],
      });
    };
    const carriers = Array.from({ length: AGENTS }, () => new FakeCarrier());
    const start = () => carriers.map((carrier, at) => fleet.member({ label: `a${at}`, carrier }));
    const all = async (generation: number) => {
      for (let at = 0; at < AGENTS; at++) await fleet.says({ generation, outcome: 'applied' }, `a${at}`);
    };
    // The test itself asks for the state of each until it is there.
    let own = 0;
    const { get } = driver;
    driver.get = (...given) => {
      own++;
      return get.apply(driver, given);
    };
    const requests = async () => (await etcdMetrics(cluster.endpoints[0])).requests - own;
    const during = async (work: () => Promise<unknown>) => {
      const before = await requests();
      await work();
      return ((await requests()) - before) / AGENTS;
    };
    await group('loopbacks:\n  loop1: {}\n', 1);
    let members: ReturnType<typeof start> = [];
    const started = await during(async () => {
      members = start();
      await all(1);
    });
    const changed = await during(async () => {
      await group('loopbacks:\n  loop2: {}\n', 2);
      await all(2);
    });
    for (const { member, store } of members) {
      await member.close();
      await store.close();
    }
    const restarted = await during(async () => {
      members = start();
      await all(2);
    });
    expect(carriers[0].done).toHaveLength(2);
    await eventually(() => members.every(({ member }) => member.status.outcome === 'applied')).toBe(true);
    expect(started).toBeLessThanOrEqual(9);
    expect(changed).toBeLessThanOrEqual(3);
    expect(restarted).toBeLessThanOrEqual(9);
  });
});
