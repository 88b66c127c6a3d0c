import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EtcdClient } from '../../../src/etcd/index.js';
import { openFolderStore } from '../../../src/fleet/index.js';
import { wishApply, wishStatus } from '../../../src/plugins/desired-state/declarations.js';
import * as op from '../../../src/plugins/etcd/declarations.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { enableAuth } from '../../support/etcd-requests.js';
import { excused } from '../../support/needs.js';
import { temporaryFolder } from '../desired-state/support.js';
import { driverOf, etcdDriver, fleetAgent, keys } from './support.js';

const ONE = 'loopbacks:\n  loop1: {}\n';
const TWO = 'loopbacks:\n  loop1: {}\n  loop2: {}\n';

const reason = ({ part }: Pick<Awaited<ReturnType<typeof fleetAgent>>, 'part'>) =>
  expect.poll(() => `${part()?.state}: ${part()?.reason}`, { interval: 20 });

describe('the plugin etcd, off', () => {
  it('says how it is switched on, and its operations say so too', async () => {
    const made = await fleetAgent();
    expect(made.part()).toMatchObject({ state: 'ok', reason: expect.stringContaining('off: set endpoints (or dir)') });
    const { client } = made;
    expect(await client.call(op.fleetStatus, {})).toEqual({ on: false, reason: expect.stringContaining('off: set') });
    await expect(client.call(op.fleetAgents, {})).rejects.toMatchObject({ code: 'ENOTSUP' });
    await expect(client.call(op.fleetConfirm, {})).rejects.toMatchObject({ code: 'ENOTSUP' });
  });

  it.each([
    [{ endpoints: ['127.0.0.1:1'], dir: '/tmp' }, 'exclude each other'],
    [{ prefix: 'a//b' }, 'a prefix consists of names'],
    [{ label: 'no label' }, 'must be letters, digits'],
    [{ ttl: '1s' }, 'must be between 2s and 10m'],
  ])('%j: is a mistake', async (conf, text) => {
    await expect(fleetAgent({ conf })).rejects.toThrow(text);
  });
});

describe('the plugin etcd, in a folder', () => {
  it('carries wishes out, reports them, and leaves', async () => {
    const dir = temporaryFolder();
    const store = await openFolderStore(dir);
    onTestFinished(() => store.close());
    const driver = driverOf(store);
    const made = await fleetAgent({ conf: { dir, labels: { role: 'edge' } } });
    await driver.assign(ONE, 1);
    await driver.says({ generation: 1, outcome: 'applied', labels: { role: 'edge' }, vpp: expect.any(String) });
    expect(await made.loopbacks()).toEqual(['loop1']);
    await made.agent.close();
    await driver.says(undefined);
  });

  it('a roll-out that it cannot drive: degraded until it can, and not logged with each attempt', async () => {
    const dir = temporaryFolder();
    const store = await openFolderStore(dir);
    onTestFinished(() => store.close());
    const put = (key: string, value: string) => store.transact({ success: [{ put: key, value }] });
    await put(keys.rollout(1), 'no state');
    await put(keys.latest, '1');
    const made = await fleetAgent({ conf: { dir, drive: true } });
    await reason(made).toContain(`degraded: the roll-out does not get on: ${keys.rollout(1)} holds what`);
    // Its lock is given back and taken again at each attempt.
    const attempts = new Set<string>();
    for await (const item of store.watch({ prefix: `${keys.driver}/` })) {
      for (const { key } of item.kind === 'snapshot' ? item.kvs : item.changes) attempts.add(key);
      if (attempts.size === 3) break;
    }
    expect(made.part()?.state).toBe('degraded');
    // By the plugin, and by the status board as it becomes degraded.
    expect(made.text().match(/does not get on/g)?.length).toBeLessThanOrEqual(2);
    expect(made.text()).not.toContain('this agent drives');
    await put(keys.rollout(1), JSON.stringify({ state: 'done', wave: 0, since: new Date().toISOString() }));
    await reason(made).toContain('ok: a: the fleet has no wish for this agent');
    expect(made.text()).toContain('this agent drives roll-outs from now on');
  });

  it('etcd.conf changed: the agent becomes a member, and leaves', async () => {
    const dir = temporaryFolder();
    const store = await openFolderStore(dir);
    onTestFinished(() => store.close());
    const driver = driverOf(store);
    await driver.assign(ONE, 1);
    const made = await fleetAgent();
    const write = (conf: object) =>
      writeFileSync(join(made.configDir, 'etcd.conf'), JSON.stringify(conf), { mode: 0o600 });
    write({ label: 'a', jitter: '0s', dir });
    made.agent.reload();
    await driver.says({ generation: 1, outcome: 'applied' });
    await reason(made).toBe('ok: a: generation 1 is applied');
    expect(made.agent.status.status.details).toMatchObject({ fleet: { label: 'a' } });
    write({ label: 'a' });
    made.agent.reload();
    await driver.says(undefined);
    await reason(made).toContain('off: set');
    // The wish of the fleet stays.
    expect(await made.loopbacks()).toEqual(['loop1']);
  });
});

