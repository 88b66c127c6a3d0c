/**
 * Refuses strings that are longer than anybody means. Reading a string takes time that grows with it, in our code and in an
 * operation's; and while the input of one caller is checked, all others wait.
 */

import { allParts, type JsonSchema } from '../../json-schema/json-schema.js';
import { HttpError } from '../../sdk/index.js';

/** Characters of one value in a query. */
export const QUERY_CHARACTERS = 4096;
/** Characters of one string in a body, unless the operation itself allows more (`z.string().max(n)`). */
export const TEXT_CHARACTERS = 65_536;

export function refuseLongQuery(key: string, texts: readonly string[]): void {
  if (!texts.some((text) => text.length > QUERY_CHARACTERS)) return;
  const text = `${key.slice(0, 100)} has more than ${QUERY_CHARACTERS} characters in the query; a POST takes more`;
  throw new HttpError('BAD_REQUEST', text);
}

/** Throws HttpError where a string in `input`, or a key, is too long. */
export function refuseLongTexts(input: unknown, schema: JsonSchema | undefined): void {
  const most = Math.max(TEXT_CHARACTERS, longestAllowed(schema));
  const waiting: unknown[] = [input];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && value.length > most) throw tooLong(most);
    if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) waiting.push(key, part);
    }
  }
}

const tooLong = (most: number) =>
  new HttpError(
    'BAD_REQUEST',
    `a text in the body has more than ${most} characters, the most that this operation takes`,
  );

/** The largest `maxLength` that the operation's schema states anywhere. */
function longestAllowed(schema: JsonSchema | undefined): number {
  const lengths = allParts(schema).map(({ maxLength }) => (typeof maxLength === 'number' ? maxLength : 0));
  return Math.max(0, ...lengths);
}
