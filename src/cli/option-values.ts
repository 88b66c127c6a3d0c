/** Values of options: durations and counts. */

import { InvalidArgumentError } from 'commander';

/** The longest that a timer takes: 2³¹ - 1 ms. */
const LONGEST_HOURS = 596;

const MILLISECONDS = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** '5s', '500ms', '1.5m' → milliseconds. A number without a unit is refused (0 excepted): seconds and milliseconds are confused too easily. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text.trim());
  if (match) {
    const ms = Number(match[1]) * MILLISECONDS[match[2] as keyof typeof MILLISECONDS];
    if (ms <= LONGEST_HOURS * MILLISECONDS.h) return ms;
    throw new InvalidArgumentError(`'${text}' is too long: at most ${LONGEST_HOURS}h.`);
  }
  if (text.trim() === '0') return 0;
  throw new InvalidArgumentError(`'${text}' is not a duration: write it with its unit, as 500ms, 5s or 1m.`);
}

/** An option that needs more than no time. */
export function parseTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('it must be longer than 0.');
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number of at least 1.');
}
