/** Nodes of VPP's graph: their indices, and the next nodes that clients add. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { traffic } from '../interfaces/traffic.js';
import { GRAPH_NODES } from './graph-nodes.js';

/** Index of a node → the indices of its next nodes, in their order. VPP's own next nodes are not in it. */
export type NextNodes = Map<number, number[]>;

export const graph = defineKind({
  name: 'graph',
  title: 'graph nodes',
  state: (): NextNodes => new Map(),
  handlers: {
    get_node_index: (fields, { dataplane }) => {
      const index = indexOf(String(fields.node_name), dataplane);
      return index === undefined ? { retval: Retval.NO_SUCH_NODE, node_index: NO_INTERFACE } : { node_index: index };
    },

    get_next_index: (fields, { dataplane }, nexts) => {
      const found = nodesOf(fields, dataplane);
      if (typeof found === 'number') return { retval: found, next_index: NO_INTERFACE };
      const index = nexts.get(found.node)?.indexOf(found.next) ?? -1;
      return index < 0 ? { retval: Retval.NO_SUCH_ENTRY, next_index: NO_INTERFACE } : { next_index: index };
    },

    add_node_next: (fields, { dataplane }, nexts) => {
      const found = nodesOf(fields, dataplane);
      if (typeof found === 'number') return { retval: found, next_index: NO_INTERFACE };
      const known = nexts.get(found.node) ?? [];
      nexts.set(found.node, known);
      if (!known.includes(found.next)) known.push(found.next);
      return { next_index: known.indexOf(found.next) };
    },
  },
});

/** The two nodes of a request; a retval where one is not there. */
function nodesOf(
  { node_name, next_name }: Fields,
  dataplane: Dataplane,
): { readonly node: number; readonly next: number } | number {
  const [node, next] = [node_name, next_name].map((name) => indexOf(String(name), dataplane));
  if (node === undefined) return Retval.NO_SUCH_NODE;
  return next === undefined ? Retval.NO_SUCH_NODE2 : { node, next };
}

/** Index of a node; hardware interfaces have two of their own. */
function indexOf(node: string, dataplane: Dataplane): number | undefined {
  const place = dataplane.of(traffic).placeOfNode(node);
  return place === undefined ? GRAPH_NODES.get(node) : GRAPH_NODES.size + place;
}
