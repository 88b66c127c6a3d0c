/** Members of a fleet in a folder: the same as on etcd, in short. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { Member } from '../../../src/fleet/member/index.js';
import type { AgentState } from '../../../src/fleet/records.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { writeWish } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';
import { eventually } from './world.js';

const keys = new FleetKeys();

async function folder() {
  const path = mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const open = async () => {
    const store = await openFolderStore(path);
    onTestFinished(() => store.close());
    return store;
  };
  const member = async (label: string, carrier = new FakeCarrier()) => {
    const store = await open();
    const made = new Member({
      ...{ store, keys, label, labels: {}, carrier, log: { info() {}, warn() {} }, pace: { jitterMs: 0 } },
      facts: () => ({ agent: '1.2.3', health: 'ok' }),
    });
    onTestFinished(() => made.close());
    made.start();
    return { member: made, carrier };
  };
  const driver = await open();
  const state = async (label: string): Promise<AgentState | undefined> => {
    const kv = await driver.get(keys.state(label));
    return kv && JSON.parse(kv.value.toString());
  };
  const assign = async (label: string, text: string, generation: number) => {
    const sha256 = await writeWish(driver, keys, text);
    const value = JSON.stringify({ generation, wishes: { main: sha256 } });
    await driver.transact({
      success: [
        { put: keys.assignment(label), value },
        { put: keys.latest, value: String(generation) },
      ],
    });
  };
  return { driver, member, state, assign };
}

it('members in a folder: carry out their assignments once, also when they start again, and leave their reports', async () => {
  const made = await folder();
  const a = await made.member('a');
  const b = await made.member('b');
  await made.assign('a', 'one', 1);
  await made.assign('b', 'two', 1);
  for (const label of ['a', 'b']) {
    await eventually(async () => (await made.state(label))?.outcome).toBe('applied');
  }
  expect([a.carrier.done, b.carrier.done]).toEqual([['one'], ['two']]);
  await a.member.close();
  await eventually(() => made.state('a')).toBeUndefined();
  expect(await made.driver.get(keys.report('a'))).toBeDefined();
  await made.member('a', a.carrier);
  await eventually(async () => (await made.state('a'))?.outcome).toBe('applied');
  expect(a.carrier.done).toEqual(['one']);
  await made.driver.transact({ success: [{ delete: keys.assignment('a') }] });
  await eventually(() => a.carrier.done).toEqual(['one', 'withdraw']);
});

it('members in a folder: a group that changes reaches those without an assignment while they run', async () => {
  const made = await folder();
  const a = await made.member('a');
  const b = await made.member('b');
  await made.assign('b', 'own', 1);
  await eventually(async () => (await made.state('b'))?.outcome).toBe('applied');
  const group = async (text: string, generation: number) => {
    const value = { selector: {}, generation, wishes: { main: await writeWish(made.driver, keys, text) } };
    await made.driver.transact({ success: [{ put: keys.group('all'), value: JSON.stringify(value) }] });
  };
  await group('loopbacks:\n  loop1: {}\n', 2);
  await eventually(async () => (await made.state('a'))?.generation).toBe(2);
  await group('loopbacks:\n  loop2: {}\n', 3);
  await eventually(async () => (await made.state('a'))?.generation).toBe(3);
  expect(a.carrier.present.text).toContain('loop2');
  await made.driver.transact({ success: [{ delete: keys.group('all') }] });
  await eventually(() => a.carrier.done.at(-1)).toBe('withdraw');
  expect(b.carrier.done).toEqual(['own']);
});
