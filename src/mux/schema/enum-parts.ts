/** An enum's value as the names that stand for it, which can be given back in its place. */

import type { EnumType } from './model.js';

/** Whether values of an enum may be combined: an enumflag, or an older enum that is one in all but name. */
export function isCombinable(type: EnumType): boolean {
  return type.flags || /_flags?$/.test(type.name);
}

/**
 * One value: its name, or the number where it has none. Flags: a list of the names of the bits that are set, and of the
 * number that no names are left for; empty for none.
 */
export function namedValue(type: EnumType, value: number): string | number | (string | number)[] {
  if (isCombinable(type)) return namedBits(type, value);
  for (const [name, number] of type.values) if (number === value) return name;
  return value;
}

function namedBits(type: EnumType, value: number): (string | number)[] {
  const parts: (string | number)[] = [];
  let rest = value;
  for (const [name, bit] of type.values) {
    if (!isOneBit(bit) || (rest & bit) === 0) continue;
    parts.push(name);
    rest &= ~bit;
  }
  if (rest !== 0) parts.push(type.base.startsWith('u') ? rest >>> 0 : rest);
  return parts;
}

const isOneBit = (value: number) => value !== 0 && (value & (value - 1)) === 0;
