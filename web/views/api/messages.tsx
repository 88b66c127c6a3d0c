/** Messages by the time that VPP takes for them. */

import type { MessageRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { exact, milliseconds } from '../../parts/format.js';
import { type Column, Table } from '../../parts/table.js';

type Row = MessageRow & { readonly name: string };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'name', title: 'Message', sort: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  {
    key: 'mean',
    title: 'Mean',
    number: true,
    sort: ({ meanMs }) => meanMs,
    cell: ({ meanMs }) => milliseconds(meanMs),
  },
  { key: 'max', title: 'Longest', number: true, sort: ({ maxMs }) => maxMs, cell: ({ maxMs }) => milliseconds(maxMs) },
  { key: 'count', title: 'Sent', number: true, sort: ({ count }) => count, cell: ({ count }) => exact(count) },
  {
    key: 'total',
    title: 'In all',
    number: true,
    wide: true,
    sort: ({ totalMs }) => totalMs,
    cell: ({ totalMs }) => milliseconds(totalMs),
  },
];

export function Messages({ slowest }: { readonly slowest: Readonly<Record<string, MessageRow>> }) {
  return (
    <Table
      caption="Messages that take VPP longest"
      columns={COLUMNS}
      rows={Object.entries(slowest).map(([name, message]): Row => ({ ...message, name }))}
      keyOf={({ name }) => name}
      sort={{ key: 'mean', isDown: true }}
      empty="Nothing was sent yet."
    />
  );
}
