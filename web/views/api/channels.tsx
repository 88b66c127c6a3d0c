/** Channels of the agent's plugins. */

import type { ChannelRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { exact, milliseconds, quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';

type Row = ChannelRow & { readonly id: number };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'name', title: 'Channel', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'owner', title: 'Plugin', sort: ({ owner }) => owner, cell: ({ owner }) => owner ?? '' },
  {
    key: 'rate',
    title: 'Requests',
    number: true,
    sort: (row) => row.requestsPerSecond,
    cell: (row) => <Amount of={quantity(row.requestsPerSecond, '/s')} />,
  },
  {
    key: 'requests',
    title: 'So far',
    number: true,
    wide: true,
    sort: ({ requests }) => requests,
    cell: ({ requests }) => exact(requests),
  },
  {
    key: 'flight',
    title: 'At VPP',
    number: true,
    sort: ({ inFlight }) => inFlight,
    cell: ({ inFlight }) => exact(inFlight),
  },
  {
    key: 'waiting',
    title: 'Waiting',
    number: true,
    wide: true,
    sort: ({ waiting }) => waiting,
    cell: ({ waiting }) => exact(waiting),
  },
  {
    key: 'oldest',
    title: 'Longest wait',
    number: true,
    sort: ({ oldestMs }) => oldestMs,
    cell: ({ oldestMs }) => milliseconds(oldestMs),
  },
];

export function Channels({ channels }: { readonly channels: Readonly<Record<string, ChannelRow>> }) {
  const rows = Object.entries(channels).map(([id, channel]): Row => ({ ...channel, id: Number(id) }));
  return (
    <Table
      caption="Channels of plugins"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => String(id)}
      sort={{ key: 'rate', isDown: true }}
      empty="None."
    />
  );
}
