/**
 * Decides what a driver does next. Pure: whoever has the lock goes on from what the store says, wherever the driver before it died.
 * A step is some transactions, and may be repeated.
 *
 *   running ─ wave good ─▶ running, next wave … ─ last one ─▶ confirming ─ confirm ─▶ done
 *     │ ▲                                             └────── without confirmSeconds ───▶ done
 *   paused       bad wave, take-back, nobody confirmed ─▶ taking-back ─ all have the wish before ─▶ taken-back
 *
 * A wave is written down before its first agent is touched, and its agents are assigned in the order of the plan: so the waves that are
 * touched are those up to the one of the state.
 */

import { bounded } from '../../printable.js';
import type { PlannedAgent, RolloutState } from '../records.js';
import { failedText, listText, type Step, type Write } from './step.js';
import { TouchedAgents } from './touched-agents.js';
import type { Verdict } from './verdict.js';
import { isOver, type RolloutView } from './view.js';

export interface StepOptions {
  /** Milliseconds of the driver's own clock. */
  readonly now: number;
  /** The time of day, for people. */
  readonly time: Date;
  /** Name of the driver. */
  readonly driver: string;
  /** Milliseconds for which an agent that had begun may be away before it counts as lost. */
  readonly lostAfterMs: number;
}

/** Agents of a step: a look at all of a large fleet takes longer than to write some transactions. */
const BATCH = 1000;
const LONGEST_REASON = 1500;
const NONE: ReadonlyMap<string, undefined> = new Map();

export function nextStep(view: RolloutView, options: StepOptions): Step {
  if (isOver(view.state)) return { kind: 'over' };
  return new Decision(view, options).next();
}

class Decision {
  private readonly touched: TouchedAgents;

  constructor(
    private readonly view: RolloutView,
    private readonly options: StepOptions,
  ) {
    this.touched = new TouchedAgents(view);
  }

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
    const missing = this.touched.all.filter((each) => !this.touched.isAssigned(each));
    const wave = this.view.agents.filter((each) => each.wave === state.wave && this.touched.isAssigned(each));
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
    const unconfirmed =
      isPaused || pending.length === 0 ? settled.filter(([each]) => !this.touched.isConfirmed(each)) : [];
    if (unconfirmed.length > 0) return this.confirm(unconfirmed.map(([each]) => each));
    if (pending.length > 0 || isPaused) {
      const until = earliest([...pending.map(({ lookAt }) => lookAt), isPaused || isLate ? undefined : this.endOfWave]);
      return { kind: 'wait', until: pending.length > 0 ? until : undefined, failed };
    }
    return state.wave < plan.waves ? this.beginWave(state.wave + 1) : this.end();
  }

  private beginWave(wave: number): Step {
    const agents = this.view.agents.filter((each) => each.wave === wave && !this.touched.isAssigned(each));
    return this.assign(agents, this.stateOf('running', wave));
  }

  /** The wave's time begins with the last of its agents. */
  private assign(agents: readonly PlannedAgent[], state: RolloutState): Step {
    const batch = agents.slice(0, BATCH);
    const assignments = new Map(batch.map((each) => [each.label, this.touched.assignmentOf(each)]));
    return write({ assignments, state, isTimed: true });
  }

  private confirm(agents: readonly PlannedAgent[]): Step {
    const batch = agents.slice(0, BATCH);
    const confirmed = (each: PlannedAgent) => ({ ...this.touched.assignmentOf(each), confirmed: true });
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
    const until = this.view.since + (plan.confirmSeconds ?? 0) * 1000;
    if (this.options.now < until) return { kind: 'wait', until, failed: [] };
    return this.beginTakingBack(`nobody confirmed it within ${plan.confirmSeconds} s`);
  }

  private beginTakingBack(reason: string): Step {
    return write({ assignments: NONE, state: this.stateOf('taking-back', this.view.state.wave, reason) });
  }

  private takeBack(): Step {
    const { state } = this.view;
    const { touched } = this;
    const { all } = touched;
    const left = all.filter((each) => !touched.isRestored(each)).slice(0, BATCH);
    if (left.length > 0) {
      const assignments = new Map(left.map((each) => [each.label, touched.assignmentBefore(each)]));
      return write({ assignments, isTimed: true });
    }
    const silent = all.filter((each) => touched.isBehind(each));
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

  private verdict(planned: PlannedAgent, isLate: boolean): Verdict {
    const { now, lostAfterMs } = this.options;
    return this.touched.verdict(planned, { now, lostAfterMs, isLate });
  }

  private get endOfWave(): number {
    return this.view.since + this.view.plan.waveSeconds * 1000;
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
    const { time, driver } = this.options;
    const since = time.toISOString();
    return { state, wave, since, driver, ...(reason !== undefined && { reason: bounded(reason, LONGEST_REASON) }) };
  }
}

const write = (one: Write): Step => ({ kind: 'write', write: one });

function earliest(times: readonly (number | undefined)[]): number | undefined {
  let first: number | undefined;
  // A wave may have more agents than a call takes arguments.
  for (const time of times) if (time !== undefined && (first === undefined || time < first)) first = time;
  return first;
}
