/** The view of drops: what each node counts as an error, and how fast. */

import type { DropRow } from '../counters/drop-rows.js';
import { type Column, number, text } from '../parts/columns.js';
import { count, short } from '../parts/numbers.js';
import type { View } from './view.js';

export const DROP_COLUMNS: readonly Column<DropRow>[] = [
  text('node', 'node', 26, ({ node }) => node),
  number('rate', 'per second', (row) => row.perSecond, short, 10),
  number('count', 'count', (row) => row.count, count, 9),
  text('reason', 'reason', 29, ({ reason }) => reason),
];

export const dropsView: View<DropRow> = {
  title: 'Drops',
  columns: DROP_COLUMNS,
  sort: 'rate',
  rows: ({ figures }) => figures?.drops,
  words: ({ node, reason }) => `${node} ${reason}`,
  above: () => [],
  none: ({ figures }) =>
    figures?.since === undefined ? 'no node has counted an error' : 'no node has counted an error since then',
  json: (_, drops) => ({ drops }),
};
