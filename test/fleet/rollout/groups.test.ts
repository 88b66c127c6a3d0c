import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

const keys = new FleetKeys();

it('groups of a plan: those that are the same are not written again, a damaged one is, and those that go are gone', async () => {
  const store = await openFolderStore(`${base}/fleet`);
  onTestFinished(() => store.close());
  const wish = (letter: string) => ({ selector: {}, wishes: { main: letter.repeat(64) } });
  const roll = async (generation: number, plan: Partial<typeof PLAN>) => {
    await begin(store, keys, async () => ({ plan: { ...PLAN, ...plan }, agents: [] }));
    await new Driver({ store, keys, name: 'one', until: generation }).run(new AbortController().signal);
  };
  const groups = async () => {
    const { kvs } = await store.list({ prefix: keys.groups });
    return kvs.map(({ key, value }) => [key.slice(keys.groups.length), JSON.parse(`${value}`).generation]);
  };
  await roll(1, { groups: { a: wish('a'), b: wish('b'), c: wish('c'), d: wish('d') } });
  await store.transact({ success: [{ put: keys.group('d'), value: '{}' }] });
  await roll(2, { groups: { a: wish('a'), b: wish('f'), d: wish('d') }, droppedGroups: ['c', 'never'] });
  expect(await groups()).toEqual([
    ['a', 1],
    ['b', 2],
    ['d', 2],
  ]);
});
