/** The form of fleet.yaml: groups of agents, labels of those that are away, and defaults for the options of `vppmux fleet apply`. */

import * as z from 'zod';
import { parseDuration } from '../../duration.js';
import { NAME } from '../keys.js';
import { labels } from '../records.js';

const name = z.string().regex(NAME, 'must be a name of letters, digits and . _ -, of 63 characters at most');
const LONGEST_MS = 86_400_000;

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 1000 && ms <= LONGEST_MS) return ms;
  context.addIssue({ code: 'custom', message: 'must be a duration from 1s to 24h, as 5m' });
  return z.NEVER;
});

/** Agents of a wave: a number of them, or a part of all in hundredths. */
export type Batch = { readonly count: number } | { readonly percent: number };

/** `10` or `5%`; undefined for any other text. */
export function parseBatch(text: string): Batch | undefined {
  const [, digits, sign] = /^([1-9]\d{0,5})(%?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  if (sign === '') return { count: number };
  return number <= 100 ? { percent: number } : undefined;
}

export const BATCH_FORM = 'must be a number of agents, or a part of all as 5%';

const batch = z.union([z.int(), z.string()]).transform((given, context) => {
  const parsed = parseBatch(String(given));
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: BATCH_FORM });
  return z.NEVER;
});

/** Groups of a fleet; all of them are written in one transaction. */
const MOST_GROUPS = 100;

export const fleetFile = z.strictObject({
  /** By name; the wish of one is defaults/NAME.yaml. An empty selector is every agent. */
  groups: z
    .record(name, z.strictObject({ selector: labels }))
    .refine((given) => Object.keys(given).length <= MOST_GROUPS, `must be ${MOST_GROUPS} at most`)
    .default({}),
  /** Labels of agents by the agents' own: for those that are away, since the others say theirs. */
  labels: z.record(name, labels).default({}),
  batch: batch.optional(),
  confirm: duration.optional(),
  'wave-time': duration.optional(),
  'pause-on-failure': z.boolean().optional(),
  'allow-away': z.boolean().optional(),
  'allow-deletions': z.union([z.int().min(0), z.literal('all')]).optional(),
});
export type FleetFile = z.output<typeof fleetFile>;

/** Whether an agent's labels are those that a selector asks for. */
export function isSelected(selector: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
}
