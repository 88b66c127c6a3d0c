/** Interfaces that a section of `x-vppmux` names: the wish has to have them. */

import { type Problem, showPath } from '../problem.js';
import { OWN_KEY } from '../read-yaml.js';
import type { Wish } from '../wish.js';
import { hint } from './hint.js';

/** Whether a wish has an interface, sub-interface or loopback of this name, or makes one. */
export const hasInterface = (wish: Wish, name: string): boolean =>
  wish.find(name) !== undefined || wish.loopback(name) !== undefined || wish.isVirtual(name);

/** A mistake for each name that no interface of the wish has. `path`: the place of the name below `x-vppmux`. */
export function* unknownInterfaces(
  wish: Wish,
  names: Iterable<readonly [name: string, path: Problem['path']]>,
): Generator<Problem> {
  for (const [name, at] of names) {
    if (hasInterface(wish, name)) continue;
    const path = [OWN_KEY, ...at];
    const known = () => [...Object.keys(wish.file.loopbacks ?? {}), ...[...wish.all()].map(([each]) => each)];
    yield { path, message: `${showPath(path)}: no interface ${name} in the wish${hint(wish, name, known)}` };
  }
}
