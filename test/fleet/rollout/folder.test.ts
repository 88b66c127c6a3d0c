/** Drivers of a fleet in a folder: as on etcd, in short, with a driver that is a process of its own. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  begin,
  Driver,
  FleetKeys,
  type FleetStore,
  fleetStatus,
  type GivenPlan,
  history,
  openFolderStore,
  type PlannedAgent,
  readNewest,
} from '../../../src/fleet/index.js';
import { bundled, startProgram } from '../../support/bundled.js';
import { BAD, GOOD, OLD, TestMember } from '../../support/fleet-members.js';
import { temporaryFolder } from '../store/stores.js';

const keys = new FleetKeys();
const before = { generation: 1, wishes: { main: OLD } };

describe('drivers, on a folder', () => {
  const base = temporaryFolder();
  const program = bundled('test/fleet/rollout/driver-program.ts', base);
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  let folders = 0;
  let dir: string;
  let store: FleetStore;

  const open = async () => {
    const opened = await openFolderStore(dir);
    onTestFinished(() => opened.close());
    return opened;
  };
  beforeEach(async () => {
    dir = join(base, `fleet${++folders}`);
  });
  const roll = (agents: readonly PlannedAgent[]) => {
    const plan: GivenPlan = {
      ...{ at: new Date().toISOString(), by: 'tests', pauseOnFailure: true, allowAway: false, waveSeconds: 60 },
      ...{ groups: {}, droppedGroups: [] },
    };
    return begin(store, keys, async () => ({ plan, agents }));
  };
  const planned = (label: string, wave: number, sha: string): PlannedAgent => ({
    ...{ label, wave, wishes: { main: sha } },
    ...(sha !== OLD && { before }),
  });
  const drive = async (until: number) => {
    const driver = new Driver({ store: await open(), keys, name: 'another', until });
    await driver.run(new AbortController().signal);
  };
  const state = async () => (await readNewest(store, keys))?.state;
  /** Agents, each with a store of its own, and a first generation that all of them have. */
  const fleetOf = async (...labels: readonly string[]) => {
    store = await open();
    const members = new Map<string, TestMember>();
    for (const label of labels) {
      const member = new TestMember({ store: await open(), keys, label });
      onTestFinished(() => member.end());
      members.set(label, member);
    }
    await roll(labels.map((label) => planned(label, 1, OLD)));
    await drive(1);
    return members;
  };

  it('a roll-out: goes through its waves', async () => {
    const members = await fleetOf('a', 'b', 'c');
    await roll([planned('a', 1, GOOD), planned('b', 2, GOOD), planned('c', 2, GOOD)]);
    await drive(2);
    expect(await state()).toMatchObject({ state: 'done', wave: 2 });
    for (const member of members.values()) expect(member.taken).toEqual([undefined, 1, 2]);
    expect((await fleetStatus(store, keys)).counts).toEqual({ applied: 3 });
  });

  it('a bad wish in wave 2, and its driver killed in the middle: another one takes back all that were touched', async () => {
    const members = await fleetOf('a', 'b', 'c', 'd');
    const first = startProgram(program, [dir, 'killed']);
    await roll([planned('a', 1, GOOD), planned('b', 1, GOOD), planned('c', 2, BAD), planned('d', 3, GOOD)]);
    await first.says('running 2');
    await first.kill();
    await drive(2);
    expect(await state()).toMatchObject({ state: 'taken-back', wave: 2 });
    expect((await state())?.reason).toBe('wave 2 of 3: 1 of 1 agent: c (refused)');
    for (const label of ['a', 'b', 'c']) expect(members.get(label)?.taken).toEqual([undefined, 1, 2, 1]);
    expect(members.get('d')?.taken).toEqual([undefined, 1]);
    expect((await history(store, keys))[0]).toMatchObject({ state: { state: 'taken-back' } });
  });
});
