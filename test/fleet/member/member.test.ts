import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assignment, Group } from '../../../src/fleet/records.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { writeWish } from '../../../src/fleet/wishes.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../../support/etcd.js';
import { excused } from '../../support/needs.js';
import { FakeCarrier } from './fake-carrier.js';
import { eventually, FleetOnEtcd } from './world.js';

describe('a member of a fleet, on etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  beforeAll(async () => {
    cluster = await startEtcd();
  });
  afterAll(() => cluster?.close());

  const fleet = () => new FleetOnEtcd(cluster.endpoints);

  it('an assignment: is carried out once, and reported', async () => {
    const made = fleet();
    const { carrier } = made.member();
    await made.says({ agent: '1.2.3', vpp: '26.06', health: 'ok', drift: 0 });
    expect(await made.state()).not.toHaveProperty('generation');
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    expect(await made.report()).toMatchObject({ generation: 1, outcome: 'applied' });
    await made.assign('two', 2, { allowDeletions: 7 });
    await made.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two']);
    expect(carrier.orders[1]).toMatchObject({ allowDeletions: 7, mark: { generation: 2 } });
  });

  it('the agent restarted: an assignment that is in effect is not carried out again', async () => {
    const made = fleet();
    const first = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    const { instance } = first.member.status;
    await first.member.close();
    expect(await made.state()).toBeUndefined();
    const second = made.member({ carrier: first.carrier });
    await made.says({ generation: 1, outcome: 'applied', instance: second.member.status.instance });
    expect(second.member.status.instance).not.toBe(instance);
    expect(first.carrier.done).toEqual(['one']);
  });

  it('a lower generation: is obeyed', async () => {
    const made = fleet();
    const { carrier } = made.member();
    await made.assign('two', 2);
    await made.says({ generation: 2, outcome: 'applied' });
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    expect(carrier.done).toEqual(['two', 'one']);
  });

  it('an assignment with a time to confirm: is confirmed when the driver says so', async () => {
    const made = fleet();
    const { carrier } = made.member();
    await made.assign('one', 1, { confirmSeconds: 60 });
    await made.says({ generation: 1, outcome: 'applied' });
    expect(carrier.orders[0].confirmSeconds).toBe(60);
    await made.assign('one', 1, { confirmSeconds: 60, confirmed: true });
    await eventually(() => carrier.done).toEqual(['one', 'confirm']);
    expect(await made.state()).toMatchObject({ generation: 1, outcome: 'applied' });
  });

  it('one that is confirmed already: is carried out without a time to confirm', async () => {
    const made = fleet();
    await made.assign('one', 1, { confirmSeconds: 60, confirmed: true });
    const { carrier } = made.member();
    await made.says({ generation: 1, outcome: 'applied' });
    expect(carrier.orders[0]).not.toHaveProperty('confirmSeconds');
    expect(carrier.done).toEqual(['one']);
  });

  it('not confirmed in time: it is reported, and the same generation is not carried out again, also after a restart', async () => {
    const made = fleet();
    const { carrier, member } = made.member();
    await made.assign('one', 1, { confirmSeconds: 60 });
    await made.says({ generation: 1, outcome: 'applied' });
    carrier.expire();
    await made.says({ generation: 1, outcome: 'taken-back', reason: expect.stringContaining('not confirmed') });
    expect(await made.report()).toMatchObject({ generation: 1, outcome: 'taken-back' });
    await member.close();
    made.member({ carrier });
    await made.says({ generation: 1, outcome: 'taken-back' });
    await made.assign('one', 1, { confirmSeconds: 60, confirmed: true });
    await made.assign('two', 2);
    await made.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two']);
  });

  it('the assignment deleted: the wish from before the fleet takes its place', async () => {
    const made = fleet();
    const { carrier } = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    await made.unassign();
    await eventually(() => carrier.done).toEqual(['one', 'withdraw']);
    await eventually(async () => 'generation' in ((await made.state()) ?? {})).toBe(false);
  });

  it('an assignment of no wish: the one from before the fleet takes its place, whatever the groups say', async () => {
    const made = fleet();
    const { carrier } = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    const sha256 = await writeWish(made.driver as FleetStore, made.keys, 'of the group');
    const all: Group = { selector: {}, generation: 1, wishes: { main: sha256 } };
    await made.driver.put(made.keys.group('all'), JSON.stringify(all));
    const none: Assignment = { generation: 2, wishes: {}, confirmed: true };
    await made.driver.put(made.keys.assignment('a'), JSON.stringify(none));
    await made.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'withdraw']);
  });

  it('deleted while the agent was away: counts when it is back', async () => {
    const made = fleet();
    const { carrier, member } = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    await member.close();
    await made.unassign();
    made.member({ carrier });
    await eventually(() => carrier.done).toEqual(['one', 'withdraw']);
  });

  it('VPP away: waits, and is tried again', async () => {
    const made = fleet();
    const { carrier } = made.member();
    carrier.answers.push({ kind: 'later', reason: 'VPP is away', isAway: true });
    await made.assign('one', 1, { confirmSeconds: 5 });
    await made.says({ generation: 1, outcome: 'waiting', reason: 'VPP is away' });
    await made.says({ generation: 1, outcome: 'applied' });
    expect(carrier.done).toEqual(['one']);
  });

  it.each([
    ['that is no JSON', '{"generation": 1'],
    ['of another shape', '{"generation": 0, "wishes": {}}'],
    ['whose hash is none', '{"generation": 2, "wishes": {"main": "../../etc/passwd"}}'],
    ['that is huge', `{"generation": 2, "wishes": {}, "x": "${'x'.repeat(600_000)}"}`],
  ])('an assignment %s: is refused, and changes nothing', async (_, value) => {
    const made = fleet();
    const { carrier, member } = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    await made.driver.put(made.keys.assignment('a'), value);
    await made.says({ generation: 1, outcome: 'refused', reason: expect.stringContaining('is no assignment') });
    expect(member.status.ignored).toContain('is no assignment');
    await made.assign('two', 2);
    await made.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two']);
    expect(member.status.ignored).toBeUndefined();
  });

  it('a wish that is missing, or has the content of another hash: is refused', async () => {
    const made = fleet();
    const { carrier } = made.member();
    const sha256 = createHash('sha256').update('asked for').digest('hex');
    await made.driver.put(made.keys.assignment('a'), JSON.stringify({ generation: 1, wishes: { main: sha256 } }));
    await made.says({ generation: 1, outcome: 'refused', reason: expect.stringContaining('cannot be read') });
    const other = await writeWish(made.driver as FleetStore, made.keys, 'something else');
    const piece = await made.driver.get(made.keys.wishPiece(other, 0));
    await made.driver.put(made.keys.wishPiece(sha256, 0), piece?.value ?? '');
    await made.driver.put(made.keys.assignment('a'), JSON.stringify({ generation: 2, wishes: { main: sha256 } }));
    await made.says({ generation: 2, outcome: 'refused', reason: expect.stringContaining('cannot be read') });
    expect(carrier.done).toEqual([]);
  });

  it('a dataplane that the agent has not: is refused', async () => {
    const made = fleet();
    const { carrier } = made.member();
    const sha256 = await writeWish(made.driver as FleetStore, made.keys, 'one');
    const value = JSON.stringify({ generation: 1, wishes: { main: sha256, other: sha256 } });
    await made.driver.put(made.keys.assignment('a'), value);
    await made.says({ generation: 1, outcome: 'refused', reason: expect.stringContaining('no dataplane "other"') });
    expect(carrier.done).toEqual([]);
  });

  it('refused by the carrier: is tried again with the next assignment only', async () => {
    const made = fleet();
    const { carrier } = made.member();
    carrier.answers.push({ kind: 'refused', reason: 'would delete 30 objects' });
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'refused', reason: 'would delete 30 objects' });
    await made.assign('one', 1, { allowDeletions: true });
    await made.says({ generation: 1, outcome: 'applied' });
    expect(carrier.done).toEqual(['one']);
  });

  it('groups: without an assignment the wishes of those that fit, merged by name; with one they do not count', async () => {
    const made = fleet();
    const group = async (name: string, selector: Group['selector'], text: string, generation: number) => {
      const sha256 = await writeWish(made.driver as FleetStore, made.keys, text);
      const value: Group = { selector, generation, wishes: { main: sha256 } };
      await made.driver.put(made.keys.group(name), JSON.stringify(value));
    };
    await group('a', {}, 'loopbacks:\n  loop1: { mtu: 1400 }\n  loop2: {}\n', 4);
    await group('b', { role: 'edge' }, 'loopbacks:\n  loop1: { mtu: 1500 }\n', 5);
    await group('c', { role: 'core' }, 'loopbacks:\n  loop3: {}\n', 6);
    await made.driver.put(made.keys.group('d'), 'no group');
    await made.driver.put(made.keys.latest, '6');
    const { carrier, lines } = made.member({ labels: { role: 'edge' } });
    await made.says({ generation: 5, outcome: 'applied', labels: { role: 'edge' } });
    expect(carrier.done[0]).toContain('mtu: 1500');
    expect(carrier.done[0]).toContain('loop2');
    expect(carrier.done[0]).not.toContain('loop3');
    expect(lines.join()).toContain('is no group');
    await made.assign('own', 7);
    await made.says({ generation: 7, outcome: 'applied' });
    await made.unassign();
    await made.says({ generation: 5, outcome: 'applied' });
    expect(carrier.done).toHaveLength(3);
  });

  it('a wish of the host itself in its place: is reported, and stays until the next generation', async () => {
    const made = fleet();
    const { carrier, member } = made.member();
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    carrier.end = 'replaced';
    carrier.changed();
    await made.says({ generation: 1, outcome: 'incomplete', reason: expect.stringContaining('on this host') });
    await member.close();
    made.member({ carrier });
    await made.says({ generation: 1, outcome: 'incomplete' });
    await made.assign('two', 2);
    await made.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two']);
  });

  it('drift, and other news of the same outcome: are written now and then; a new outcome immediately', async () => {
    const made = fleet();
    const { carrier, member } = made.member({ pace: { sampleMs: 600_000 } });
    await made.assign('one', 1);
    await made.says({ generation: 1, outcome: 'applied' });
    const { states } = member.status.counts;
    carrier.drift = 3;
    carrier.changed();
    carrier.drift = 4;
    carrier.changed();
    expect(member.status).toMatchObject({ drift: 4, counts: { states } });
    carrier.state = 'incomplete';
    carrier.changed();
    await made.says({ outcome: 'incomplete', drift: 4 });
    expect(member.status.counts.states).toBe(states + 1);
  });

  it('a second agent with the same label: both notice, and notice its end', async () => {
    const made = fleet();
    const one = made.member();
    await made.says({ instance: one.member.status.instance });
    const two = made.member({ carrier: new FakeCarrier() });
    await eventually(() => one.member.status.rival?.instance).toBe(two.member.status.instance);
    await eventually(() => two.member.status.rival?.instance).toBe(one.member.status.instance);
    expect(one.lines.join()).toContain('with the label a: give each one its own');
    await two.member.close();
    await eventually(() => one.member.status.rival).toBeUndefined();
    await made.says({ instance: one.member.status.instance });
  });

  it('its state deleted by somebody: is there again', async () => {
    const made = fleet();
    const { member } = made.member();
    await made.says({ instance: member.status.instance });
    await made.driver.delete(made.keys.state('a'));
    await made.says({ instance: member.status.instance });
  });
});
