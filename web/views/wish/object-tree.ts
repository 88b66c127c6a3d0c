/** Objects of a wish under what they stand on. */

import type { WishedObject } from './types.js';

export interface Branch {
  readonly object: WishedObject;
  readonly branches: readonly Branch[];
}

const isWell = ({ object, branches }: Branch): boolean => object.state === 'applied' && branches.every(isWell);

/** Whether it, or something below it, is not as wished. */
export const isInTrouble = (branch: Branch): boolean => !isWell(branch);

/** An object stands on the first of its needs that is there. `interface/NAME` is the object of that name that is the interface. */
export function treeOf(objects: readonly WishedObject[]): Branch[] {
  const byNeed = new Map<string, WishedObject>();
  for (const object of objects) byNeed.set(object.key, object);
  for (const object of objects) {
    const key = `interface/${object.name}`;
    if (!byNeed.has(key) && !object.needs.includes(key)) byNeed.set(key, object);
  }
  const below = new Map<string | undefined, WishedObject[]>();
  for (const object of objects) {
    const base = object.needs.map((need) => byNeed.get(need)).find((each) => each !== undefined && each !== object);
    const list = below.get(base?.key);
    if (list === undefined) below.set(base?.key, [object]);
    else list.push(object);
  }
  const branch = (object: WishedObject, above: ReadonlySet<string>): Branch => {
    const inside = new Set([...above, object.key]);
    const own = (below.get(object.key) ?? []).filter(({ key }) => !inside.has(key));
    return { object, branches: own.map((each) => branch(each, inside)) };
  };
  return (below.get(undefined) ?? []).map((object) => branch(object, new Set()));
}
