/** The JSON of an enum's values by name, as bytes. */

import { isCombinable, namedValue } from '../schema/enum-parts.js';
import type { EnumType } from '../schema/model.js';

/** Values of one enum whose text is kept: flags can be any sum. */
const KEPT = 1024;
/** A number that no name stands for, and what is between two names: `"",`. */
const NUMBER = 11;
const AROUND_NAME = 3;

/** Function that gives the JSON of a value: of its name, or of the list of its flags' names. */
export function enumTexts(type: EnumType): (value: number) => Uint8Array {
  const known = new Map<number, Uint8Array>();
  return (value) => {
    let text = known.get(value);
    if (text === undefined) {
      text = Uint8Array.from(Buffer.from(JSON.stringify(namedValue(type, value))));
      if (known.size < KEPT) known.set(value, text);
    }
    return text;
  };
}

/** The most bytes of it. */
export function enumBound(type: EnumType): number {
  const names = [...type.values.keys()].map((name) => name.length + AROUND_NAME);
  return isCombinable(type) ? names.reduce((sum, one) => sum + one, 2 + NUMBER) : Math.max(NUMBER, ...names);
}