describe('the plugin etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  beforeAll(async () => {
    cluster = await startEtcd();
  });
  afterAll(() => cluster?.close());

  const world = async (options: Parameters<typeof fleetAgent>[0] = {}) => {
    const endpoints = [...cluster.endpoints];
    const driver = etcdDriver(endpoints);
    await driver.store.transact({ success: [{ delete: { prefix: keys.prefix } }] });
    const conf = { endpoints, ...options.conf };
    return { driver, made: await fleetAgent({ ...options, conf }), conf };
  };

  it('an assignment deleted: VPP is as it was before the fleet', async () => {
    const { driver, made } = await world();
    await driver.assign(TWO, 4);
    await driver.says({ generation: 4, outcome: 'applied' });
    expect(await made.loopbacks()).toEqual(['loop1', 'loop2']);
    await driver.store.transact({ success: [{ delete: keys.assignment('a') }] });
    await reason(made).toBe('ok: a: the fleet has no wish for this agent');
    await expect.poll(made.loopbacks).toEqual([]);
  });

  it('a wish with a mistake, and one that deletes too much: refused, with the reason', async () => {
    const { driver, made } = await world();
    await driver.assign(TWO, 1);
    await driver.says({ generation: 1, outcome: 'applied' });
    await driver.assign('loopbacks:\n  loop1: { mtu: many }\n', 2);
    await driver.says({ generation: 2, outcome: 'refused', reason: expect.stringMatching(/line 2:.*mtu/) });
    await reason(made).toContain('degraded: generation 2 is refused: the wish has mistakes: line 2');
    await driver.assign(ONE, 3, { allowDeletions: 0 });
    await driver.says({ generation: 3, outcome: 'refused', reason: expect.stringContaining('would delete') });
    expect(await made.loopbacks()).toEqual(['loop1', 'loop2']);
    await driver.assign(ONE, 3, { allowDeletions: 5 });
    await driver.says({ generation: 3, outcome: 'applied' });
    expect(await made.loopbacks()).toEqual(['loop1']);
  });

  it('the agent restarted: nothing is carried out anew', async () => {
    const { driver, made, conf } = await world();
    await driver.assign(ONE, 1);
    await driver.says({ generation: 1, outcome: 'applied' });
    await made.agent.close();
    await driver.says(undefined);
    const again = await fleetAgent({ ...made, conf });
    await driver.says({ generation: 1, outcome: 'applied' });
    expect(again.text()).not.toContain('is carried out');
    expect(again.text()).not.toContain('changes');
  });

  it('restarted before the wish was confirmed: it is taken back, reported, and not carried out again', async () => {
    const { driver, made, conf } = await world();
    await driver.assign(ONE, 1);
    await driver.says({ generation: 1, outcome: 'applied' });
    await driver.assign(TWO, 2, { confirmSeconds: 600 });
    await driver.says({ generation: 2, outcome: 'applied' });
    await made.agent.close();
    await driver.says(undefined);
    const again = await fleetAgent({ ...made, conf });
    await driver.says({ generation: 2, outcome: 'taken-back' });
    await reason(again).toContain('degraded: generation 2 was taken back');
    await expect.poll(again.loopbacks).toEqual(['loop1']);
    await driver.assign(TWO, 3, { confirmSeconds: 600 });
    await driver.says({ generation: 3, outcome: 'applied' });
    await driver.assign(TWO, 3, { confirmSeconds: 600, confirmed: true });
    await expect.poll(() => again.client.call(wishStatus, {})).not.toHaveProperty('unconfirmed');
    await again.agent.close();
    await driver.says(undefined);
    const third = await fleetAgent({ ...made, conf });
    await driver.says({ generation: 3, outcome: 'applied' });
    expect(await third.loopbacks()).toEqual(['loop1', 'loop2']);
  });

  it('VPP away: waits, with or without a time to confirm, and carries it out when it comes', async () => {
    const { driver, made } = await world();
    await driver.says({ health: 'ok' });
    await made.mock.stop();
    await driver.says({ health: 'error' });
    await driver.assign(ONE, 1, { confirmSeconds: 600 });
    await driver.says({ generation: 1, outcome: 'waiting', reason: expect.stringContaining('away') });
    await made.mock.restart();
    await driver.says({ generation: 1, outcome: 'applied' });
    await made.mock.stop();
    await driver.assign(TWO, 2);
    await driver.says({ generation: 2, outcome: 'waiting' });
    await made.mock.restart();
    await driver.says({ generation: 2, outcome: 'applied' });
    expect(await made.loopbacks()).toEqual(['loop1', 'loop2']);
  });

  it('a wish applied on the host: is reported, and stays', async () => {
    const { driver, made } = await world();
    await driver.assign(ONE, 1);
    await driver.says({ generation: 1, outcome: 'applied' });
    await made.client.call(wishApply, { text: TWO });
    await driver.says({ generation: 1, outcome: 'incomplete', reason: 'another wish was applied on this host since' });
    expect(await made.loopbacks()).toEqual(['loop1', 'loop2']);
  });

  it('a second agent with its label: both are degraded', async () => {
    const { driver, made, conf } = await world();
    await driver.says({ health: 'ok' });
    const other = await fleetAgent({ conf });
    for (const each of [made, other]) await reason(each).toContain('degraded: another agent has the label a too');
  });

  it('etcd that is gone: degraded with the reason, and VPP is left as it is', async () => {
    const own = await startEtcd();
    onTestFinished(() => own.close());
    const driver = etcdDriver(own.endpoints);
    await driver.assign(ONE, 1);
    const made = await fleetAgent({ conf: { endpoints: own.endpoints } });
    await driver.says({ generation: 1, outcome: 'applied' });
    await own.members[0].kill();
    await reason(made).toMatch(/^degraded: etcd is away since .*, and VPP is left as it is: /);
    expect(await made.loopbacks()).toEqual(['loop1']);
    const { own: part, fleetReason } = await made.client.call(op.fleetStatus, {});
    expect(part).toMatchObject({ store: 'away', generation: 1, outcome: 'applied' });
    expect(fleetReason).toContain('cannot be reached');
    await own.members[0].start();
    await reason(made).toBe('ok: a: generation 1 is applied');
  });

  it('a user that etcd does not let in: degraded with the reason', async () => {
    const own = await startEtcd();
    onTestFinished(() => own.close());
    await enableAuth({ endpoints: [...own.endpoints] }, 'root-secret', [
      { name: 'b', password: 'secret-of-b', reads: [keys.groups, keys.wishes, keys.latest], writes: [keys.agent('b')] },
    ]);
    const conf = { endpoints: own.endpoints, user: 'b', password: 'secret-of-b' };
    const stranger = await fleetAgent({ conf: { ...conf, label: 'a' } });
    await reason(stranger).toMatch(/^degraded: etcd refuses this agent, and VPP is left as it is: .*permission denied/);
    const member = await fleetAgent({ conf: { ...conf, label: 'b' } });
    await reason(member).toBe('ok: b: the fleet has no wish for this agent');
    const root = new EtcdClient({ endpoints: [...own.endpoints], user: 'root', password: 'root-secret' });
    onTestFinished(() => root.close());
    expect((await root.get(keys.state('b')))?.value.toString()).toContain('"health"');
    expect(stranger.text()).not.toContain('secret-of-b');
    // It may not read the others.
    expect(await member.client.call(op.fleetStatus, {})).toMatchObject({
      ...{ on: true, own: { label: 'b', store: 'there' }, fleetReason: expect.stringContaining('permission denied') },
    });
    await expect(member.client.call(op.fleetAgents, {})).rejects.toMatchObject({ code: 'EPERM' });
  });
});
