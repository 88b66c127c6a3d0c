/** Judges an agent of the wave under way: from what it says of the generation, and from its silence. */

import type { PlannedAgent } from '../records.js';
import type { AgentView } from './view.js';

export interface Verdict {
  /** `excused`: away, which this roll-out allows. */
  readonly kind: 'good' | 'excused' | 'pending' | 'failed';
  readonly reason: string;
  /** Time at which it becomes another one by itself. */
  readonly lookAt?: number;
}

export interface Judging {
  readonly generation: number;
  readonly allowAway: boolean;
  /** Milliseconds of the driver's own clock. */
  readonly now: number;
  /** Time at which the wave began, by the same clock. */
  readonly since: number;
  /** Whether the time of the wave is over: what is pending has failed. */
  readonly isLate: boolean;
  /** Milliseconds for which an agent that had begun may be away: it may be restarted. */
  readonly lostAfterMs: number;
}

const GOOD: Verdict = { kind: 'good', reason: 'as wished' };

export function verdictOf(planned: PlannedAgent, seen: AgentView, judging: Judging): Verdict {
  // A host that is no more has nothing to take away.
  if (planned.wishes === undefined && seen.state === undefined) return GOOD;
  const { generation, isLate } = judging;
  const { state, report } = seen;
  const last = [state, report].find((each) => each?.generation === generation);
  if (last?.outcome === 'refused' || last?.outcome === 'taken-back') {
    return failed(last.outcome === 'refused' ? 'refused' : 'taken back by the agent', last.reason);
  }
  if (state === undefined) return last === undefined ? absent('is away', judging) : verdictOfLost(seen, judging);
  if (state.generation !== generation) return unsettled('has not taken it up', isLate);
  if (state.outcome === 'applied') return GOOD;
  if (state.outcome === 'waiting') return absent('waits for its VPP', judging, state.reason);
  const word = state.outcome === 'incomplete' ? 'some objects are not as wished' : 'is not done';
  return unsettled(word, isLate, state.reason);
}

function verdictOfLost({ missingSince }: AgentView, { now, lostAfterMs }: Judging): Verdict {
  const lookAt = (missingSince ?? now) + lostAfterMs;
  if (now >= lookAt) return failed('was lost after it had begun');
  return { kind: 'pending', reason: 'was lost after it had begun', lookAt };
}

/** Where agents may be away, they are not waited for longer than one that is restarted takes. */
function absent(what: string, judging: Judging, why?: string): Verdict {
  const { isLate, allowAway, now, since, lostAfterMs } = judging;
  if (!allowAway) return unsettled(what, isLate, why);
  const lookAt = since + lostAfterMs;
  if (isLate || now >= lookAt) return { kind: 'excused', reason: what };
  return { kind: 'pending', reason: withWhy(what, why), lookAt };
}

const failed = (what: string, why?: string): Verdict => ({ kind: 'failed', reason: withWhy(what, why) });
const unsettled = (what: string, isLate: boolean, why?: string): Verdict =>
  isLate ? failed(what, why) : { kind: 'pending', reason: withWhy(what, why) };
const withWhy = (what: string, why: string | undefined) => (why ? `${what}: ${why}` : what);
