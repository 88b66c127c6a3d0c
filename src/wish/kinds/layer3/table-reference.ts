/** Tables as other sections name them: by the name that `x-vppmux.tables` gives them, or by their number. */

import { z } from 'zod';
import { MAX_INDEX } from '../../../vpp/index.js';
import { hint } from '../../checks/hint.js';
import { type Problem, showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { tableNumbers, wishedTables } from './wished-tables.js';

export const tableReference = z.union([z.int().min(0).max(MAX_INDEX), z.string()]);

export type TableReference = z.output<typeof tableReference>;

/** Keys of what must be there for a table to be referred to: nothing for table 0. */
export const tableNeeds = (id: number): readonly string[] => (id === 0 ? [] : [`table/${id}`]);

/** Reads the numbers of tables from references, in one wish. `undefined` and unknown names, which a check refuses, are table 0. */
export function tableReader(wish: Wish): (reference: TableReference | undefined) => number {
  const numbers = tableNumbers(wish);
  return (reference = 0) => numbers(reference) ?? 0;
}

/** A mistake for each name that no table of the wish has. `path`: the place of the name below `x-vppmux`. */
export function* unknownTables(
  wish: Wish,
  references: Iterable<readonly [reference: TableReference | undefined, path: Problem['path']]>,
): Generator<Problem> {
  const numbers = tableNumbers(wish);
  for (const [reference = 0, at] of references) {
    if (numbers(reference) !== undefined) continue;
    const path = [OWN_KEY, ...at];
    const known = () => wishedTables(wish).map(({ name }) => name);
    yield {
      path,
      message: `${showPath(path)}: no table ${reference} in the wish${hint(wish, String(reference), known)}`,
    };
  }
}
