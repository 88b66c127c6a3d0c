/**
 * Decides what a driver does next. Pure: whoever has the lock goes on from what the store says, wherever the driver before it died.
 * A step is one transaction, and may be repeated.
 *
 *   running ─ wave good ─▶ running, next wave … ─ last one ─▶ confirming ─ confirm ─▶ done
 *     │ ▲                                             └────── without confirmSeconds ───▶ done
 *   paused       bad wave, take-back, nobody confirmed ─▶ taking-back ─ all have the wish before ─▶ taken-back
 *
 * A wave is written down before its first agent is touched, and its agents are assigned in the order of the plan: so the waves that are
 * touched are those up to the one of the state.
 */

import { bounded } from '../../printable.js';
import type { Assignment, PlannedAgent, RolloutState } from '../records.js';
import { type Verdict, verdictOf } from './verdict.js';
import { isOver, type RolloutView } from './view.js';

/** One transaction. */
export interface Write {
  /** By label; undefined: the assignment is removed. */
  readonly assignments: ReadonlyMap<string, Assignment | undefined>;
  readonly state?: RolloutState;
  /** The groups of the plan take effect. */
  readonly groups?: boolean;
}

export type Step =
  | { readonly kind: 'write'; readonly write: Write }
  /** Until something is different, or this time (milliseconds of `Date.now()`). */
  | { readonly kind: 'wait'; readonly until?: number; readonly failed: readonly FailedAgent[] }
  | { readonly kind: 'over' };

export interface FailedAgent {
  readonly label: string;
  readonly reason: string;
}

export interface StepOptions {
  /** Milliseconds of `Date.now()`. */
  readonly now: number;
  /** Name of the driver. */
  readonly driver: string;
  /** Milliseconds for which an agent that had begun may be away before it counts as lost. */
  readonly lostAfterMs: number;
}

/** Agents of a transaction. */
const BATCH = 100;
/** Seconds by which an agent waits longer for its confirmation than its wave may take: another driver may have to be found. */
const CONFIRM_MARGIN = 60;
const LONGEST_SECONDS = 86_400;
/** Agents that a reason names. */
const NAMED = 4;
const LONGEST_REASON = 1500;
const NONE: ReadonlyMap<string, undefined> = new Map();

export function nextStep(view: RolloutView, options: StepOptions): Step {
  if (isOver(view.state)) return { kind: 'over' };
  return new Decision(view, options).next();
}

class Decision {
  constructor(
    private readonly view: RolloutView,
    private readonly options: StepOptions,
  ) {}

  next(): Step {
    const { state } = this.view;
    if (state.state === 'taking-back') return this.takeBack();
    if (state.wanted === 'take-back') return this.beginTakingBack('taken back by a person');
    return state.state === 'confirming' ? this.confirming() : this.rolling();
  }

  private rolling(): Step {
    const { state, plan } = this.view;
    const { wanted } = state;
    if (wanted === 'pause' && state.state === 'running') return this.enter('paused');
    if (wanted === 'go-on' && state.state === 'paused') return this.enter('running');
    if (wanted !== undefined) return this.forgetWanted();
    const isPaused = state.state === 'paused';
    const missing = this.touched().filter((each) => !this.isAssigned(each));
    const wave = this.view.agents.filter((each) => each.wave === state.wave && this.isAssigned(each));
    const isLate = !isPaused && missing.length === 0 && this.options.now >= this.endOfWave;
    const verdicts = wave.map((each) => [each, this.verdict(each, isLate)] as const);
    const failed = verdicts.flatMap(([{ label }, { kind, reason }]) => (kind === 'failed' ? [{ label, reason }] : []));
    if (failed.length > 0 && plan.pauseOnFailure) {
      return this.beginTakingBack(`wave ${state.wave} of ${plan.waves}: ${failedText(failed, wave.length)}`);
    }
    if (missing.length > 0) return this.assign(missing, this.stateOf(state.state, state.wave));
    const pending = verdicts.flatMap(([, each]) => (each.kind === 'pending' ? [each] : []));
    const settled = verdicts.filter(([, { kind }]) => kind === 'good' || (kind === 'excused' && pending.length === 0));
    // A pause may last longer than an agent waits for its confirmation.
    const unconfirmed = isPaused || pending.length === 0 ? settled.filter(([each]) => !this.isConfirmed(each)) : [];
    if (unconfirmed.length > 0) return this.confirm(unconfirmed.map(([each]) => each));
    if (pending.length > 0 || isPaused) {
      const until = earliest([...pending.map(({ lookAt }) => lookAt), isPaused || isLate ? undefined : this.endOfWave]);
      return { kind: 'wait', until: pending.length > 0 ? until : undefined, failed };
    }
    return state.wave < plan.waves ? this.beginWave(state.wave + 1) : this.end();
  }

  private beginWave(wave: number): Step {
    const agents = this.view.agents.filter((each) => each.wave === wave && !this.isAssigned(each));
    return this.assign(agents, this.stateOf('running', wave));
  }

  /** The wave's time begins with the last of its agents. */
  private assign(agents: readonly PlannedAgent[], state: RolloutState): Step {
    const batch = agents.slice(0, BATCH);
    return write({ assignments: new Map(batch.map((each) => [each.label, this.assignmentOf(each)])), state });
  }

  private confirm(agents: readonly PlannedAgent[]): Step {
    const batch = agents.slice(0, BATCH);
    const confirmed = (each: PlannedAgent) => ({ ...this.assignmentOf(each), confirmed: true });
    return write({ assignments: new Map(batch.map((each) => [each.label, confirmed(each)])) });
  }

