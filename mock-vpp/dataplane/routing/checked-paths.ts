/** Paths of a request that is not about routes: normalised and checked. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import { normalPath, type Path, type PathLookups, refusalOf } from './paths.js';

/** Converts paths one by one, as VPP does; gives the number that the first bad one is refused with. */
export function checkedPaths(given: readonly Fields[], lookups: PathLookups): readonly Path[] | number {
  const paths: Path[] = [];
  for (const fields of given) {
    const path = normalPath(fields);
    if (typeof path === 'number') return path;
    const refusal = refusalOf([path], lookups);
    if (refusal !== Retval.OK) return refusal;
    paths.push(path);
  }
  return paths;
}
