/** Describes the first problems of an invalid value for people, each with its path. */

import type { z } from 'zod';
import { closestOrAll } from '../../nearest.js';
import { expectation, isOwnOption } from '../../zod-insides.js';
import type { Invalid } from './validate-in-pieces.js';

/** Problems that a message lists. */
const MOST_LISTED = 3;
/** Characters of a message, which may repeat a part of the input. */
const LONGEST = 500;

/** `value` is the whole value; `keys` are its known keys, for a suggestion. */
export function problemsOf({ issues, complete }: Invalid, value: unknown, keys: readonly string[]): string {
  const problems = issues.slice(0, MOST_LISTED).map((issue) => problemOf(issue, value, keys));
  const more = issues.length - problems.length;
  const rest = more > 0 ? `; and ${complete ? '' : 'at least '}${more} more` : '';
  return `${problems.join('; ')}${rest}`;
}

function problemOf(issue: z.core.$ZodIssue, value: unknown, keys: readonly string[]): string {
  const path = pathOf(issue);
  const hint =
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? closestOrAll(issue.keys[0], keys).text : '';
  const isMissing = at(value, issue.path) === undefined;
  const expected = expectation(inOurWords(issue));
  const missing = `${path === undefined ? 'the whole ' : ''}is missing${expected === '' ? '' : ` (${expected})`}`;
  const message = isMissing ? missing : inOurWords(issue);
  const short = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
  return `${path === undefined ? '' : `${path}: `}${short}${hint}`;
}

/** zod's `Invalid option: expected one of "up"|"down"` is worded as everything else here. */
function inOurWords(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value' || !isOwnOption(issue)) return issue.message;
  return `must be one of ${issue.values.map(String).join(', ')}`;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((part, key) => (part as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

/** `routes[3].prefix` */
export function pathOf({ path }: z.core.$ZodIssue): string | undefined {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? undefined : text.replace(/^\./, '');
}
