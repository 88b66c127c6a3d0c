/**
 * Describes whatever was thrown. JavaScript lets anything be thrown: nothing at all, a symbol, an object without a
 * prototype, a revoked proxy, an error whose `message` is a getter that throws. Whoever reports an error must not fail in
 * reporting it, so every text about a caught value comes from here. Functions of the value are never called.
 */

import { types } from 'node:util';

/** Characters: a message may hold all of an input. */
const LONGEST = 4000;
/** Errors of an AggregateError that are named, and causes that are followed. */
const MOST = 10;
const DEEPEST = 4;

/** Describes what went wrong, in words for people. */
export function reasonOf(thrown: unknown): string {
  return reasonWithin(thrown, 0);
}

/** The same behind the kind of error, `TypeError: …`, where that helps who wrote the code. */
export function kindAndReason(thrown: unknown): string {
  return isError(thrown) ? `${textAt(thrown, 'name') || 'Error'}: ${reasonOf(thrown)}` : nameOf(thrown);
}

/** Whether it is an error, of this realm or another. A proxy that forbids to look counts as none. */
export function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || isA(thrown, Error);
}

/** `instanceof`, which a proxy can make throw. */
export function isA<E>(thrown: unknown, kind: abstract new (...args: never[]) => E): thrown is E {
  try {
    return thrown instanceof kind;
  } catch {
    return false;
  }
}

/** `of[key]`; undefined where that is not to be had. */
export function propertyOf(of: unknown, key: PropertyKey): unknown {
  try {
    return (of as Record<PropertyKey, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

/** The text at `of[key]`, bounded; undefined where there is none. */
export function textAt(of: unknown, key: PropertyKey): string | undefined {
  const text = propertyOf(of, key);
  return typeof text === 'string' ? shortened(text) : undefined;
}

/**
 * An error that says the same and can be looked at without danger: for loggers, which read all that an error has. Undefined
 * for what is no error. Fields that are objects are left out.
 */
export function errorCopy(thrown: unknown, depth = 0): Error | undefined {
  if (!isError(thrown)) return undefined;
  const kind = KINDS.find((each) => isA(thrown, each)) ?? Error;
  const cause = depth < DEEPEST ? errorCopy(propertyOf(thrown, 'cause'), depth + 1) : undefined;
  const copy = new kind(textAt(thrown, 'message') ?? '', cause && { cause });
  Object.assign(copy, plainFields(thrown));
  const name = textAt(thrown, 'name') ?? kind.name;
  const stack = textAt(thrown, 'stack') ?? `${name}: ${copy.message}`;
  for (const [key, value] of Object.entries({ name, stack })) {
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  }
  return copy;
}

const KINDS = [TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError];

/** Its own fields that are text or numbers, such as `code` and `syscall`. */
function plainFields(thrown: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of keysOf(thrown).slice(0, MOST)) {
    const value = propertyOf(thrown, key);
    if (typeof value === 'string') fields[key] = shortened(value);
    else if (typeof value === 'number' || typeof value === 'boolean') fields[key] = value;
  }
  return fields;
}

function keysOf(value: object): string[] {
  try {
    return Object.keys(value).filter((key) => key !== 'message' && key !== 'stack' && key !== 'name');
  } catch {
    return [];
  }
}

function reasonWithin(thrown: unknown, depth: number): string {
  if (typeof thrown === 'string') return shortened(thrown);
  if (!isError(thrown)) return `threw ${nameOf(thrown)}, which is not an Error`;
  const reasons = depth < DEEPEST ? errorsOf(thrown).map((each) => reasonWithin(each, depth + 1)) : [];
  if (reasons.length > 0) return shortened(reasons.join('; '));
  return textAt(thrown, 'message') || textAt(thrown, 'name') || 'an error without a message';
}

/** The errors of an AggregateError. */
function errorsOf(thrown: Error): unknown[] {
  try {
    const errors = propertyOf(thrown, 'errors');
    return Array.isArray(errors) ? errors.slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Never its content, which may be a secret, unless it is a message. */
function nameOf(thrown: unknown): string {
  if (typeof thrown === 'object' || typeof thrown === 'function')
    return thrown === null ? 'null' : nameOfObject(thrown);
  return shortened(String(thrown));
}

function nameOfObject(thrown: object): string {
  if (types.isProxy(thrown)) return 'a proxy';
  const made = textAt(propertyOf(thrown, 'constructor'), 'name');
  const name = typeof thrown === 'function' ? 'a function' : made && made !== 'Object' ? `a ${made}` : 'an object';
  const message = textAt(thrown, 'message');
  return message ? `${name} that says "${message}"` : name;
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}… (cut)` : text);
