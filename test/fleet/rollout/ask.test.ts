import { rmSync } from 'node:fs';
import { afterAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { ask } from '../../../src/fleet/rollout/ask.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { readNewest } from '../../../src/fleet/rollout/read-records.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

const keys = new FleetKeys();
let folders = 0;
let store: FleetStore;
beforeEach(async () => {
  store = await openFolderStore(`${base}/${++folders}`);
  onTestFinished(() => store.close());
  await begin(store, keys, async () => ({ plan: PLAN, agents: [] }));
});
const wanted = async () => (await readNewest(store, keys))?.state.wanted;

it('a roll-out that is to be taken back, which no driver has done yet: nobody can ask for anything else', async () => {
  await ask(store, keys, 'pause');
  await ask(store, keys, 'take-back');
  await expect(ask(store, keys, 'pause')).rejects.toMatchObject({
    code: 'WRONG_STATE',
    message: 'generation 1 is to be taken back, which its driver does next: it cannot be paused',
  });
  expect(await wanted()).toBe('take-back');
  await ask(store, keys, 'take-back');
  expect(await wanted()).toBe('take-back');
});
