/** A graph of objects in the languages of Graphviz and of Mermaid. */

import { printableLine } from '../../printable.js';
import type { GraphObject, GraphState, WishGraph } from './graph.js';

/** Colours of the boxes. */
const FILL: Readonly<Record<GraphState, string>> = {
  'as-wanted': '#d5f0d5',
  differs: '#fff0b3',
  missing: '#cfe2ff',
  pending: '#ffd9b3',
  unwanted: '#f8cfcf',
  unmanaged: '#eeeeee',
  absent: '#ffffff',
};
const MAX_LABEL = 120;

const linesOf = ({ key, state, reason }: GraphObject): string[] =>
  [key, reason === undefined ? state : `${state}: ${reason}`].map((line) => printableLine(line, MAX_LABEL));

const omittedText = (omitted: number) => `and ${omitted} more`;

/** A digraph of Graphviz: an edge leads from an object to one that it needs. */
export function toDot({ objects, edges, omitted }: WishGraph): string {
  const ids = idsOf(objects);
  const boxes = objects.map((object) => {
    const label = linesOf(object).map(inDot).join('\\n');
    const style = object.state === 'absent' ? 'rounded,filled,dashed' : 'rounded,filled';
    return `  ${ids.get(object.key)} [label="${label}", fillcolor="${FILL[object.state]}", style="${style}"];`;
  });
  const arrows = edges.map(({ from, to }) => `  ${ids.get(from)} -> ${ids.get(to)};`);
  const rest = omitted > 0 ? [`  more [label="${omittedText(omitted)}", shape=plaintext];`] : [];
  const head = ['digraph wish {', '  rankdir=LR;', '  node [shape=box, fontname="sans-serif"];'];
  return [...head, ...boxes, ...rest, ...arrows, '}', ''].join('\n');
}

const inDot = (text: string) => text.replace(/["\\]/g, '\\$&');

/** A flowchart of Mermaid, for Markdown. */
export function toMermaid({ objects, edges, omitted }: WishGraph): string {
  const ids = idsOf(objects);
  const boxes = objects.map((object) => {
    const label = linesOf(object).map(inMermaid).join('<br/>');
    return `  ${ids.get(object.key)}["${label}"]:::${classOf(object.state)}`;
  });
  const arrows = edges.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`);
  const rest = omitted > 0 ? [`  more["${omittedText(omitted)}"]`] : [];
  const states = [...new Set(objects.map(({ state }) => state))];
  const classes = states.map((state) => `  classDef ${classOf(state)} fill:${FILL[state]},stroke:#555,color:#000`);
  return ['flowchart LR', ...boxes, ...rest, ...arrows, ...classes, ''].join('\n');
}

/** Names of classes have no hyphens. */
const classOf = (state: GraphState) => state.replace('-', '');

/** All that could mean something is written as the number of its character. */
const inMermaid = (text: string) => text.replace(/[^A-Za-z0-9 .,:/()_-]/gu, (sign) => `#${sign.codePointAt(0)};`);

const idsOf = (objects: readonly GraphObject[]) => new Map(objects.map(({ key }, at) => [key, `n${at}`]));
