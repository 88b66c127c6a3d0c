/** Drivers on a real etcd, with agents that are simulated. */

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import type { PlannedAgent } from '../../../src/fleet/records.js';
import { ask } from '../../../src/fleet/rollout/ask.js';
import { begin, type GivenPlan } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import type { DriverEvent, DriverOptions } from '../../../src/fleet/rollout/driver-options.js';
import { fleetStatus, holderOf } from '../../../src/fleet/rollout/fleet-status.js';
import { history } from '../../../src/fleet/rollout/history.js';
import { readNewest } from '../../../src/fleet/rollout/read-records.js';
import { etcdStore } from '../../../src/fleet/store/etcd.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { BAD, GOOD, OLD, TestMember } from '../../support/fleet-members.js';
import { excused } from '../../support/needs.js';

const QUICK = { connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 200 } };
const PLAN: GivenPlan = {
  ...{ at: new Date().toISOString(), by: 'tests', pauseOnFailure: true, allowAway: false, waveSeconds: 60 },
  ...{ groups: {}, droppedGroups: [] },
};

describe('drivers, on etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  let store: FleetStore;
  let fleets = 0;
  let keys: FleetKeys;

  beforeAll(async () => {
    cluster = await startEtcd();
    store = etcdStore({ endpoints: [...cluster.endpoints], ...QUICK });
  });
  afterAll(async () => {
    await store?.close();
    await cluster?.close();
  });

  const fresh = () => {
    keys = new FleetKeys(`/fleet${++fleets}`);
    return keys;
  };
  const member = (label: string, options: Partial<ConstructorParameters<typeof TestMember>[0]> = {}) => {
    const one = new TestMember({ store, keys, label, ...options });
    onTestFinished(() => one.end());
    return one;
  };
  const drive = (name: string, options: Partial<DriverOptions> = {}) => {
    const ending = new AbortController();
    const events: DriverEvent[] = [];
    const driver = new Driver({ store, keys, name, onEvent: (event) => events.push(event), ...options });
    const over = driver.run(ending.signal);
    const end = async () => {
      ending.abort();
      await over;
    };
    onTestFinished(end);
    return { over, end, events };
  };
  const plan = (waves: readonly (readonly string[])[], sha = GOOD, own: Partial<PlannedAgent> = {}): PlannedAgent[] =>
    waves.flatMap((labels, at) => labels.map((label) => ({ label, wave: at + 1, wishes: { main: sha }, ...own })));
  const roll = (agents: readonly PlannedAgent[], own: Partial<GivenPlan> = {}) =>
    begin(store, keys, async () => ({ plan: { ...PLAN, at: new Date().toISOString(), ...own }, agents }));
  const state = async () => (await readNewest(store, keys))?.state;
  const reaches = (wanted: string) => expect.poll(async () => (await state())?.state, { timeout: 20_000 }).toBe(wanted);
  /** Agents of a fleet, and a first generation that all of them have. */
  const fleetOf = async (...labels: readonly string[]) => {
    fresh();
    const members = new Map(labels.map((label) => [label, member(label)]));
    await roll(plan([labels], OLD));
    await drive('first', { until: 1 }).over;
    return members;
  };

  it('a roll-out: goes through its waves, and the groups are there when it is done', async () => {
    const members = await fleetOf('a', 'b', 'c');
    const groups = { edge: { selector: { role: 'edge' }, wishes: { main: GOOD } } };
    await roll(plan([['a'], ['b', 'c']]), { groups });
    const { over, events } = drive('second', { until: 2 });
    await over;
    const waves = events.flatMap((event) =>
      event.kind === 'state' ? [`${event.state.state} ${event.state.wave}`] : [],
    );
    expect(waves).toEqual(['running 1', 'running 2', 'done 2']);
    for (const one of members.values()) expect(one.taken).toEqual([undefined, 1, 2]);
    expect(JSON.parse(String((await store.get(keys.group('edge')))?.value))).toEqual({ ...groups.edge, generation: 2 });
    expect(await fleetStatus(store, keys)).toMatchObject({
      rollout: { plan: { generation: 2, by: 'tests' }, state: { state: 'done', driver: 'second' } },
      counts: { applied: 3 },
      agents: [{ label: 'a', standing: 'applied', generation: 2 }, { label: 'b' }, { label: 'c' }],
    });
    expect(await history(store, keys)).toMatchObject([
      { plan: { generation: 2 }, state: { state: 'done' } },
      { plan: { generation: 1 }, state: { state: 'done' } },
    ]);
  });

  it('a bad wish in wave 2, and its driver cut off from etcd: another one takes back all that were touched', async () => {
    const members = await fleetOf('a', 'b', 'c', 'd');
    const proxy = await cutProxy(cluster.endpoints[0]);
    const cut = etcdStore({ endpoints: [proxy.url], ...QUICK });
    onTestFinished(async () => {
      await cut.close();
      await proxy.close();
    });
    const before = { generation: 1, wishes: { main: OLD } };
    await roll([
      ...plan([['a', 'b']], GOOD, { before }),
      ...plan([['c']], BAD, { before }).map((each) => ({ ...each, wave: 2 })),
      ...plan([['d']], GOOD, { before }).map((each) => ({ ...each, wave: 3 })),
    ]);
    const first = drive('cut off', {
      store: cut,
      ttlSeconds: 1,
      onEvent: (event) => {
        // Wave 2 is begun, and this driver hears of nothing any more.
        if (event.kind === 'state' && event.state.wave === 2) proxy.cut();
      },
    });
    await expect.poll(async () => (await state())?.wave, { interval: 5 }).toBe(2);
    const second = drive('another', { until: 2 });
    await second.over;
    expect(await state()).toMatchObject({ state: 'taken-back', wave: 2, driver: 'another' });
    expect((await state())?.reason).toBe('wave 2 of 3: 1 of 1 agent: c (refused)');
    expect(members.get('a')?.taken).toEqual([undefined, 1, 2, 1]);
    expect(members.get('c')?.taken).toEqual([undefined, 1, 2, 1]);
    expect(members.get('d')?.taken).toEqual([undefined, 1]);
    expect((await history(store, keys))[0]).toMatchObject({ state: { state: 'taken-back' } });
    await first.end();
  });

  it('a driver that waits for its network: writes nothing when it is back and another one drives', async () => {
    await fleetOf('a');
    const proxy = await cutProxy(cluster.endpoints[0]);
    const cut = etcdStore({ endpoints: [proxy.url], ...QUICK });
    onTestFinished(async () => {
      await cut.close();
      await proxy.close();
    });
    await roll(plan([['a']]), { confirmSeconds: 600 });
    const first = drive('slow', { store: cut, ttlSeconds: 1 });
    await reaches('confirming');
    proxy.swallow();
    const second = drive('quick', { until: 2 });
    await expect.poll(() => holderOf(store, keys)).toBe('quick');
    proxy.mend();
    await ask(store, keys, 'confirm');
    await second.over;
    expect(await state()).toMatchObject({ state: 'done', driver: 'quick' });
    expect(first.events.filter(({ kind }) => kind === 'state')).not.toContainEqual(
      expect.objectContaining({ state: expect.objectContaining({ state: 'done' }) }),
    );
  });

  it('a second roll-out while one is under way: is refused, and says whose that is', async () => {
    await fleetOf('a');
    await roll(plan([['a']]), { by: 'root at edge1' });
    await expect(roll(plan([['a']]))).rejects.toMatchObject({
      code: 'UNDER_WAY',
      message: expect.stringMatching(
        /^generation 2 is under way \(wave 0 of 1\), asked for by root at edge1, nobody drives it yet/,
      ),
    });
  });

  it('several that begin at the same moment: one of them does, with its own agents', async () => {
    await fleetOf('a', 'b');
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, at) => roll(plan([[`x${at}`, `y${at}`]]), { by: `person ${at}` })),
    );
    const begun = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(begun).toHaveLength(1);
    const by = (await readNewest(store, keys))?.plan.by as string;
    expect(begun[0]).toMatchObject({ generation: 2, by });
    const part = JSON.parse(String((await store.get(keys.planAgents(2, 0)))?.value));
    expect(part.map(({ label }: PlannedAgent) => label)).toEqual([`x${by.at(-1)}`, `y${by.at(-1)}`]);
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'UNDER_WAY' });
  });

  it('a person: pauses, goes on, confirms, and is refused what does not fit', async () => {
    await fleetOf('a', 'b');
    await expect(ask(store, keys, 'pause')).rejects.toThrow('generation 1 is done: it cannot be paused');
    await roll(plan([['a'], ['b']]), { confirmSeconds: 60 });
    await ask(store, keys, 'pause');
    const { over } = drive('one', { until: 2 });
    await reaches('paused');
    await ask(store, keys, 'go-on');
    await reaches('confirming');
    await ask(store, keys, 'confirm');
    await over;
    expect((await state())?.state).toBe('done');
  });

  it('agents that come late, and that are lost in the middle: within their wave’s time, and for good', async () => {
    await fleetOf('a', 'b');
    await roll(plan([['a', 'late'], ['b']]));
    const { over } = drive('one', { until: 2, lostAfterMs: 50 });
    await expect
      .poll(async () => (await fleetStatus(store, keys)).agents)
      .toContainEqual(expect.objectContaining({ label: 'late', standing: 'unseen' }));
    const late = member('late', { outcome: () => 'applying' });
    await expect.poll(() => late.taken.at(-1)).toBe(2);
    await expect.poll(async () => (await store.get(keys.report('late')))?.value.toString()).toContain('applying');
    await late.end();
    await over;
    expect(await state()).toMatchObject({ state: 'taken-back', wave: 1 });
    expect((await state())?.reason).toContain('late (was lost after it had begun)');
  });

  it('etcd dies in the middle, and comes back: the roll-out ends as if nothing had been', async () => {
    await fleetOf('a', 'b');
    await roll(plan([['a'], ['b']]), { confirmSeconds: 600 });
    const { over, events } = drive('one', { until: 2, ttlSeconds: 2 });
    await reaches('confirming');
    await cluster.members[0].kill();
    await expect.poll(() => events.at(-1)?.kind, { timeout: 20_000 }).toBe('left');
    await cluster.members[0].start();
    await ask(store, keys, 'confirm');
    await over;
    expect((await state())?.state).toBe('done');
  });

  it('generations beyond those that are kept: go, with the wishes that nobody names any more', async () => {
    const { dropOldGenerations } = await import('../../../src/fleet/rollout/drop-old.js');
    await fleetOf('a');
    const wish = (digit: string) => digit.repeat(64);
    for (const [at, digit] of ['1', '2', '3', '4'].entries()) {
      await store.transact({ success: [{ put: keys.wishPiece(wish(digit), 0), value: digit }] });
      const before = at === 0 ? {} : { before: { generation: at + 1, wishes: { main: wish(String(at)) } } };
      await roll(plan([['a']], wish(digit), before));
      await drive('one', { until: at + 2 }).over;
    }
    await dropOldGenerations(store, keys, { key: keys.latest, is: 'greater', mod: 0 }, 2);
    const { kvs } = await store.list({ prefix: `${keys.prefix}/` });
    const left = kvs.map(({ key }) => key.slice(keys.prefix.length));
    expect(left.filter((key) => key.startsWith('/wishes/')).map((key) => key[8])).toEqual(['2', '3', '4']);
    expect(left.filter((key) => key.endsWith('/plan'))).toEqual([
      '/generations/00000004/plan',
      '/generations/00000005/plan',
    ]);
  });
});
