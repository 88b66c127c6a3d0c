/** Vector rate and turns of the loop, of each thread. */

import type { WorkerState } from '../../../src/plugins/dashboard/protocol/index.js';
import { exact, quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';

type Row = WorkerState & { readonly thread: number };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'thread', title: 'Thread', sort: ({ thread }) => thread, cell: ({ thread }) => threadName(thread) },
  {
    key: 'rate',
    title: 'Vector rate',
    number: true,
    sort: ({ vectorRate }) => vectorRate,
    cell: ({ vectorRate }) => exact(vectorRate),
  },
  {
    key: 'loops',
    title: 'Loops',
    number: true,
    sort: ({ loops }) => loops,
    cell: ({ loops }) => <Amount of={quantity(loops, '/s')} />,
  },
];

export function Workers({ workers }: { readonly workers: Readonly<Record<string, WorkerState>> }) {
  const rows = Object.entries(workers).map(([thread, worker]): Row => ({ ...worker, thread: Number(thread) }));
  return (
    <Table
      caption="Workers"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ thread }) => String(thread)}
      sort={{ key: 'thread', isDown: false }}
      empty="Not known: the counters cannot be read."
    />
  );
}

/** VPP's names: thread 0 is the main one, the workers count from 0. */
export const threadName = (thread: number): string => (thread === 0 ? 'main' : `worker ${thread - 1}`);
