/** JSON of definitions, with the error that says whose it is. */

import { reasonOf } from '../../thrown.js';
import { invalid } from '../schema/api-file.js';

/** Throws SCHEMA_INVALID. */
export function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(name, '', `not JSON: ${reasonOf(cause)}`, cause);
  }
}
