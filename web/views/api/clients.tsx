/** Clients of API sockets: programs in any language. */

import type { ClientRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { bytes, duration, exact, milliseconds, quantity } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';
import type { Tone } from '../../parts/tone.js';

type Row = ClientRow & { readonly id: number };

const TONES: Readonly<Record<ClientRow['state'], Tone>> = {
  idle: 'off',
  active: 'good',
  waiting: 'busy',
  paused: 'busy',
};

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Client',
    sort: ({ name }) => name,
    cell: ({ name, access }) => (access === 'read' ? `${name} (reads)` : name),
  },
  { key: 'role', title: 'Socket', wide: true, sort: ({ role }) => role, cell: ({ role }) => role },
  {
    key: 'process',
    title: 'Process',
    wide: true,
    sort: ({ process }) => process,
    cell: ({ process }) => process ?? '',
  },
  {
    key: 'state',
    title: 'State',
    sort: ({ state }) => state,
    cell: ({ state }) => <Pill tone={TONES[state]}>{state}</Pill>,
  },
  {
    key: 'in',
    title: 'Sends',
    number: true,
    sort: (row) => row.inPerSecond,
    cell: (row) => <Amount of={quantity(row.inPerSecond, '/s')} />,
  },
  {
    key: 'out',
    title: 'Gets',
    number: true,
    wide: true,
    sort: (row) => row.outPerSecond,
    cell: (row) => <Amount of={quantity(row.outPerSecond, '/s')} />,
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
  {
    key: 'unread',
    title: 'Unread',
    number: true,
    wide: true,
    sort: (row) => row.unreadBytes,
    cell: (row) => <Amount of={bytes(row.unreadBytes)} />,
  },
  {
    key: 'refused',
    title: 'Refused',
    number: true,
    wide: true,
    sort: ({ refused }) => refused,
    cell: ({ refused }) => <span class={refused > 0 ? 'warn' : 'zero'}>{exact(refused)}</span>,
  },
  {
    key: 'since',
    title: 'For',
    number: true,
    wide: true,
    sort: ({ since }) => -since,
    cell: ({ since }) => duration(Date.now() - since),
  },
];

export function Clients({ clients }: { readonly clients: Readonly<Record<string, ClientRow>> }) {
  const rows = Object.entries(clients).map(([id, client]): Row => ({ ...client, id: Number(id) }));
  return (
    <Table
      caption="Clients of API sockets"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => String(id)}
      sort={{ key: 'oldest', isDown: true }}
      empty="None. Sockets for VPP's clients are configured in api-socket.conf."
    />
  );
}
