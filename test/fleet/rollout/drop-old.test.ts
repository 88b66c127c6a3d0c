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
