/** Refuses strings that are longer than anybody means: see `exceededLength`. */

import type { JsonSchema } from '../../json-schema/json-schema.js';
import { exceededLength } from '../../json-schema/long-texts.js';
import { HttpError } from '../../sdk/index.js';

/** Characters of one value in a query. */
export const QUERY_CHARACTERS = 4096;

export function refuseLongQuery(key: string, texts: readonly string[]): void {
  if (!texts.some((text) => text.length > QUERY_CHARACTERS)) return;
  const text = `${key.slice(0, 100)} has more than ${QUERY_CHARACTERS} characters in the query; a POST takes more`;
  throw new HttpError('BAD_REQUEST', text);
}

/** Throws HttpError where a string in `input`, or a key, is too long. */
export function refuseLongTexts(input: unknown, schema: JsonSchema | undefined): void {
  const most = exceededLength(input, () => schema);
  if (most === undefined) return;
  throw new HttpError(
    'BAD_REQUEST',
    `a text in the body has more than ${most} characters, the most that this operation takes`,
  );
}
