/** Words for what zod finds wrong in a configuration. */

import type { z } from 'zod';
import { closest } from '../../nearest.js';
import { isOwnLimit, withoutLead } from '../../zod-insides.js';

/** Describes a zod issue: the key's path, and what was expected. */
export function describeIssue(issue: z.core.$ZodIssue, root: unknown): string {
  const name = showPath(issue.path);
  const wrong = valueAt(root, issue.path);
  if (wrong === undefined && issue.code.startsWith('invalid_')) return `missing key "${name}"`;
  if (wrong === null) return `${name}: has no value; write one, or leave the line out for the default`;
  const message = limitOf(issue) ?? withoutLead(issue.message);
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return `${name}: must be one of ${known.join(', ')}${typeof wrong === 'string' ? closest(wrong, known).text : ''}`;
  }
  return name === '' ? message : `${name}: ${message}`;
}

/** Describes a limit that was missed; undefined for any other issue, and for a message of the schema's own. */
function limitOf(issue: z.core.$ZodIssue): string | undefined {
  if (!isOwnLimit(issue)) return undefined;
  if (issue.code === 'too_small') {
    if (issue.minimum === 1 && issue.origin !== 'number') return 'must not be empty';
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${OF[issue.origin] ?? ''}`;
  }
  if (issue.code !== 'too_big') return undefined;
  return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${OF[issue.origin] ?? ''}`;
}

const OF: Readonly<Record<string, string>> = {
  string: ' characters long',
  array: ' entries long',
  set: ' entries long',
};

/** `dataplanes.primary`, `rules[0].action` */
export const showPath = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );

/** The value that `path` leads to; undefined where there is none. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}
