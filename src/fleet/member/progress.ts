/** How far an agent is with its wish, over all of its dataplanes. */

import { printableLine } from '../../printable.js';
import type { AgentOutcome } from '../records.js';
import { type Carried, isSameMark, type Mark, type WishCarrier } from './carrier.js';
import { type Obstacle, type Target, wishOf } from './target.js';

export interface Progress {
  /** Undefined while it has carried out none. */
  readonly generation?: number;
  readonly outcome?: AgentOutcome;
  /** Why it is not applied. */
  readonly reason?: string;
  readonly drift: number;
}

export interface Findings {
  /** Undefined where none is known: what is in effect counts. */
  readonly target: Target | undefined;
  /** Why the assignment cannot be read. */
  readonly bad?: string;
  readonly trouble?: string;
  readonly obstacles: ReadonlyMap<string, Obstacle>;
  /** The wish that is being withdrawn. */
  readonly withdrawing?: Mark;
}

interface Finding {
  readonly outcome: AgentOutcome;
  readonly reason?: string;
}

/** The first one of all dataplanes' outcomes is that of the agent. */
const WORST: readonly AgentOutcome[] = ['refused', 'taken-back', 'incomplete', 'waiting', 'applying', 'applied'];
/** Characters; the record takes 2000. */
const MOST_REASON = 1500;

export function progressOf(carrier: WishCarrier, { target, bad, trouble, obstacles, withdrawing }: Findings): Progress {
  const all = carrier.dataplanes.map((name) => ({ name, carried: carrier.status(name) }));
  const drift = all.reduce((sum, { carried }) => sum + carried.drift, 0);
  const marks = all.flatMap(({ carried: { mark } }) => mark ?? []);
  const inEffect = marks.length === 0 ? undefined : Math.max(...marks.map(({ generation }) => generation));
  if (bad !== undefined) return { ...shown(inEffect, { outcome: 'refused', reason: bad }), drift };
  const findings = all.flatMap(({ name, carried }): Finding[] => {
    const obstacle = obstacles.get(name);
    if (obstacle !== undefined) return [obstacle];
    const sha256 = wishOf(target, name);
    // A wish that it is not to have any more is there until it is withdrawn.
    if (target !== undefined && sha256 === undefined) return carried.mark ? [applyingFor(trouble)] : [];
    const mark = target === undefined ? carried.mark : sha256 && { generation: target.generation, sha256 };
    return mark ? [findingOf(carried, mark, trouble)] : [];
  });
  if (withdrawing !== undefined) findings.push({ outcome: 'applying' });
  const [worst] = findings.sort((a, b) => WORST.indexOf(a.outcome) - WORST.indexOf(b.outcome));
  const generation = target?.generation ?? withdrawing?.generation ?? inEffect;
  if (worst !== undefined) return { ...shown(generation, worst), drift };
  return target === undefined ? { drift } : { ...shown(generation, { outcome: 'applied' }), drift };
}

const applyingFor = (trouble: string | undefined): Finding => ({
  outcome: 'applying',
  ...(trouble !== undefined && { reason: trouble }),
});

function findingOf({ mark, end, state, reason }: Carried, wanted: Mark, trouble: string | undefined): Finding {
  if (!isSameMark(mark, wanted)) return applyingFor(trouble);
  if (end === 'taken-back')
    return { outcome: 'taken-back', reason: 'it was not confirmed: the wish before is in effect' };
  if (end === 'replaced') return { outcome: 'incomplete', reason: 'another wish was applied on this host since' };
  if (state === 'working' || state === 'none') return { outcome: 'applying' };
  return state === 'applied' ? { outcome: 'applied' } : { outcome: state, reason };
}

function shown(generation: number | undefined, { outcome, reason }: Finding): Omit<Progress, 'drift'> {
  return {
    ...(generation !== undefined && { generation }),
    outcome,
    ...(reason !== undefined && { reason: printableLine(reason, MOST_REASON) }),
  };
}
