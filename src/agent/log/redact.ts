/**
 * Masks secrets in log lines: at any depth, under any key that sounds like one, in any spelling. A plugin logs objects as
 * they are (a configuration, the headers of a request), and passwords in logs are noticed too late.
 */

import { isSecretKey } from '../../secret-key.js';
import { errorCopy, isError } from '../../thrown.js';
import { type Plain, plain } from './plain.js';

export const MASK = '(secret)';

/** The fields of a log line with their secrets masked. Errors stay errors, for the logger to format. */
export function redacted(fields: object): Record<string, unknown> {
  if (isError(fields)) return { err: shownError(fields) };
  const shown: Record<string, unknown> = {};
  for (const [key, value] of entriesOf(fields)) {
    if (value === undefined || typeof value === 'function') continue;
    shown[key] = isSecretKey(key) ? MASK : isError(value) ? shownError(value) : masked(plain(value));
  }
  return shown;
}

/** A copy of an error with the secrets among its own fields masked: they may be a request with its headers. */
function shownError(error: Error): Error {
  const copy = errorCopy(error) ?? new Error('an error that cannot be shown');
  for (const key of Object.keys(copy).filter(isSecretKey)) Reflect.set(copy, key, MASK);
  return copy;
}

function masked(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as { readonly [key: string]: Plain });
  return Object.fromEntries(entries.map(([key, part]) => [key, isSecretKey(key) ? MASK : masked(part)]));
}

/** Shorter values are no secrets, and would be found in any text. */
const SHORTEST_SECRET = 4;
const DEEPEST_SECRET = 64;

/** A function that masks, in texts, the values that `configuration` has under keys that sound like secrets. */
export function secretMask(configuration: unknown): (text: string) => string {
  let secrets: string[] | undefined;
  return (text) => {
    // Searched on first use, and once.
    secrets ??= [...secretsIn(configuration, false, 0)]
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .sort((a, b) => b.length - a.length);
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  };
}

function* secretsIn(value: unknown, isSecret: boolean, depth: number): Generator<string> {
  if (typeof value === 'object' && value !== null) {
    if (depth > DEEPEST_SECRET) return;
    const isList = Array.isArray(value);
    for (const [key, part] of Object.entries(value)) {
      yield* secretsIn(part, isSecret || (!isList && isSecretKey(key)), depth + 1);
    }
  } else if (isSecret && (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')) {
    yield String(value);
  }
}

function entriesOf(fields: object): [string, unknown][] {
  try {
    return Object.keys(fields).map((key) => [key, Reflect.get(fields, key)]);
  } catch {
    return [['fields', plain(fields)]];
  }
}
