/** All counters of one interface, since VPP's start. */

import type { CounterState } from '../../../src/plugins/dashboard/protocol/index.js';
import { exact, quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';

type Row = CounterState & { readonly name: string; readonly place: number };

/** Names of VPP for the counters, in the order of the table. */
const NAMES: Readonly<Record<string, string>> = {
  rx: 'rx',
  rxUnicast: 'rx unicast',
  rxMulticast: 'rx multicast',
  rxBroadcast: 'rx broadcast',
  tx: 'tx',
  txUnicast: 'tx unicast',
  txMulticast: 'tx multicast',
  txBroadcast: 'tx broadcast',
  drops: 'drops',
  punts: 'punts',
  ip4: 'ip4',
  ip6: 'ip6',
  mpls: 'mpls',
  rxError: 'rx error',
  txError: 'tx error',
  rxMiss: 'rx miss',
  rxNoBuffer: 'rx no buffer',
};
const PLACES = Object.keys(NAMES);

const COLUMNS: readonly Column<Row>[] = [
  { key: 'name', title: 'Counter', sort: ({ place }) => place, cell: ({ name }) => name },
  {
    key: 'packets',
    title: 'Packets',
    number: true,
    sort: ({ packets }) => packets,
    cell: ({ packets }) => <span class={packets === 0 ? 'zero' : ''}>{exact(packets)}</span>,
  },
  {
    key: 'bytes',
    title: 'Bytes',
    number: true,
    wide: true,
    sort: ({ bytes }) => bytes,
    cell: ({ bytes }) => (bytes === undefined ? '' : <span class={bytes === 0 ? 'zero' : ''}>{exact(bytes)}</span>),
  },
  {
    key: 'rate',
    title: 'Now',
    number: true,
    sort: ({ packetsPerSecond }) => packetsPerSecond,
    cell: ({ packetsPerSecond }) => (
      <span class={packetsPerSecond === 0 ? 'zero' : ''}>
        <Amount of={quantity(packetsPerSecond, 'pps')} />
      </span>
    ),
  },
];

export function Counters({ counters }: { readonly counters: Readonly<Record<string, CounterState>> }) {
  const rows = Object.entries(counters).map(
    ([key, counter]): Row => ({ ...counter, name: NAMES[key] ?? key, place: PLACES.indexOf(key) }),
  );
  return (
    <Table
      caption="Counters"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ name }) => name}
      sort={{ key: 'name', isDown: false }}
      empty="Not known: the counters cannot be read."
    />
  );
}
