/** Durations in configuration files: `1s`, `250ms`, `1m30s`, or nanoseconds as in govpp's own govpp.conf. */

import { z } from 'zod';
import { LONGEST_TIMER_MS, parseDuration } from '../../duration.js';

const NANOSECONDS = 1_000_000;

const FORMS = 'expected a duration like 1s, 250ms or 1m30s, or an integer of nanoseconds';

/** Help and OpenAPI show the title. */
const forms = z.union([z.string(), z.number()], { error: FORMS }).meta({ title: 'duration' });

const base = forms.transform((value, context) => {
  const ms = typeof value === 'number' ? fromNanoseconds(value) : fromText(value.trim());
  if (typeof ms === 'number' && ms <= LONGEST_TIMER_MS) return ms;
  const message = typeof ms === 'string' ? ms : `${value} is longer than a timer can wait (24 days)`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/**
 * A zod schema for a duration in milliseconds. It takes strings as Go writes them (`'1s'`, `'250ms'`, `'1m30s'`,
 * units h, m, s, ms, us, ns), or an integer of nanoseconds (1000000000 is one second); 0 in either form.
 * Integers under a millisecond are refused, since `5` rarely means 5 ns.
 *
 * `.default('10s')` takes the forms that a file may hold.
 */
export function duration() {
  // zod's own default() would take the output (milliseconds), which is not what a file holds.
  return Object.assign(base.clone(), { default: (value: string | number) => base.prefault(value) });
}

function fromText(text: string): number | string {
  return parseDuration(text) ?? `"${text}" is no duration; write it like 1s, 250ms or 1m30s`;
}

function fromNanoseconds(value: number): number | string {
  if (value === 0) return 0;
  if (value < 0) return `${value} is negative; write a duration like 1s or 250ms`;
  if (!Number.isInteger(value) || value < NANOSECONDS) {
    return `${value} without a unit is in nanoseconds, less than a millisecond; write "${value}s" or "${value}ms" if that is meant`;
  }
  return value / NANOSECONDS;
}
