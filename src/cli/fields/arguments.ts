/**
 * `key=value` arguments as a tree: `route.paths[0].sw_if_index=1` becomes `{ route: { paths: [{ sw_if_index: '1' }] } }`.
 * Values stay strings here; `typed-fields.ts` gives them their types once the schema is known.
 */

import { UsageError } from '../errors.js';

export type Tree = { [name: string]: Node };
export type Node = string | Node[] | Tree;

type Step = string | number;

/** Throws UsageError naming the argument that is not `field=value`, repeats another, or leaves a hole in a list. */
export function parseArguments(args: readonly string[]): Tree {
  const tree: Tree = {};
  for (const argument of args) {
    const equals = argument.indexOf('=');
    if (equals < 1) {
      throw new UsageError(
        `argument '${argument}' is not field=value (as sw_if_index=1 or route.paths[0].weight=1); a lone - reads JSON from stdin`,
      );
    }
    assign(tree, parsePath(argument.slice(0, equals), argument), argument.slice(equals + 1), argument);
  }
  return tree;
}

function parsePath(text: string, argument: string): Step[] {
  if (!/^[A-Za-z]\w*(\[\d{1,6}\]|\.[A-Za-z]\w*)*$/.test(text)) {
    throw new UsageError(
      `argument '${argument}': '${text}' is not the path of a field; write it as name, outer.inner or list[0].name`,
    );
  }
  return [...text.matchAll(/\[(\d+)\]|\w+/g)].map(([name, index]) => (index === undefined ? name : Number(index)));
}

function assign(tree: Tree, path: readonly Step[], value: string, argument: string): void {
  let parent: Node = tree;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    const existing: Node | undefined = read(parent, step, argument);
    if (existing !== undefined && (last || typeof existing === 'string')) {
      throw new UsageError(`argument '${argument}': ${pathText(path.slice(0, depth + 1))} has a value already`);
    }
    const child: Node = existing ?? (last ? value : typeof path[depth + 1] === 'number' ? [] : {});
    if (Array.isArray(parent)) parent[step as number] = child;
    else (parent as Tree)[step] = child;
    parent = child;
  }
}

/** The member of `parent` at `step`, if there; refuses what would mix a list and a struct, or leave a hole. */
function read(parent: Node, step: Step, argument: string): Node | undefined {
  if (Array.isArray(parent) !== (typeof step === 'number')) {
    throw new UsageError(`argument '${argument}': an earlier argument uses the same field in another way`);
  }
  if (Array.isArray(parent)) {
    const index = step as number;
    if (index > parent.length) {
      throw new UsageError(`argument '${argument}': index ${index} comes before ${parent.length} is given`);
    }
    return parent[index];
  }
  return Object.hasOwn(parent as Tree, step) ? (parent as Tree)[step] : undefined;
}

function pathText(path: readonly Step[]): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}
