/** A fleet in a folder, with agents that have no VPP, roll-outs and drivers: for what shows a fleet. */

import { onTestFinished } from 'vitest';
import {
  type AgentState,
  begin,
  Driver,
  FleetKeys,
  type GivenPlan,
  type Operation,
  openFolderStore,
} from '../../src/fleet/index.js';
import { GOOD, type MemberOptions, TestMember } from './fleet-members.js';

const PLAN = {
  ...{ by: 'tests', pauseOnFailure: true, allowAway: false, waveSeconds: 600, groups: {}, droppedGroups: [] },
} satisfies Partial<GivenPlan>;

export async function smallFleet(dir: string) {
  const store = await openFolderStore(dir);
  onTestFinished(() => store.close());
  const keys = new FleetKeys();
  return {
    store,
    keys,
    async member(label: string, options: Partial<MemberOptions> = {}): Promise<TestMember> {
      const one = new TestMember({ store, keys, label, ...options });
      onTestFinished(() => one.end());
      await one.isThere();
      return one;
    },
    /** Begins a generation: the labels of each wave. */
    async rollOut(waves: readonly (readonly string[])[], more: Partial<GivenPlan> = {}, sha = GOOD): Promise<void> {
      const agents = waves.flatMap((labels, at) =>
        labels.map((label) => ({ label, wave: at + 1, wishes: { main: sha } })),
      );
      const plan = { ...PLAN, at: new Date().toISOString(), ...more };
      await begin(store, keys, async () => ({ plan, agents }));
    },
    /** Drives until the test is over. */
    drive(name = 'driver'): void {
      const ending = new AbortController();
      const over = new Driver({ store, keys, name }).run(ending.signal);
      onTestFinished(async () => {
        ending.abort();
        await over;
      });
    },
    /** States of agents that no process is behind. */
    async states(labels: readonly string[], more: Partial<AgentState> = {}): Promise<void> {
      const at = new Date().toISOString();
      const puts = labels.map((label): Operation => {
        const state = { instance: label, agent: '0.1.0', labels: {}, drift: 0, health: 'ok', at, ...more };
        return { put: keys.state(label), value: JSON.stringify(state) };
      });
      for (let at = 0; at < puts.length; at += 100) await store.transact({ success: puts.slice(at, at + 100) });
    },
  };
}
