/**
 * `key=value` arguments as a tree: `route.paths[0].sw_if_index=1` becomes `{ route: { paths: [{ sw_if_index: '1' }] } }`.
 * Values stay strings here; `typed-fields.ts` gives them their types once the schema is known.
 */

import { plant, type Tree } from '../../mux/for-cli.js';
import { FieldError } from '../../mux/index.js';
import { UsageError } from '../errors.js';

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
    try {
      plant(tree, argument.slice(0, equals), argument.slice(equals + 1));
    } catch (error) {
      if (error instanceof FieldError) throw new UsageError(`argument '${argument}': ${error.message}`);
      throw error;
    }
  }
  return tree;
}
