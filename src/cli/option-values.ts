/** Values of options: durations and counts. */

import { InvalidArgumentError } from 'commander';
import { LONGEST_TIMER_MS, parseDuration } from '../duration.js';

const LONGEST_HOURS = Math.floor(LONGEST_TIMER_MS / 3_600_000);

/** '5s', '500ms', '1m30s' → milliseconds. A number without a unit is refused (0 excepted): seconds and milliseconds are confused too easily. */
export function durationOption(text: string): number {
  const ms = parseDuration(text.trim());
  if (ms === undefined) {
    throw new InvalidArgumentError(`'${text}' is not a duration: write it with its unit, as 500ms, 5s or 1m.`);
  }
  if (ms <= LONGEST_HOURS * 3_600_000) return ms;
  throw new InvalidArgumentError(`'${text}' is too long: at most ${LONGEST_HOURS}h.`);
}

/** An option that needs more than no time. */
export function parseTimeout(text: string): number {
  const ms = durationOption(text);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('it must be longer than 0.');
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number of at least 1.');
}
