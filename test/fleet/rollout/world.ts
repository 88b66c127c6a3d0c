/** A roll-out without a store: what drivers write is applied as a store would, and agents are turned by the test. */

import type { AgentReport, AgentState, Assignment, GenerationPlan, PlannedAgent } from '../../../src/fleet/records.js';
import { nextStep } from '../../../src/fleet/rollout/next-step.js';
import type { Step, Write } from '../../../src/fleet/rollout/step.js';
import type { AgentView, RolloutView } from '../../../src/fleet/rollout/view.js';

export const GENERATION = 12;
export const BEFORE = { generation: 11, wishes: { main: 'b'.repeat(64) } };
export const WISHES = { main: 'a'.repeat(64) };
const START = Date.parse('2026-01-01T00:00:00Z');

export const planned = (label: string, wave: number, own: Partial<PlannedAgent> = {}): PlannedAgent => ({
  label,
  wave,
  wishes: WISHES,
  before: BEFORE,
  ...own,
});

export class World {
  now = START;
  readonly plan: GenerationPlan;
  state: RolloutView['state'] = { state: 'running', wave: 0, since: new Date(START).toISOString() };
  /** Labels that ever had the generation. */
  readonly touched = new Set<string>();
  readonly groupsWritten: number[] = [];
  private readonly views = new Map<string, AgentView>();

  constructor(
    readonly agents: readonly PlannedAgent[],
    plan: Partial<GenerationPlan> = {},
  ) {
    const waves = Math.max(0, ...agents.map(({ wave }) => wave));
    this.plan = {
      ...{ generation: GENERATION, at: new Date(START).toISOString(), by: 'tests', agents: agents.length, waves },
      ...{ parts: 1, pauseOnFailure: true, allowAway: false, waveSeconds: 60, groups: {}, droppedGroups: [] },
      ...plan,
    };
    for (const { label, before } of agents) {
      this.views.set(label, { ...(before && { assignment: before }) });
      this.says(label, before === undefined ? undefined : 'applied', before?.generation ?? 'none');
    }
  }

  get view(): RolloutView {
    const { plan, agents, state } = this;
    return { plan, agents, state, since: Date.parse(state.since), seen: new Map(this.views) };
  }

  step(driver = 'a'): Step {
    return nextStep(this.view, { now: this.now, time: new Date(this.now), driver, lostAfterMs: 10_000 });
  }

  /** Steps until there is nothing to write. */
  settle(): Step {
    for (let steps = 0; steps < 1000; steps++) {
      const step = this.step();
      if (step.kind !== 'write') return step;
      this.apply(step.write);
    }
    throw new Error('it writes without end');
  }

  apply({ assignments, state, groups }: Write): void {
    for (const [label, assignment] of assignments) {
      this.set(label, { assignment });
      if (assignment?.generation === this.plan.generation) this.touched.add(label);
    }
    if (state !== undefined) this.state = state;
    if (groups) this.groupsWritten.push(this.now);
  }

  ask(wanted: NonNullable<RolloutView['state']['wanted']>): void {
    this.state = { ...this.state, wanted };
  }

  /** The agent, which is there, says this of the generation that it has. */
  says(label: string, outcome: AgentState['outcome'], has: number | 'none' = this.plan.generation): void {
    const at = new Date(this.now).toISOString();
    const generation = has === 'none' ? undefined : has;
    const state: AgentState = {
      ...{ instance: label, agent: '0.1.0', labels: {}, outcome, drift: 0, health: 'ok', at },
      ...(generation !== undefined && { generation }),
    };
    const report: AgentReport | undefined =
      generation === undefined || outcome === undefined ? undefined : { generation, outcome, at };
    this.set(label, { state, missingSince: undefined, ...(report && { report }) });
  }

  /** The agent does what its assignment says, at once. */
  obeys(...labels: readonly string[]): void {
    for (const label of labels) {
      const generation = this.assignment(label)?.generation;
      this.says(label, generation === undefined ? undefined : 'applied', generation ?? 'none');
    }
  }

  goesAway(...labels: readonly string[]): void {
    for (const label of labels) this.set(label, { state: undefined, missingSince: this.now });
  }

  isHere(label: string): boolean {
    return this.views.get(label)?.state !== undefined;
  }

  /** Never seen before: no report either. */
  neverSeen(label: string): void {
    this.set(label, { state: undefined, report: undefined, missingSince: this.now });
  }

  assignment(label: string): Assignment | undefined {
    return this.views.get(label)?.assignment;
  }

  private set(label: string, change: Partial<AgentView>): void {
    this.views.set(label, { ...this.views.get(label), ...change });
  }
}
