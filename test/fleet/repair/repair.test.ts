/** Damaged records: every one has a way out, and nothing is mended that was not said. */

import { rmSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { assignment, type PlannedAgent } from '../../../src/fleet/records.js';
import { findDamage, mend } from '../../../src/fleet/repair/repair.js';
import { ask } from '../../../src/fleet/rollout/ask.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import type { DriverEvent } from '../../../src/fleet/rollout/driver-options.js';
import { fleetStatus } from '../../../src/fleet/rollout/fleet-status.js';
import { history } from '../../../src/fleet/rollout/history.js';
import { planAgents } from '../../../src/fleet/rollout/plan.js';
import { wayBack } from '../../../src/fleet/rollout/plan-rollback.js';
import { readNewest, recordOf } from '../../../src/fleet/rollout/read-records.js';
import { etcdStore } from '../../../src/fleet/store/etcd.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { etcdMissing, startEtcd } from '../../support/etcd.js';
import { excused } from '../../support/needs.js';
import { PLAN } from '../rollout/given-plan.js';
import { temporaryFolder } from '../store/stores.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

const keys = new FleetKeys();
const AGENTS: PlannedAgent[] = [{ label: 'a', wave: 1, wishes: { main: 'a'.repeat(64) } }];
let folders = 0;
let store: FleetStore;
beforeEach(async () => {
  store = await openFolderStore(`${base}/${++folders}`);
  onTestFinished(() => store.close());
});
const put = (key: string, value: string) => store.transact({ success: [{ put: key, value }] });
const roll = (agents: readonly PlannedAgent[] = []) => begin(store, keys, async () => ({ plan: PLAN, agents }));
/** Rejects where the driver does not get on. */
const drive = async (until: number) => {
  const ending = new AbortController();
  let trouble: string | undefined;
  const onEvent = (event: DriverEvent) => {
    if (event.kind !== 'trouble') return;
    trouble = event.reason;
    ending.abort();
  };
  await new Driver({ store, keys, name: 'one', until, onEvent }).run(ending.signal);
  if (trouble !== undefined) throw new Error(trouble);
};
/** Three generations, of which the last one is under way. */
const three = async () => {
  for (const generation of [1, 2]) {
    await roll();
    await drive(generation);
  }
  await roll(AGENTS);
};
/** An agent that is there, and has nothing of the fleet. */
const STATE = JSON.stringify({
  ...{ instance: 'a', agent: '1.2.3', labels: {}, drift: 0, health: 'ok', at: new Date(0).toISOString() },
});
const repair = async () => {
  const damages = await findDamage(store, keys, 'tests');
  for (const { mending } of damages) expect(mending && (await mend(store, mending))).toBe(true);
  return damages.map(({ key, text }) => `${key}: ${text}`);
};
const WAY_OUT = /"vppmux fleet repair" says what is damaged, and mends it$/;

it('a fleet that is whole, and one in which nothing was rolled out: nothing is damaged', async () => {
  expect(await findDamage(store, keys, 'tests')).toEqual([]);
  await three();
  expect(await findDamage(store, keys, 'tests')).toEqual([]);
});

it.each(['nonsense', undefined])('the number of the newest generation, %s: is found again', async (value) => {
  await three();
  if (value === undefined) await store.transact({ success: [{ delete: keys.latest }] });
  else await put(keys.latest, value);
  if (value !== undefined) await expect(fleetStatus(store, keys)).rejects.toThrow(WAY_OUT);
  const what = value === undefined ? 'is missing' : 'holds no number of a generation';
  expect(await repair()).toEqual([`/vppmux/latest: ${what}: it becomes 3, the newest one that is there`]);
  expect((await readNewest(store, keys))?.plan.generation).toBe(3);
});

it.each(['nonsense', undefined, '4', '99', '1'])(
  'the number of the newest generation, %s, far behind an old key that was left: is found again',
  async (value) => {
    await put(keys.rollout(1), '{}');
    for (const number of [170, 171]) {
      const plan = { ...PLAN, generation: number, agents: 0, waves: 0, parts: 0 };
      await put(keys.plan(number), JSON.stringify(plan));
      const since = new Date(0).toISOString();
      await put(keys.rollout(number), JSON.stringify({ state: 'done', wave: 0, since }));
    }
    if (value !== undefined) await put(keys.latest, value);
    expect(await repair()).toContainEqual(
      expect.stringMatching(/^\/vppmux\/latest: .*it becomes 171, the newest one that is there$/),
    );
    expect((await readNewest(store, keys))?.plan).toMatchObject({ generation: 171 });
    expect((await roll())?.generation).toBe(172);
  },
);

it('a number above all that is there: becomes that of the newest generation, and a rollback is possible', async () => {
  await three();
  await ask(store, keys, 'take-back');
  await drive(3);
  await put(keys.latest, '90');
  expect(await repair()).toEqual([
    '/vppmux/latest: is 90, of which nothing is there: it becomes 3, the newest one that is there',
  ]);
  expect(await history(store, keys)).toHaveLength(3);
  expect(await findDamage(store, keys, 'tests')).toEqual([]);
});

it.each([
  ['an agent', (generation: number) => put(keys.assignment('a'), JSON.stringify({ generation, wishes: {} }))],
  ['a group', (generation: number) => put(keys.group('g'), JSON.stringify({ selector: {}, generation, wishes: {} }))],
])('records that are lost of a generation that %s has: its number is none for the next one', async (_, has) => {
  await has(90);
  await repair();
  expect((await readNewest(store, keys))?.plan).toMatchObject({ generation: 90, isDamaged: true });
  expect((await roll())?.generation).toBe(91);
});

it('a number above all generations that are there, which an agent has: stays', async () => {
  await three();
  await put(keys.assignment('a'), JSON.stringify({ generation: 90, wishes: {} }));
  await put(keys.latest, '90');
  expect(await repair()).toEqual([expect.stringContaining('/generations/00000090/: its plan is missing')]);
  expect((await roll())?.generation).toBe(91);
});

it('agents of a generation that was never begun: are no damage, and count for a number only where nothing else is', async () => {
  await three();
  await put(keys.planAgents(4, 0), '[]');
  expect(await findDamage(store, keys, 'tests')).toEqual([]);
  await put(keys.latest, '');
  expect(await repair()).toEqual([expect.stringContaining('it becomes 3')]);
  await store.transact({ success: [1, 2, 3].map((number) => ({ delete: { prefix: keys.generation(number) } })) });
  await put(keys.latest, '');
  await repair();
  expect((await roll())?.generation).toBe(5);
});

it('a generation that begins while the number is looked for: is no damage', async () => {
  await three();
  await ask(store, keys, 'take-back');
  await drive(3);
  const { list } = store;
  store.list = async (...what) => {
    store.list = list;
    await roll();
    return list.apply(store, what);
  };
  expect(await findDamage(store, keys, 'tests')).toEqual([]);
});

it('the number where no generation is: is removed', async () => {
  await put(keys.latest, '[]');
  await repair();
  expect((await roll())?.generation).toBe(1);
});

it.each([
  ['plan', () => keys.plan(3), 'its plan is no such record'],
  ['state', () => keys.rollout(3), 'its state is no such record'],
  ['agents', () => keys.planAgents(3, 0), '/vppmux/generations/00000003/agents/0000 holds what this version'],
])(
  'the %s of the generation under way: it ends, which its history says, and the next one goes',
  async (_, key, text) => {
    await three();
    await put(key(), '{"generation": 3');
    await expect(ask(store, keys, 'take-back').then(() => drive(3))).rejects.toThrow(WAY_OUT);
    const [said] = await repair();
    expect(said).toContain(text);
    expect(said).toContain('it ends here, and agents that have it go back by themselves: apply the files again');
    expect((await history(store, keys))[0]).toMatchObject({
      plan: { generation: 3, isDamaged: true, comment: 'in place of damaged records, by tests' },
      state: { state: 'taken-back', reason: expect.stringContaining('its records were damaged') },
    });
    expect((await roll())?.generation).toBe(4);
    await drive(4);
    // Nobody knows what the third one did.
    await expect(wayBack(store, keys)).rejects.toThrow(/generation 3 are damaged.*apply the files of then/);
  },
);

it('a repaired generation that an agent had: the same files give it to the agent again', async () => {
  await three();
  const ending = new AbortController();
  const driving = new Driver({ store, keys, name: 'one' }).run(ending.signal);
  await expect.poll(() => store.get(keys.assignment('a'))).toBeDefined();
  ending.abort();
  await driving;
  await put(keys.plan(3), '');
  await repair();
  const assigned = new Map([['a', recordOf(assignment, await store.get(keys.assignment('a')))]]);
  const wanted = new Map([['a', AGENTS[0].wishes]]);
  expect(planAgents({ wanted, assigned })).toMatchObject([{ label: 'a', before: { generation: 3 } }]);
});

it('an older generation: is skipped in the history, and no way back leads over it silently', async () => {
  await three();
  await ask(store, keys, 'take-back');
  await drive(3);
  await put(keys.plan(2), '');
  await expect(wayBack(store, keys, 0)).rejects.toMatchObject({ code: 'BAD_RECORD' });
  const [said] = await repair();
  expect(said).toContain('no rollback goes back over it');
  expect((await history(store, keys)).map(({ plan, state }) => [plan.generation, state.state])).toEqual([
    [3, 'taken-back'],
    [2, 'done'],
    [1, 'done'],
  ]);
});

it.each(['{', undefined])(
  'only the state of an older generation, %s: its plan stays, and a rollback goes over it',
  async (value) => {
    await roll([{ ...AGENTS[0], before: { generation: 1, wishes: { main: 'b'.repeat(64) } } }]);
    await put(keys.state('a'), STATE);
    await ask(store, keys, 'take-back');
    await drive(1);
    const plan = (await store.get(keys.plan(1)))?.value.toString();
    for (const generation of [2, 3]) {
      await roll();
      await drive(generation);
    }
    if (value === undefined) await store.transact({ success: [{ delete: keys.rollout(1) }] });
    else await put(keys.rollout(1), value);
    const what = value === undefined ? 'is missing' : 'is no such record';
    expect(await repair()).toEqual([
      `/vppmux/generations/00000001/: its state ${what}: it counts as done, and its plan stays`,
    ]);
    expect((await store.get(keys.plan(1)))?.value.toString()).toBe(plan);
    expect((await history(store, keys)).at(-1)).toMatchObject({
      plan: { generation: 1, agents: 1 },
      state: { state: 'done', reason: `its records were damaged: its state ${what}` },
    });
    expect([...(await wayBack(store, keys, 0)).wanted.keys()]).toEqual(['a']);
    expect(await findDamage(store, keys, 'tests')).toEqual([]);
  },
);

it('plan and state of an older generation: it is not taken back, and nobody goes back to it, or over it', async () => {
  for (const generation of [1, 2, 3]) {
    await roll();
    await drive(generation);
  }
  await put(keys.plan(2), '');
  await put(keys.rollout(2), '');
  const [said] = await repair();
  expect(said).not.toContain('it ends here');
  expect((await history(store, keys))[1]).toMatchObject({ plan: { isDamaged: true }, state: { state: 'done' } });
  for (const to of [undefined, 2, 1]) {
    await expect(wayBack(store, keys, to)).rejects.toThrow(/generation 2 are damaged.*apply the files of then/);
  }
});

it('records of agents and groups: are named, with who mends them', async () => {
  await put(keys.assignment('a'), '{}');
  await put(keys.state('a'), '{}');
  await put(keys.report('a'), '');
  await put(keys.group('edge'), '[]');
  const damages = await findDamage(store, keys, 'tests');
  expect(damages.map(({ key }) => key)).toEqual([
    ...[keys.assignment('a'), keys.report('a'), keys.state('a')],
    keys.group('edge'),
  ]);
  expect(damages.every(({ mending }) => mending === undefined)).toBe(true);
});

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', '', 'config', 'config/'])(
  'a strange key of an agent, %j: is nobody’s, and no damage',
  async (what) => {
    await put(`${keys.agent('a')}${what}`, '{');
    await put(`${keys.agents}${what}`, '{');
    await put(`${keys.agent('constructor')}state`, '{');
    expect((await findDamage(store, keys, 'tests')).map(({ key }) => key)).toEqual([keys.state('constructor')]);
  },
);

it('somebody who writes meanwhile: is not overwritten', async () => {
  await three();
  await put(keys.latest, '-');
  const [{ mending }] = await findDamage(store, keys, 'tests');
  await put(keys.latest, '3');
  expect(mending && (await mend(store, mending))).toBe(false);
});

describe('on etcd', excused(etcdMissing()), () => {
  it('the number of the newest generation: is found again', async () => {
    const cluster = await startEtcd();
    onTestFinished(() => cluster.close());
    store = etcdStore({ endpoints: [...cluster.endpoints] });
    onTestFinished(() => store.close());
    await three();
    await put(keys.latest, '');
    expect(await repair()).toEqual([expect.stringContaining('it becomes 3')]);
    expect((await readNewest(store, keys))?.plan.generation).toBe(3);
  });
});
