/** Words for what zod finds wrong with the form of a wish: one mistake for each value or key. */

import { z } from 'zod';
import { closest } from '../nearest.js';
import { inputSide, isOwnLimit, withoutLead, wrapped } from '../zod-insides.js';
import { type Problem, showPath } from './problem.js';

type Path = (string | number)[];

/** The file that an issue is about. */
export interface FormedFile {
  readonly root: unknown;
  /** The form that has the issue, and the way to its value. */
  readonly schema: unknown;
  readonly at?: Path;
}

export function formProblems(issue: z.core.$ZodIssue, { root, schema, at = [] }: FormedFile): Problem[] {
  const path = [...at, ...(issue.path as Path)];
  const subject = path.length === 0 ? 'the wish' : showPath(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const hint = closest(key, known).text;
      return { path: [...path, key], message: `${showPath([...path, key])}: is no key of it${hint}` };
    });
  }
  const wrong = valueAt(root, path);
  return [{ path, message: `${subject}: ${textOf(issue, wrong)}` }];
}

/** The keys of the mapping that is at `path` of a form; none where it is no mapping of certain keys. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const inner = unwrap(schema);
  const [step, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(inner.shape);
    return keysAt(inner.shape[step as string], rest);
  }
  if (step !== undefined && inner instanceof z.ZodRecord) return keysAt(inner.valueType, rest);
  if (step !== undefined && inner instanceof z.ZodArray) return keysAt(inner.element, rest);
  return [];
}

function unwrap(schema: unknown): unknown {
  const within = schema instanceof z.ZodPipe ? inputSide(schema) : wrapped(schema);
  return within === undefined ? schema : unwrap(within);
}

function textOf(issue: z.core.$ZodIssue, wrong: unknown): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is no name for it';
  if (wrong === undefined) return 'is missing';
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return `must be one of ${known.join(', ')}${typeof wrong === 'string' ? closest(wrong, known).text : ''}`;
  }
  if (issue.code === 'invalid_union') return `${short(wrong)} is not a number, range or name that it can have`;
  if (isOwnLimit(issue) && (issue.code === 'too_small' || issue.code === 'too_big')) {
    const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
    const limit =
      issue.code === 'too_small' ? `less than ${issue.minimum}${unit}` : `greater than ${issue.maximum}${unit}`;
    return `${short(wrong)} is ${limit}`;
  }
  if (issue.code === 'invalid_type') return `${short(wrong)} is not ${article(issue.expected)}`;
  return withoutLead(issue.message);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of names',
};
const article = (expected: string) => KINDS[expected] ?? expected;

const SHOWN = 60;
/** A list or a mapping is not shown: it may have a secret in it. */
const short = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return (JSON.stringify(value) ?? String(value)).slice(0, SHOWN);
};

const valueAt = (root: unknown, path: Path) =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
