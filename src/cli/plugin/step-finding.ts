/** What became of one call of a hook, as a finding. */

import { showDuration } from '../../agent/for-cli.js';
import type { Finding } from '../output/finding.js';
import type { Step } from './watched.js';

/** From here on a step is worth a word: somebody waits for it. */
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
