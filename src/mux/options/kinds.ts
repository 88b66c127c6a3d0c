/** The kinds of options: each is a check, and a text that says what would be right. */

import { LONGEST_TIMER_MS } from '../../duration.js';
import type { OptionSpec } from './option-spec.js';

type Spec<T> = Pick<OptionSpec<T>, 'text'> & Partial<Pick<OptionSpec<T>, 'otherwise'>>;
/** An option with a default that is a constant. */
type Constant<T> = OptionSpec<T> & { readonly default: T };

type Counted = Constant<number> & { readonly least: number };
type Choice<T> = Constant<T> & { readonly values: readonly T[] };

const isMilliseconds = (value: unknown) => typeof value === 'number' && value > 0 && value <= LONGEST_TIMER_MS;

const mustBe =
  (what: string, fits: (value: unknown) => boolean) =>
  (value: unknown): string | undefined =>
    fits(value) ? undefined : `must be ${what}, not ${shown(value)}`;

/** A value as a message shows it, whatever it is: an object may have no text. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'this list' : 'this object';
  return value === '' ? '""' : String(value);
}

export const tracerProblem = mustBe(
  'a function or a TraceRing',
  (value) => typeof value === 'function' || (typeof value === 'object' && value !== null && 'add' in value),
);

export const expectedProblem = mustBe('the compat.json of vppmux generate --used, of version 1', (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, messages, files } = value as Partial<Record<string, unknown>>;
  const isWhole = typeof messages === 'object' && messages !== null && Array.isArray(files);
  return format === 'vppmux-expected' && version === 1 && isWhole;
});

export const millisecondsProblem = mustBe('a number of milliseconds above 0', isMilliseconds);

/** More than no time, in milliseconds. */
export const milliseconds = (byDefault: number, text: string): Constant<number> => ({
  text,
  unit: 'ms',
  default: byDefault,
  problem: millisecondsProblem,
});

/** The same, or 0 for never. */
export const millisecondsOrZero = (byDefault: number, text: string): Constant<number> => ({
  ...milliseconds(byDefault, text),
  problem: (value) => (value === 0 ? undefined : millisecondsProblem(value)),
});

export const wholeNumber = (byDefault: number, least: number, text: string): Counted => ({
  text,
  least,
  default: byDefault,
  problem: mustBe(
    `a whole number of at least ${least}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= least,
  ),
});

export const bytes = (byDefault: number, text: string, least = 1): Counted => ({
  ...wholeNumber(byDefault, least, text),
  unit: 'bytes',
});

export const flag = (byDefault: boolean, text: string): Constant<boolean> => ({
  text,
  default: byDefault,
  problem: flagProblem,
});

export const flagProblem = mustBe('true or false', (value) => typeof value === 'boolean');

const isName = (value: unknown) => typeof value === 'string' && value !== '';
export const nameProblem = mustBe('a string that is not empty', isName);
const stringProblem = mustBe('a string', (value) => typeof value === 'string');

export const name = (byDefault: string, text: string): Constant<string> => ({
  text,
  default: byDefault,
  problem: nameProblem,
});

export const string = (spec: Spec<string>): OptionSpec<string> => ({ ...spec, problem: stringProblem });

/** The same, or false for none. */
export const orFalse = <T extends OptionSpec<string>>(option: T): T => ({
  ...option,
  problem: (value: unknown) => (value === false ? undefined : option.problem(value)),
});

export const oneOf = <const T extends string>(
  values: readonly T[],
  byDefault: NoInfer<T>,
  text: string,
): Choice<T> => ({
  text,
  values,
  default: byDefault,
  problem: mustBe(values.map((value) => `"${value}"`).join(' or '), (value) => values.includes(value as T)),
});

export const messageNames = (text: string): Constant<readonly string[]> => ({
  text,
  default: [],
  problem: mustBe('a list of message names', (value) => Array.isArray(value) && value.every(isName)),
});

/** The path of a Unix socket; with a transport, an address of any form. */
export const address = (spec: Spec<string>): OptionSpec<string> => ({ ...spec, problem: nameProblem });

export const callback = <T extends (...args: never[]) => unknown>(text: string): OptionSpec<T> => ({
  text,
  otherwise: 'none',
  problem: mustBe('a function', (value) => typeof value === 'function'),
});

/** An object that is used as it is, such as a schema; `has`: one of its members. */
export const object = <T extends object>(what: string, has: keyof T & string, spec: Spec<T>): OptionSpec<T> => ({
  ...spec,
  problem: mustBe(what, (value) => typeof value === 'object' && value !== null && has in value),
});
