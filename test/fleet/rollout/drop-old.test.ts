import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { dropOldGenerations } from '../../../src/fleet/rollout/drop-old.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('more old generations than go at a time: none is left behind', async () => {
  const store = await openFolderStore(`${base}/fleet`);
  onTestFinished(() => store.close());
  const keys = new FleetKeys();
  for (let generation = 1; generation <= 30; generation++) {
    const plan = { ...PLAN, generation, agents: 0, waves: 0, parts: 0 };
    await store.transact({
      success: [
        { put: keys.plan(generation), value: JSON.stringify(plan) },
        { put: keys.latest, value: String(generation) },
      ],
    });
  }
  const fence = { key: keys.latest, is: 'greater', mod: 0 } as const;
  for (let round = 0; round < 3; round++) await dropOldGenerations(store, keys, fence, 5);
  const { kvs } = await store.list({ prefix: keys.generations });
  expect(kvs.map(({ key }) => key)).toEqual([26, 27, 28, 29, 30].map((generation) => keys.plan(generation)));
});

it('an old generation that is damaged: goes as the others do, and is named; wishes that are needed stay', async () => {
  const store = await openFolderStore(`${base}/damaged`);
  onTestFinished(() => store.close());
  const keys = new FleetKeys();
  const sha = (letter: string) => letter.repeat(64);
  const put = (key: string, value: unknown) =>
    store.transact({ success: [{ put: key, value: typeof value === 'string' ? value : JSON.stringify(value) }] });
  for (let generation = 1; generation <= 4; generation++) {
    await put(keys.plan(generation), { ...PLAN, generation, agents: 1, waves: 1, parts: 1 });
    const wishes = { main: sha(`${generation}`) };
    await put(keys.planAgents(generation, 0), [{ label: 'a', wave: 1, wishes, before: { generation, wishes } }]);
    await put(keys.wishPiece(sha(`${generation}`), 0), '');
  }
  await put(keys.latest, '4');
  await put(keys.plan(2), '{');
  // One that is kept, whose agents need it all the same.
  await put(keys.plan(4), '{');
  const fence = { key: keys.latest, is: 'greater', mod: 0 } as const;
  expect(await dropOldGenerations(store, keys, fence, 2)).toEqual([2]);
  const left = async (prefix: string) => (await store.list({ prefix })).kvs.map(({ key }) => key);
  expect(await left(keys.plan(1))).toEqual([]);
  expect(await left(keys.generation(2))).toEqual([]);
  expect(await left(keys.wishes)).toEqual(['3', '4'].map((letter) => keys.wishPiece(sha(letter), 0)));
});

it('a generation of which only some records are there: goes as well, and keeps none behind it', async () => {
  const store = await openFolderStore(`${base}/gaps`);
  onTestFinished(() => store.close());
  const keys = new FleetKeys();
  const plan = (generation: number) => JSON.stringify({ ...PLAN, generation, agents: 0, waves: 0, parts: 0 });
  const puts = [1, 2, 5, 6, 7].map((generation) => ({ put: keys.plan(generation), value: plan(generation) }));
  // Generation 3 has no plan, and of 4 nothing is left.
  const others = [keys.rollout(3), keys.planAgents(3, 0)].map((put) => ({ put, value: '[]' }));
  await store.transact({ success: [...puts, ...others, { put: keys.latest, value: '7' }] });
  const fence = { key: keys.latest, is: 'greater', mod: 0 } as const;
  expect(await dropOldGenerations(store, keys, fence, 2)).toEqual([3]);
  const { kvs } = await store.list({ prefix: keys.generations });
  expect(kvs.map(({ key }) => key)).toEqual([keys.plan(6), keys.plan(7)]);
});
