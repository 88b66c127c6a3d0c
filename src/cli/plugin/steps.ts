/** Calls of a plugin's hooks, and the findings about them. */

import { dirname } from 'node:path';
import { showDuration } from '../../duration.js';
import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';

export const HOOKS = [
  ...(['init', 'afterInit', 'close', 'configuration', 'dataplane', 'redundancy', 'saveState'] as const),
  ...(['open', 'closeHandle'] as const),
];
export type Hook = 'create' | (typeof HOOKS)[number];

/** One call of a hook. */
export interface Step {
  readonly hook: Hook;
  /** Kind of a control event. */
  readonly event?: string;
  /** Milliseconds that it took; undefined until it has returned. */
  ms?: number;
  /** The error it threw, and where. */
  failure?: { readonly text: string };
}

/** Duration from which a step is reported as slow: somebody waits for it. */
const SLOW_MS = 1000;

/** `budgetMs`: what the agent gives it. */
export function stepFinding(check: string, steps: readonly Step[], budgetMs: number): Finding {
  if (steps.length === 0) return { check, ok: 'yes', detail: 'no hook' };
  const wrong = steps.filter(({ ms, failure }) => ms === undefined || failure);
  if (wrong.length > 0)
    return { check, ok: 'no', detail: wrong.map((step) => whatWentWrong(step, budgetMs)).join('; ') };
  const slow = steps.some(({ ms = 0 }) => ms >= SLOW_MS);
  const named = ({ hook, event }: Step) => event ?? (hook === 'saveState' ? hook : undefined);
  const detail = steps.map((step) => [named(step), showMs(step.ms ?? 0)].filter(Boolean).join(' ')).join(', ');
  if (!slow) return { check, ok: 'yes', detail };
  return { check, ok: 'warn', detail: `${detail}: slow; the agent gives up after ${showDuration(budgetMs)}` };
}

function whatWentWrong({ hook, event, ms, failure }: Step, budgetMs: number): string {
  const what = event === undefined ? hook : `${hook} (${event})`;
  if (ms === undefined) return `${what} has not returned within ${showDuration(budgetMs)}`;
  return `${what} failed after ${showMs(ms)}: ${failure?.text}`;
}

export const showMs = (ms: number) => (ms < 100 ? `${ms.toFixed(1)} ms` : showDuration(ms));

/** The reason, and the line of the plugin that it comes from, where the stack names one. */
export function whereAndWhy(error: unknown, file: string | undefined): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const own = frames.find((line) => file !== undefined && line.includes(`${dirname(file)}/`));
  const place = own === undefined ? undefined : placeIn(own);
  return `${reasonOf(error)}${place === undefined ? '' : ` (${place})`}`;
}

/** `plugin.js:3:4` at the end of a line of a stack. */
function placeIn(frame: string): string | undefined {
  const text = frame.endsWith(')') ? frame.slice(0, -1) : frame;
  const place = text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('('), text.lastIndexOf('/')) + 1);
  return /^[^:]+:\d+:\d+$/.test(place) ? place : undefined;
}
