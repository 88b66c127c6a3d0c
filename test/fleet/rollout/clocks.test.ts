/** Drivers whose hosts have different times of day: a wave has its time all the same. */

import { rmSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import type { RolloutState } from '../../../src/fleet/records.js';
import { begin } from '../../../src/fleet/rollout/begin.js';
import { Driver } from '../../../src/fleet/rollout/driver.js';
import type { DriverEvent } from '../../../src/fleet/rollout/driver-options.js';
import { ObservedState } from '../../../src/fleet/rollout/observed-state.js';
import { readNewest } from '../../../src/fleet/rollout/read-records.js';
import { openFolderStore } from '../../../src/fleet/store/folder.js';
import { OLD } from '../../support/fleet-members.js';
import { temporaryFolder } from '../store/stores.js';
import { PLAN } from './given-plan.js';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

const HOUR = 3_600_000;
const keys = new FleetKeys();
let folders = 0;

const planned = (label: string) => ({ label, wave: 1, wishes: { main: OLD } });

/** `writeMs`: how long a transaction with assignments takes, by the clock of the driver. */
async function fleet(agents = [planned('a')], writeMs = 0) {
  const store = await openFolderStore(`${base}/${++folders}`);
  onTestFinished(() => store.close());
  await begin(store, keys, async () => ({ plan: PLAN, agents }));
  const state = async () => (await readNewest(store, keys))?.state;
  const drive = (aheadMs: number) => {
    const ending = new AbortController();
    const clock = { elapsedMs: 0, reads: 0 };
    let others = 0;
    const { transact } = store;
    store.transact = (transaction) => {
      const keysOf = transaction.success?.map((one) => `${'put' in one ? one.put : 'delete' in one ? one.delete : ''}`);
      if (keysOf?.some((key) => keys.agentOf(key)?.what === 'config/wish')) clock.elapsedMs += writeMs;
      return transact.call(store, transaction);
    };
    const events: DriverEvent[] = [];
    const options = {
      ...{ store, keys, name: 'one', onEvent: (event: DriverEvent) => void events.push(event) },
      clock: {
        now: () => Date.now() + aheadMs,
        elapsed: () => {
          clock.reads++;
          return clock.elapsedMs;
        },
      },
    };
    const over = new Driver(options).run(ending.signal);
    const end = async () => {
      ending.abort();
      await over;
    };
    onTestFinished(end);
    /** Time goes by, and something happens: resolves when it has looked at that, and at the clock for when to look again. */
    const later = async (ms: number) => {
      clock.elapsedMs += ms;
      const { reads } = clock;
      await store.transact({ success: [{ put: keys.report(`other${++others}`), value: '' }] });
      await expect.poll(() => clock.reads).toBeGreaterThanOrEqual(reads + 3);
    };
    return { end, later, events };
  };
  return { store, state, drive };
}

it.each([
  ['ahead of', HOUR],
  ['behind', -HOUR],
])('a driver an hour %s the one before: the wave ends when its time is over, and not before', async (_, aheadMs) => {
  const { state, drive } = await fleet();
  const first = drive(0);
  await expect.poll(async () => (await state())?.wave).toBe(1);
  await first.end();
  const second = drive(aheadMs);
  await expect.poll(() => second.events).toContainEqual({ kind: 'leading' });
  await second.later(59_000);
  expect(await state()).toMatchObject({ state: 'running', wave: 1 });
  await second.later(1000);
  await expect.poll(async () => (await state())?.state).toBe('taken-back');
});

it('a wave, and a way back, of several transactions: have their time from the last one on, and are told of once', async () => {
  const agents = Array.from({ length: 150 }, (_, at) => planned(`n${at}`));
  const { store, state, drive } = await fleet(agents, 20_000);
  const written = async () =>
    (await store.list({ prefix: keys.agents })).kvs.filter(({ key }) => keys.agentOf(key)?.what === 'config/wish')
      .length;
  const { later, events } = drive(0);
  const phases = () => events.flatMap((each) => (each.kind === 'state' ? [each.state.state] : []));
  await expect.poll(written).toBe(150);
  await later(0);
  await later(59_000);
  expect(await state()).toMatchObject({ state: 'running', wave: 1 });
  expect(phases()).toEqual(['running']);
  // They have it, and do not give it back.
  const own = { instance: 'n', agent: '1.2.3', labels: {}, drift: 0, health: 'ok', at: new Date(0).toISOString() };
  const value = JSON.stringify({ ...own, generation: 1, outcome: 'applying' });
  await store.transact({ success: agents.slice(0, 100).map(({ label }) => ({ put: keys.state(label), value })) });
  await later(1000);
  await expect.poll(written).toBe(0);
  await later(0);
  await later(59_000);
  expect(await state()).toMatchObject({ state: 'taking-back' });
  await later(1000);
  await expect.poll(async () => (await state())?.state).toBe('taken-back');
  expect(phases()).toEqual(['running', 'taking-back', 'taken-back']);
});

it('a person who asks for something: does not give a wave more time; another wave has its own', () => {
  let now = 100;
  const observed = new ObservedState(() => now);
  const state = (own: Partial<RolloutState>): RolloutState => ({
    ...{ state: 'running', wave: 1, since: '2026-01-01T00:00:00.000Z', ...own },
  });
  observed.know({ state: state({}), revision: 5 });
  expect(observed.since).toBe(100);
  now = 200;
  observed.know({ state: state({ wanted: 'pause' }), revision: 6 });
  expect(observed.since).toBe(100);
  observed.know({ state: state({ wave: 2 }), revision: 7 });
  observed.know({ state: state({}), revision: 5 });
  expect(observed).toMatchObject({ since: 200, known: { revision: 7, state: { wave: 2 } } });
});
