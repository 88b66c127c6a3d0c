/**
 * Names of an enum's values as people write and read them. VPP's begin with long prefixes, so any end of a name
 * that only one value has stands for it: `ADMIN_UP` for `IF_STATUS_API_FLAG_ADMIN_UP`.
 */

import type { EnumType } from './model.js';

const WORD = /^[A-Za-z0-9_]{1,128}$/;
/** A number in text is a number, though a name may end in the same digits. */
const NUMBER = /^(?:0x[0-9a-f]+|[0-9]+)$/i;

const shortNames = new WeakMap<EnumType, ReadonlyMap<string, number>>();

/**
 * An enum's values without the prefix that all names share, which ends at an underscore. A name that would begin
 * with a digit then (`10G`) keeps one word more; the others do not.
 */
export function shortEnumNames(type: EnumType): ReadonlyMap<string, number> {
  const known = shortNames.get(type);
  if (known) return known;
  const names = [...type.values];
  const prefix = names.length > 1 ? names.map(([name]) => name).reduce(commonPrefix) : '';
  const start = prefix.lastIndexOf('_') + 1;
  const short = new Map<string, number>();
  for (const [name, value] of names) {
    const cut = shortened(name, start);
    short.set(short.has(cut) ? name : cut, value);
  }
  shortNames.set(type, short);
  return short;
}

/** `name` from `start` on, or from an underscore further left, so that it begins with a letter. */
function shortened(name: string, start: number): string {
  let at = start;
  while (at > 0 && !/^[A-Za-z]/.test(name.slice(at))) at = name.lastIndexOf('_', at - 2) + 1;
  return name.slice(at);
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

/** The value that `word` stands for; undefined for none, and where several have it. Capitals do not matter. */
export function enumValueOf(type: EnumType, word: string): number | undefined {
  const exact = type.values.get(word);
  if (exact !== undefined) return exact;
  const values = new Set(enumNamesFor(type, word).map((name) => type.values.get(name)));
  return values.size === 1 ? [...values][0] : undefined;
}

/** The whole names that `word` may stand for. A name that is the word goes before one that ends in it. */
export function enumNamesFor(type: EnumType, word: string): readonly string[] {
  if (!WORD.test(word) || NUMBER.test(word)) return [];
  const upper = word.toUpperCase();
  const names = [...type.values.keys()];
  const whole = names.filter((name) => name.toUpperCase() === upper);
  if (whole.length > 0) return whole;
  const short = [...shortEnumNames(type)].find(([name]) => name.toUpperCase() === upper);
  if (short) return names.filter((name) => type.values.get(name) === short[1]);
  return names.filter((name) => name.toUpperCase().endsWith(`_${upper}`));
}
