/** A roll-out in words. */

import { showDuration } from '../../duration.js';
import type { GenerationPlan, RolloutState } from '../../fleet/index.js';
import { clockTime } from '../output/clock-time.js';

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `2026-11-28 22:10:03`, in local time. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clockTime(date).slice(0, 'hh:mm:ss'.length)}`;
}

/** The line that says where a roll-out stands. `sizes`: agents of each wave, from the first. */
export function stateLine(
  { generation, waves, confirmSeconds = 0 }: GenerationPlan,
  { state, wave, since, reason }: RolloutState,
  sizes: readonly number[] = [],
): string {
  const head = `generation ${generation}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  const size = sizes[wave - 1] === undefined ? '' : `: ${counted(sizes[wave - 1], 'agent')}`;
  if (state === 'running' && wave === 0) return `${head} is about to begin`;
  if (state === 'running') return `${head}: wave ${wave} of ${waves}${size}`;
  if (state === 'paused') return `${head} is paused in wave ${wave} of ${waves}; "vppmux fleet resume" goes on`;
  if (state === 'taking-back') return `${head} is taken back${why}`;
  if (state === 'taken-back') return `${head} was taken back${why}`;
  if (state === 'done') return reason === undefined ? `${head} is done` : `${head} is done, but not by ${reason}`;
  const end = new Date(Date.parse(since) + confirmSeconds * 1000).toISOString();
  return `${head}: all waves are good; "vppmux fleet confirm" keeps it, until ${timeText(end)} (${showDuration(confirmSeconds * 1000)}); without it, it is taken back`;
}
