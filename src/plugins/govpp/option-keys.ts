/** The keys of govpp.conf that set an option of the connection as it is: each has the option's text and default. */

import { z } from 'zod';
import type { OptionSpec } from '../../mux/index.js';
import { duration } from '../../sdk/index.js';

/** An option whose default is a constant. */
type Constant<T> = Pick<OptionSpec<T>, 'text' | 'problem'> & { readonly default: T };

/** A duration in a file's words: `30s`, `500ms`. */
export function durationKey(option: Constant<number>) {
  const { default: ms, problem } = option;
  return duration()
    .default(ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`)
    .refine((given) => problem(given) === undefined, 'must be more than 0')
    .describe(sentence(option));
}

export function numberKey(option: Constant<number> & { readonly least: number }) {
  return z.number().int().min(option.least).default(option.default).describe(sentence(option));
}

export function booleanKey(option: Constant<boolean>) {
  return z.boolean().default(option.default).describe(sentence(option));
}

export function namesKey(option: Constant<readonly string[]>) {
  const names = z.array(z.string().min(1)).default([...option.default]);
  return names.describe(sentence(option));
}

export function choiceKey<T extends string>(option: Constant<T> & { readonly values: readonly T[] }) {
  const { values, default: byDefault } = option;
  return z
    .enum(values)
    .default(byDefault as never)
    .describe(sentence(option));
}

/** The table's phrases begin in lower case. */
export function sentence({ text }: Pick<OptionSpec, 'text'>): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
