import { type LocatedProblem, showPath, type Verdict } from '../../wish/index.js';
import type { Mistake, Mistakes } from './wish-file.js';

/** Lists the mistakes in a wish as the agent does: a path is dotted, with list places in brackets. */
export function mistakesOf({ errors, warnings }: Verdict): Mistakes {
  const each = ({ path, message, place }: LocatedProblem): Mistake => ({ path: showPath(path), message, ...place });
  return { errors: errors.map(each), warnings: warnings.map(each) };
}
