/** The fault of a number, a bool, or an enum's value: part of check-fields. */

import { didYouMean } from '../../nearest.js';
import { enumNamesFor, enumValueOf, shortEnumNames } from '../schema/enum-names.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { EnumType, Scalar, Type } from '../schema/model.js';
import { shown } from '../schema/shown.js';
import { INTEGER_RANGE, unaliased } from '../schema/sizes.js';
import { toBigInt } from './wire-write.js';

/** The fault of a value; `path` says where. */
export interface Problem {
  readonly path: string;
  readonly text: string;
  readonly nearest?: readonly string[];
}

export function checkScalarOrEnum(type: Type, value: unknown, path: string): Problem | undefined {
  const plain = unaliased(type);
  if (plain.kind === 'enum') return checkEnum(plain, value, path);
  return plain.kind === 'scalar' ? checkScalar(plain.name, value, path) : undefined;
}

function checkScalar(name: Scalar, value: unknown, path: string): Problem | undefined {
  const expected = (what: string): Problem => ({ path, text: `${what} is expected, not ${shown(value)}` });
  if (name === 'bool') {
    const fits = typeof value === 'boolean' || value === 1 || value === 0;
    return fits ? undefined : expected('true or false (or 1 or 0)');
  }
  if (name === 'f64')
    return typeof value === 'number' && Number.isFinite(value) ? undefined : expected('a finite number');
  if (name === 'u64' || name === 'i64') {
    const long = toBigInt(value);
    const [min, max] = name === 'u64' ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
    if (long === undefined) return expected(`${name} (bigint, safe integer or decimal text)`);
    return long >= min && long <= max ? undefined : expected(`${name} (${min} … ${max})`);
  }
  const [min, max] = INTEGER_RANGE[name] ?? [0, 0];
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return fits ? undefined : expected(`${name} (an integer, ${min} … ${max})`);
}

function checkEnum(type: EnumType, value: unknown, path: string): Problem | undefined {
  if (typeof value === 'number') return checkScalar(type.base, value, path);
  if (typeof value === 'string' && enumValueOf(type, value) !== undefined) return undefined;
  const list = Array.isArray(value)
    ? value
    : typeof value === 'string' && value.includes('|')
      ? value.split('|')
      : undefined;
  if (list !== undefined && isCombinable(type)) {
    for (const part of list) {
      const found = checkPart(type, part, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value === 'string' && list === undefined) return unknownName(type, value, path);
  const forms = isCombinable(type) ? 'a number, a name, or several names' : 'a number or one name';
  return { path, text: `${forms} of ${type.name} is expected, not ${shown(value)}` };
}

function checkPart(type: EnumType, part: unknown, path: string): Problem | undefined {
  if (typeof part !== 'string') return checkScalar(type.base, part, path);
  const name = part.trim();
  return enumValueOf(type, name) === undefined ? unknownName(type, name, path) : undefined;
}

function unknownName(type: EnumType, name: string, path: string): Problem {
  const meant = enumNamesFor(type, name);
  if (meant.length > 0) return { path, text: `${shown(name)} can be ${listed(meant, ' or ')}`, nearest: meant };
  const known = [...type.values.keys()];
  const whole = didYouMean(name, known);
  const { near, text } = whole.near.length > 0 ? whole : didYouMean(name, shortEnumNames(type).keys());
  const help = text || `; the names are: ${listed(known, ', ')}`;
  return { path, text: `${type.name} has no ${shown(name)}${help}`, nearest: near };
}

function listed(names: readonly string[], separator: string): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(separator);
}
