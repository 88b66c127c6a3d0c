/** Reads an assignment as the store has it: anybody with rights may have written it, so that everything about it is checked. */

import { reasonOf } from '../../thrown.js';
import { type Assignment, assignment } from '../records.js';
import type { KeyValue } from '../store/store.js';

/** Bytes: 64 dataplanes, twice. */
const MOST_BYTES = 16 * 1024;

export type ReadAssignment =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  /** For people. */
  | { readonly kind: 'bad'; readonly reason: string };

export function readAssignment({ value, key }: Pick<KeyValue, 'key' | 'value'>): ReadAssignment {
  const bad = (why: string): ReadAssignment => ({
    kind: 'bad',
    reason: `${key} is no assignment (${why}): vppmux fleet apply assigns one anew`,
  });
  if (value.length > MOST_BYTES) return bad(`it has ${value.length} bytes, and ${MOST_BYTES} are allowed`);
  try {
    const { success, data, error } = assignment.safeParse(JSON.parse(value.toString()));
    if (success) return { kind: 'assignment', assignment: data };
    const [{ path, message }] = error.issues;
    return bad(`${path.join('.') || 'all of it'}: ${message}`);
  } catch (error) {
    return bad(reasonOf(error));
  }
}
