/** The checks that the tables of options stand for, and their defaults. */

import { didYouMean } from '../../nearest.js';
import { VppmuxError } from '../errors.js';
import type { Filled, OptionGroup, OptionSpec } from './option-spec.js';

type Table = Readonly<Record<string, OptionSpec<never> | OptionGroup<never>>>;

const isGroup = (spec: OptionSpec<never> | OptionGroup<never>): spec is OptionGroup<never> => 'options' in spec;

/** Throws BAD_OPTION for the first one that is unknown, or has a value that it cannot have. `under`: `health.`, … */
export function checkOptions(table: object, given: object, under = ''): void {
  const specs = table as Table;
  for (const [key, value] of Object.entries(given)) {
    const path = under + key;
    if (!Object.hasOwn(specs, key)) {
      throw badOption(path, `there is no option ${path}${didYouMean(key, Object.keys(specs)).text}`);
    }
    if (value === undefined || value === null) continue;
    const spec = specs[key];
    if (!isGroup(spec)) checkOption(spec, path, value);
    else if (typeof value === 'object') checkOptions(spec.options, value, `${path}.`);
    else if (spec.onDemand !== 'switch' || typeof value !== 'boolean') {
      throw badOption(path, `${path} must be an object of options, not ${String(value)}`);
    }
  }
}

/** Throws BAD_OPTION. */
export function checkOption(spec: Pick<OptionSpec, 'problem'>, path: string, value: unknown): void {
  const problem = spec.problem(value);
  if (problem !== undefined) throw badOption(path, `${path} ${problem}`);
}

export function badOption(path: string, message: string): VppmuxError {
  return new VppmuxError('BAD_OPTION', message, { path });
}

/** `given`, and the defaults of `table` for what it lacks. */
export function withDefaults<T extends object, S extends object>(table: S, given: T): Filled<T, S> {
  const filled = Object.entries(table as Table).map(([key, spec]): [string, unknown] => {
    const value: unknown = Reflect.get(given, key) ?? undefined;
    if (!isGroup(spec)) return [key, value ?? spec.default];
    const isOff = spec.onDemand !== undefined && (value === undefined || value === false);
    return [key, isOff ? undefined : withDefaults(spec.options, typeof value === 'object' ? (value as object) : {})];
  });
  return Object.fromEntries(filled) as Filled<T, S>;
}
