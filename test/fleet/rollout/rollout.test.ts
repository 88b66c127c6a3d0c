import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import { readNewest } from '../../../src/fleet/rollout/read-records.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { OLD } from '../../support/fleet-members.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('a large wave: is written in transactions that etcd takes, each with the state', async () => {
  const keys = new FleetKeys();
  const store = await openFolderStore(`${base}/large`);
  onTestFinished(() => store.close());
  const agents = Array.from({ length: 250 }, (_, at) => ({ label: `n${at}`, wave: 1, wishes: { main: OLD } }));
  await begin(store, keys, async () => ({ plan: { ...PLAN, allowAway: true }, agents }));
  const sizes: number[] = [];
  const { transact } = store;
  store.transact = (transaction) => {
    const puts = transaction.success?.flatMap((one) => ('put' in one ? [String(one.put)] : [])) ?? [];
    const assignments = puts.filter((key) => keys.agentOf(key)?.what === 'config/wish');
    if (assignments.length > 0 && puts.includes(keys.rollout(1))) sizes.push(assignments.length);
    return transact.call(store, transaction);
  };
  await new Driver({ store, keys, name: 'one', until: 1, lostAfterMs: 0 }).run(new AbortController().signal);
  expect(sizes).toEqual([100, 100, 50]);
  expect((await readNewest(store, keys))?.state.state).toBe('done');
  const { kvs } = await store.list({ prefix: keys.agents });
  expect(kvs.filter(({ value }) => JSON.parse(`${value}`).confirmed)).toHaveLength(250);
});
