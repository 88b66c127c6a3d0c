/**
 * Finds strings that are longer than anybody means. Reading a string takes time that grows with it, in our code and in an operation's;
 * and while the input of one caller is checked, all others wait.
 */

import { allParts, type JsonSchema } from './json-schema.js';

/** Characters of one string, unless the operation itself allows more (`z.string().max(n)`). */
export const TEXT_CHARACTERS = 65_536;

/** The most characters that a string in `input` may have, where one, or a key, has more; else undefined. */
export function exceededLength(input: unknown, schema: () => JsonSchema | undefined): number | undefined {
  let most: number | undefined;
  const isTooLong = (text: string) => {
    if (text.length <= TEXT_CHARACTERS) return false;
    most ??= Math.max(TEXT_CHARACTERS, longestAllowed(schema()));
    return text.length > most;
  };
  const waiting: unknown[] = [input];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && isTooLong(value)) return most;
    if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [key, part] of Object.entries(value)) waiting.push(key, part);
    }
  }
  return undefined;
}

/** The largest `maxLength` that the operation's schema states anywhere. */
function longestAllowed(schema: JsonSchema | undefined): number {
  const lengths = allParts(schema).map(({ maxLength }) => (typeof maxLength === 'number' ? maxLength : 0));
  return Math.max(0, ...lengths);
}