  private end(): Step {
    const { plan, agents } = this.view;
    if (plan.confirmSeconds !== undefined) return this.enter('confirming');
    const failed = agents.flatMap((each) => {
      const { kind, reason } = this.verdict(each, true);
      return kind === 'failed' ? [{ label: each.label, reason }] : [];
    });
    const reason = failed.length === 0 ? undefined : failedText(failed, agents.length);
    return write({ assignments: NONE, state: this.stateOf('done', plan.waves, reason), groups: true });
  }

  private confirming(): Step {
    const { state, plan } = this.view;
    if (state.wanted === 'confirm') {
      return write({ assignments: NONE, state: this.stateOf('done', state.wave), groups: true });
    }
    if (state.wanted !== undefined) return this.forgetWanted();
    const until = Date.parse(state.since) + (plan.confirmSeconds ?? 0) * 1000;
    if (this.options.now < until) return { kind: 'wait', until, failed: [] };
    return this.beginTakingBack(`nobody confirmed it within ${plan.confirmSeconds} s`);
  }

  private beginTakingBack(reason: string): Step {
    return write({ assignments: NONE, state: this.stateOf('taking-back', this.view.state.wave, reason) });
  }

  private takeBack(): Step {
    const { state, seen, plan } = this.view;
    const touched = this.touched();
    const left = touched.filter((each) => !this.isRestored(each)).slice(0, BATCH);
    if (left.length > 0) return write({ assignments: new Map(left.map((each) => [each.label, beforeOf(each)])) });
    const silent = touched.filter(({ label }) => seen.get(label)?.state?.generation === plan.generation);
    if (silent.length > 0 && this.options.now < this.endOfWave) {
      return { kind: 'wait', until: this.endOfWave, failed: [] };
    }
    const labels = silent.map(({ label }) => label);
    const rest = labels.length === 0 ? '' : `; not back yet: ${listText(labels)}`;
    return write({
      assignments: NONE,
      state: this.stateOf('taken-back', state.wave, `${state.reason ?? 'taken back'}${rest}`),
    });
  }

  /** Agents of the waves up to the one under way. */
  private touched(): PlannedAgent[] {
    const { agents, state } = this.view;
    return agents.filter(({ wave }) => wave <= state.wave);
  }

  private isAssigned({ label }: PlannedAgent): boolean {
    return this.view.seen.get(label)?.assignment?.generation === this.view.plan.generation;
  }

  private isConfirmed({ label, wishes }: PlannedAgent): boolean {
    return wishes === undefined || this.view.seen.get(label)?.assignment?.confirmed === true;
  }

  private isRestored({ label, before }: PlannedAgent): boolean {
    return this.view.seen.get(label)?.assignment?.generation === before?.generation;
  }

  private assignmentOf({ wishes }: PlannedAgent): Assignment {
    const { generation, waveSeconds, allowDeletions } = this.view.plan;
    // An empty one: without any the agent would take up the wish of its groups, which are those from before until this is done.
    if (wishes === undefined) return { generation, wishes: {}, confirmed: true };
    const confirmSeconds = Math.min(LONGEST_SECONDS, waveSeconds + CONFIRM_MARGIN);
    return { generation, wishes, confirmSeconds, ...(allowDeletions !== undefined && { allowDeletions }) };
  }

  private verdict(planned: PlannedAgent, isLate: boolean): Verdict {
    const { plan, seen } = this.view;
    const { now, lostAfterMs } = this.options;
    // A roll-out that goes on past failures does not stop for those that are away.
    const allowAway = plan.allowAway || !plan.pauseOnFailure;
    const since = Date.parse(this.view.state.since);
    const judging = { generation: plan.generation, allowAway, now, since, isLate, lostAfterMs };
    return verdictOf(planned, seen.get(planned.label) ?? {}, judging);
  }

  private get endOfWave(): number {
    const { state, plan } = this.view;
    return Date.parse(state.since) + plan.waveSeconds * 1000;
  }

  /** It was asked for too late, or too early. */
  private forgetWanted(): Step {
    const { wanted, ...state } = this.view.state;
    return write({ assignments: NONE, state });
  }

  private enter(state: RolloutState['state']): Step {
    return write({ assignments: NONE, state: this.stateOf(state, this.view.state.wave) });
  }

  private stateOf(state: RolloutState['state'], wave: number, reason?: string): RolloutState {
    const { now, driver } = this.options;
    const since = new Date(now).toISOString();
    return { state, wave, since, driver, ...(reason !== undefined && { reason: bounded(reason, LONGEST_REASON) }) };
  }
}

const write = (one: Write): Step => ({ kind: 'write', write: one });

/** Deletions are allowed: they are of what this generation has made. */
function beforeOf({ before }: PlannedAgent): Assignment | undefined {
  return before === undefined ? undefined : { ...before, confirmed: true, allowDeletions: true };
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** `2 of 10 agents: edge3 (refused: …), edge4 (is away)` */
export function failedText(failed: readonly FailedAgent[], total: number): string {
  const named = failed.map(({ label, reason }) => `${label} (${bounded(reason, 300)})`);
  return `${failed.length} of ${total} ${total === 1 ? 'agent' : 'agents'}: ${listText(named)}`;
}

function listText(texts: readonly string[]): string {
  const more = texts.length - NAMED;
  return more > 0 ? `${texts.slice(0, NAMED).join(', ')} and ${more} more` : texts.join(', ');
}
