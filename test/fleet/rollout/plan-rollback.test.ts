import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { FleetKeys } from '../../../src/fleet/keys.js';
import type { AgentState, GenerationPlan, PlannedAgent } from '../../../src/fleet/records.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { wayBack, withGroupWishes } from '../../../src/fleet/rollout/plan-rollback.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { readWish, writeWish } from '../../../src/fleet/wishes.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));
const keys = new FleetKeys();

async function fleet(name: string) {
  const store = await openFolderStore(`${base}/${name}`);
  onTestFinished(() => store.close());
  return store;
}

/** A generation that is done. */
async function done(store: FleetStore, agents: PlannedAgent[], groups: GenerationPlan['groups'] = {}) {
  const plan = await begin(store, keys, async () => ({ plan: { ...PLAN, groups }, agents }));
  const state = { state: 'done', wave: plan?.waves, since: PLAN.at };
  await store.transact({ success: [{ put: keys.rollout(plan?.generation ?? 0), value: JSON.stringify(state) }] });
}

const seen = (labels: Record<string, string>) => ({ state: { labels } as unknown as AgentState });

it('the way back: agents that had only groups get the wish of those again, and others none', async () => {
  const store = await fleet('groups');
  const all = await writeWish(store, keys, 'loopbacks: { loop0: {} }\n');
  const edge = await writeWish(store, keys, 'loopbacks: { loop1: {} }\n');
  const other = await writeWish(store, keys, 'loopbacks: { loop9: {} }\n');
  const groups = {
    all: { selector: {}, wishes: { main: all } },
    edge: { selector: { role: 'edge' }, wishes: { main: edge } },
  };
  await done(store, [{ label: 'first', wave: 1, wishes: { main: other } }], groups);
  const labels = ['late1', 'late2', 'away'];
  await done(
    store,
    labels.map((label, at) => ({ label, wave: at + 1, wishes: { main: other } })),
    groups,
  );
  const way = await wayBack(store, keys);
  expect(way).toMatchObject({ generation: 1, waveSize: 1 });
  const known = new Map([
    ['late1', seen({ role: 'edge' })],
    ['late2', seen({ role: 'core' })],
  ]);
  const wanted = await withGroupWishes(store, keys, way, known);
  expect(wanted.get('away')).toBeUndefined();
  const texts = await Promise.all(
    ['late1', 'late2'].map(async (label) => parse(await readWish(store, keys, wanted.get(label)?.main as string))),
  );
  expect(texts).toEqual([{ loopbacks: { loop0: {}, loop1: {} } }, { loopbacks: { loop0: {} } }]);
});

it('the way to before the first generation: no agent has a wish of the fleet', async () => {
  const store = await fleet('first');
  const main = await writeWish(store, keys, 'loopbacks: { loop0: {} }\n');
  await done(store, [{ label: 'edge1', wave: 1, wishes: { main } }], { all: { selector: {}, wishes: { main } } });
  const way = await wayBack(store, keys);
  expect(way).toMatchObject({ generation: 0, droppedGroups: ['all'] });
  expect([...(await withGroupWishes(store, keys, way, new Map([['edge1', seen({})]])))]).toEqual([
    ['edge1', undefined],
  ]);
});
