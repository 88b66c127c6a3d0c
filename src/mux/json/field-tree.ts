/**
 * Paths of fields with their values in text, as a tree: `route.paths[0].sw_if_index` and `1` become
 * `{ route: { paths: [{ sw_if_index: '1' }] } }`. The values stay text: what they are says the message's definition.
 */

import { FieldError } from '../errors.js';

export type Tree = { [name: string]: Node };
export type Node = string | Node[] | Tree;

type Step = string | number;

/** Puts `value` at `path`. Throws FieldError BAD_FIELD where the path is none, has a value already, or leaves a hole in a list. */
export function plant(tree: Tree, path: string, value: string): void {
  const steps = stepsOf(path);
  let parent: Node = tree;
  for (const [depth, step] of steps.entries()) {
    const last = depth === steps.length - 1;
    const existing: Node | undefined = read(parent, step, path);
    if (existing !== undefined && (last || typeof existing === 'string')) {
      throw bad(path, `${pathText(steps.slice(0, depth + 1))} has a value already`);
    }
    const child: Node = existing ?? (last ? value : typeof steps[depth + 1] === 'number' ? [] : {});
    if (Array.isArray(parent)) parent[step as number] = child;
    else (parent as Tree)[step] = child;
    parent = child;
  }
}

function stepsOf(text: string): Step[] {
  if (text.length > LONGEST || !/^[A-Za-z]\w*(\[\d{1,6}\]|\.[A-Za-z]\w*)*$/.test(text)) {
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    throw bad(shown, `'${shown}' is not the path of a field; write it as name, outer.inner or list[0].name`);
  }
  return [...text.matchAll(/\[(\d+)\]|\w+/g)].map(([name, index]) => (index === undefined ? name : Number(index)));
}

/** Characters of a path: no definition nests so deep. */
const LONGEST = 1000;

/** The member of `parent` at `step`, if there; refuses what would mix a list and a struct, or leave a hole. */
function read(parent: Node, step: Step, path: string): Node | undefined {
  if (Array.isArray(parent) !== (typeof step === 'number')) {
    throw bad(path, 'an earlier argument uses the same field in another way');
  }
  if (Array.isArray(parent)) {
    const index = step as number;
    if (index > parent.length) throw bad(path, `index ${index} comes before ${parent.length} is given`);
    return parent[index];
  }
  return Object.hasOwn(parent as Tree, step) ? (parent as Tree)[step] : undefined;
}

function pathText(path: readonly Step[]): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

const bad = (path: string, text: string) => new FieldError('BAD_FIELD', text, { path, outcome: 'not-sent' });
