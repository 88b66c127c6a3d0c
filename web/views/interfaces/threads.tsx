/** Traffic of one interface, by worker. */

import type { TrafficRates } from '../../../src/plugins/dashboard/protocol/index.js';
import { quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';
import { threadName } from '../overview/workers.js';

type Row = TrafficRates & { readonly thread: number };

const rate = (key: keyof TrafficRates, title: string, unit: string): Column<Row> => ({
  key,
  title,
  number: true,
  sort: (row) => row[key],
  cell: (row) => <Amount of={quantity(row[key], unit)} />,
});

const COLUMNS: readonly Column<Row>[] = [
  { key: 'thread', title: 'Thread', sort: ({ thread }) => thread, cell: ({ thread }) => threadName(thread) },
  rate('rxPps', 'Rx', 'pps'),
  rate('txPps', 'Tx', 'pps'),
  rate('drops', 'Drops', 'pps'),
];

export function Threads({ threads }: { readonly threads: Readonly<Record<string, TrafficRates>> }) {
  const rows = Object.entries(threads).map(([thread, rates]): Row => ({ ...rates, thread: Number(thread) }));
  return (
    <Table
      caption="Traffic per worker"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ thread }) => String(thread)}
      sort={{ key: 'thread', isDown: false }}
      empty="Not known: the counters cannot be read."
    />
  );
}
