import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import { readNewest } from '../../../src/fleet/rollout/read-records.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

const keys = new FleetKeys();
const groupsOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`g${at}`, { selector: {}, wishes: { main: 'a'.repeat(64) } }]),
  );
const dropped = (count: number) => Array.from({ length: count }, (_, at) => `old${at}`);

it('groups that come and go: as many as one transaction takes, or the roll-out does not begin', async () => {
  const store = await openFolderStore(`${base}/fleet`);
  onTestFinished(() => store.close());
  const roll = (count: number, gone: number) =>
    begin(store, keys, async () => ({
      plan: { ...PLAN, groups: groupsOf(count), droppedGroups: dropped(gone) },
      agents: [],
    }));
  await expect(roll(100, 28)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(await readNewest(store, keys)).toBeUndefined();
  await roll(100, 20);
  await new Driver({ store, keys, name: 'one', until: 1 }).run(new AbortController().signal);
  expect((await readNewest(store, keys))?.state.state).toBe('done');
});

it('a plan that no driver could read: is not begun', async () => {
  const store = await openFolderStore(`${base}/form`);
  onTestFinished(() => store.close());
  const roll = (plan: Partial<typeof PLAN>) =>
    begin(store, keys, async () => ({ plan: { ...PLAN, ...plan }, agents: [] }));
  await expect(roll({ droppedGroups: ['no name'] })).rejects.toMatchObject({
    code: 'BAD_PLAN',
    message: expect.stringContaining('the plan cannot be begun: droppedGroups.0: '),
  });
  await expect(roll({ by: 'x'.repeat(2001) })).rejects.toMatchObject({ code: 'BAD_PLAN' });
  expect(await readNewest(store, keys)).toBeUndefined();
});
