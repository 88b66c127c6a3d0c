/** Shows plans, objects and their states as the operations give them. */

import type { z } from '../../sdk/index.js';
import { planOfAsync } from '../../wish/index.js';
import type { Carrier } from './carrier.js';
import type { Clock } from './clock.js';
import type { Comparison } from './comparison.js';
import type { Controller } from './controller.js';
import type { ObjectProblem, ObjectStates } from './object-states.js';
import type { outcome, planOutput, problem, ShownValue, unconfirmed } from './shapes.js';

type Shown<T extends z.ZodType> = z.input<T>;
type PlanShown = Shown<z.ZodObject<typeof planOutput>>;
type OutcomeShown = Shown<z.ZodObject<typeof outcome>>;

export const MOST_PROBLEMS = 100;

export async function shownPlan(comparison: Comparison, most: number): Promise<PlanShown> {
  const { changes, pending } = await planOfAsync(comparison.reconciliation, most);
  const counts = { create: 0, change: 0, delete: 0, pending: pending.length };
  for (const { action } of comparison.operations) counts[action] += 1;
  return {
    changes: changes.map(({ before, after, messages, ...rest }) => ({
      ...rest,
      ...(before !== undefined && { before: plain(before) as ShownValue }),
      ...(after !== undefined && { after: plain(after) as ShownValue }),
      messages: messages.map(({ name, fields, stopsWorkers }) => {
        return { name, fields: plain(fields) as Record<string, unknown>, stopsWorkers };
      }),
    })),
    counts,
    pending: pending.slice(0, most).map(({ key, reason }) => ({ key, reason })),
  };
}

export function shownProblems({ problems }: ObjectStates, clock: Clock): Shown<typeof problem>[] {
  const shown: Shown<typeof problem>[] = [];
  for (const each of problems) {
    if (shown.length === MOST_PROBLEMS) break;
    shown.push(shownProblem(each, clock));
  }
  return shown;
}

function shownProblem({ key, state, reason, attempts, retryAt }: ObjectProblem, clock: Clock): Shown<typeof problem> {
  const at = retryAt === undefined ? undefined : dateAt(retryAt, clock);
  return { key, state, reason, ...(attempts > 0 && { attempts }), ...(at !== undefined && { retryAt: at }) };
}

export function dateAt(ms: number, clock: Clock): string {
  return new Date(clock.date().getTime() + ms - clock.now()).toISOString();
}

export function shownUnconfirmed({ keeper, confirmBy }: Controller): Shown<typeof unconfirmed> | undefined {
  const { unconfirmed: waiting, confirmed } = keeper?.state ?? {};
  if (waiting === undefined) return undefined;
  const until = confirmBy?.until?.toISOString();
  return { ...waiting, ...(until !== undefined && { until }), ...(confirmed !== undefined && { back: confirmed }) };
}

/** The result of the round that has just ended, for the present wish. */
export function shownOutcome(controller: Controller, carrier: Carrier, isAway: boolean, clock: Clock): OutcomeShown {
  const { counts } = carrier.states;
  const isWhole = carrier.trouble === undefined && counts.failed + counts.uncertain + counts.pending === 0;
  const waiting = shownUnconfirmed(controller);
  return {
    revision: controller.keeper?.present?.revision ?? 1,
    state: isAway ? 'waiting' : isWhole ? 'applied' : 'incomplete',
    changed: isAway ? 0 : carrier.changed,
    counts,
    problems: shownProblems(carrier.states, clock),
    ...(waiting !== undefined && { unconfirmed: waiting }),
  };
}

/** A value as JSON can carry it: large numbers as decimal text, bytes as hex digits. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
