/** Nodes of VPP's graph: their indices, and the next nodes that clients add. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { GRAPH_NODES } from './graph-nodes.js';

/** Node → its next nodes, in the order of their indices. VPP's own next nodes are not in it. */
export type NextNodes = Map<string, string[]>;

export const graph = defineKind({
  name: 'graph',
  title: 'graph nodes',
  state: (): NextNodes => new Map(),
  interfaceDeleted: (nexts, { name }) => {
    for (const node of nodesOf(name)) nexts.delete(node);
  },
  handlers: {
    get_node_index: (fields, { dataplane }) => {
      const index = indexOf(String(fields.node_name), dataplane);
      return index === undefined ? { retval: Retval.NO_SUCH_NODE, node_index: NO_INTERFACE } : { node_index: index };
    },

    get_next_index: (fields, { dataplane }, nexts) => {
      const refusal = refusalOf(fields, dataplane);
      if (refusal !== Retval.OK) return { retval: refusal, next_index: NO_INTERFACE };
      const index = nexts.get(String(fields.node_name))?.indexOf(String(fields.next_name)) ?? -1;
      return index < 0 ? { retval: Retval.NO_SUCH_ENTRY, next_index: NO_INTERFACE } : { next_index: index };
    },

    add_node_next: (fields, { dataplane }, nexts) => {
      const refusal = refusalOf(fields, dataplane);
      if (refusal !== Retval.OK) return { retval: refusal, next_index: NO_INTERFACE };
      const [node, next] = [String(fields.node_name), String(fields.next_name)];
      const known = nexts.get(node) ?? [];
      nexts.set(node, known);
      if (!known.includes(next)) known.push(next);
      return { next_index: known.indexOf(next) };
    },
  },
});

function refusalOf({ node_name, next_name }: Fields, dataplane: Dataplane): number {
  if (indexOf(String(node_name), dataplane) === undefined) return Retval.NO_SUCH_NODE;
  return indexOf(String(next_name), dataplane) === undefined ? Retval.NO_SUCH_NODE2 : Retval.OK;
}

/** Index of a node; hardware interfaces have two of their own. */
function indexOf(node: string, { interfaces }: Dataplane): number | undefined {
  const known = GRAPH_NODES.get(node);
  if (known !== undefined) return known;
  for (const { name, sub, hardware } of interfaces.values()) {
    const at = sub === undefined ? nodesOf(name).indexOf(node) : -1;
    if (at >= 0) return GRAPH_NODES.size + 2 * hardware.index + at;
  }
  return undefined;
}

const nodesOf = (name: string) => [`${name}-tx`, `${name}-output`];
