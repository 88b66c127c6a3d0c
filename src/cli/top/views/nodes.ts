/** The view of nodes: which of VPP's graph take its time. */

import type { NodeRow } from '../counters/node-rows.js';
import type { Model } from '../model.js';
import { number, text } from '../parts/columns.js';
import { count, percent, short } from '../parts/numbers.js';
import type { View } from './view.js';

export const nodesView: View<NodeRow> = {
  title: 'Nodes',
  columns: [
    text('name', 'node', 25, ({ name }) => name),
    number('clocks', 'clocks', (row) => row.share, percent, 6),
    number('calls', 'calls/s', (row) => row.callsPerSecond, short, 7),
    number('vectors', 'vectors/s', (row) => row.vectorsPerSecond, short, 9),
    number('per-call', 'vec/call', (row) => row.vectorsPerCall, short, 8),
    number('per-vector', 'clocks/vec', (row) => row.clocksPerVector, short, 10),
    number('calls-total', 'calls', (row) => row.calls, count, 9),
    number('vectors-total', 'vectors', (row) => row.vectors, count, 9),
    number('clocks-total', 'all clocks', (row) => row.clocks, short, 10),
    number('suspends', 'suspends/s', (row) => row.suspendsPerSecond, short, 10),
    number('suspends-total', 'suspends', (row) => row.suspends, count, 9),
  ],
  sort: 'clocks',
  rows: ({ figures }) => figures?.nodes,
  words: ({ name }) => name,
  above: (model) =>
    isWaiting(model)
      ? [
          [
            {
              text: 'rates come with VPP’s next updates of its nodes, every 10 s by default (statseg { update-interval })',
              style: 'faint',
            },
          ],
        ]
      : [],
  none: () => 'VPP has counted nothing for a node; it does with statseg { per-node-counters on } in its startup.conf',
  json: (_, nodes) => ({ nodes }),
};

/** VPP has not updated its nodes twice yet. */
const isWaiting = ({ figures }: Model) =>
  figures !== undefined && figures.nodes.length > 0 && figures.nodes.every((row) => row.callsPerSecond === undefined);
