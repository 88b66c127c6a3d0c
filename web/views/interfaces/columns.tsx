/** Columns of tables of interfaces. */

import type { InterfaceRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { exact, quantity, UNKNOWN } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { Amount } from '../../parts/quantity.js';
import { Sparkline } from '../../parts/sparkline.js';
import type { Column } from '../../parts/table.js';
import type { Tone } from '../../parts/tone.js';
import { stateOf } from './fits-filter.js';
import type { ListedInterface } from './lines.js';

const rate = (
  key: 'rxPps' | 'txPps' | 'rxBps' | 'txBps',
  title: string,
  unit: string,
  wide = false,
): Column<ListedInterface> => ({
  key,
  title,
  number: true,
  wide,
  sort: (row) => row[key],
  cell: (row) => <Amount of={quantity(row[key], unit)} />,
});

export const COLUMNS: readonly Column<ListedInterface>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: ({ name }) => name,
    cell: ({ name, parent }) => <span class={parent === undefined ? '' : 'sub'}>{name}</span>,
  },
  { key: 'state', title: 'State', sort: (row) => stateOf(row), cell: (row) => <StatePill row={row} /> },
  {
    key: 'addresses',
    title: 'Addresses',
    wide: true,
    sort: ({ addresses }) => addresses?.[0],
    cell: ({ addresses }) => <Addresses addresses={addresses} />,
  },
  {
    key: 'line',
    title: 'Last minute',
    wide: true,
    cell: ({ line }) => <Sparkline ring={line} lines={['rx', 'tx']} />,
  },
  rate('rxBps', 'Rx bits', 'bps'),
  rate('rxPps', 'Rx packets', 'pps', true),
  rate('txBps', 'Tx bits', 'bps'),
  rate('txPps', 'Tx packets', 'pps', true),
  {
    key: 'drops',
    title: 'Drops',
    number: true,
    sort: ({ drops }) => drops,
    cell: ({ drops }) => <Trouble value={drops} text={<Amount of={quantity(drops, 'pps')} />} />,
  },
  {
    key: 'errors',
    title: 'Errors',
    number: true,
    wide: true,
    sort: ({ errorsTotal }) => errorsTotal,
    cell: ({ errorsTotal }) => <Trouble value={errorsTotal} text={exact(errorsTotal)} />,
  },
  {
    key: 'table',
    title: 'Table',
    number: true,
    wide: true,
    sort: ({ table = 0 }) => table,
    cell: ({ table, table6, admin }) =>
      admin === undefined ? UNKNOWN : [table ?? 0, table6].filter((n) => n !== undefined).join(' / '),
  },
  {
    key: 'bridge',
    title: 'Bridge',
    number: true,
    wide: true,
    sort: ({ bridge }) => bridge,
    cell: ({ bridge }) => bridge ?? '',
  },
];

const TONES: Readonly<Record<string, Tone>> = { up: 'good', down: 'off', 'no link': 'bad' };

export function StatePill({ row }: { readonly row: Pick<InterfaceRow, 'admin' | 'link'> }) {
  const state = stateOf(row);
  return state === undefined ? <span class="quiet">{UNKNOWN}</span> : <Pill tone={TONES[state]}>{state}</Pill>;
}

/** The first addresses, and how many more there are. */
function Addresses({ addresses = [] }: { readonly addresses?: readonly string[] }) {
  const more = addresses.length - 2;
  return (
    <span class="chips">
      {addresses.slice(0, 2).map((address) => (
        <span key={address}>{address}</span>
      ))}
      {more > 0 && <span class="quiet">and {more} more</span>}
    </span>
  );
}

/** A number that stands out unless it is 0. */
function Trouble({ value, text }: { readonly value: number | undefined; readonly text: preact.ComponentChildren }) {
  return <span class={value ? 'warn' : 'zero'}>{text}</span>;
}
