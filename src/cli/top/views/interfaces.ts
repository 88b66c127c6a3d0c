/** The view of interfaces: packets and bits a second, drops and errors, and what they have counted. */

import type { InterfaceRow } from '../counters/interface-rows.js';
import { type Column, number, text } from '../parts/columns.js';
import { bytes, count, short } from '../parts/numbers.js';
import type { View } from './view.js';

export const INTERFACE_COLUMNS: readonly Column<InterfaceRow>[] = [
  text('name', 'interface', 18, ({ name }) => name),
  number('rx', 'rx p/s', (row) => row.rxPacketsPerSecond, short, 7),
  number('tx', 'tx p/s', (row) => row.txPacketsPerSecond, short, 7),
  number('rx-bits', 'rx b/s', (row) => row.rxBitsPerSecond, short, 7),
  number('tx-bits', 'tx b/s', (row) => row.txBitsPerSecond, short, 7),
  number('drops', 'drops/s', (row) => row.dropsPerSecond, short, 7),
  number('errors', 'errors/s', (row) => row.errorsPerSecond, short, 8),
  number('drops-total', 'drops', (row) => row.drops, count, 9),
  number('errors-total', 'errors', (row) => row.errors, count, 9),
  number('rx-total', 'rx packets', (row) => row.rxPackets, count, 10),
  number('tx-total', 'tx packets', (row) => row.txPackets, count, 10),
  number('rx-bytes', 'rx bytes', (row) => row.rxBytes, bytes, 10),
  number('tx-bytes', 'tx bytes', (row) => row.txBytes, bytes, 10),
  number('punts', 'punts/s', (row) => row.puntsPerSecond, short, 7),
  number('rx-miss', 'rx miss', (row) => row.rxMiss, count, 9),
  number('rx-no-buffer', 'no buffer', (row) => row.rxNoBuffer, count, 9),
];

export const interfacesView: View<InterfaceRow> = {
  title: 'Interfaces',
  columns: INTERFACE_COLUMNS,
  sort: 'rx',
  rows: ({ figures }) => figures?.interfaces,
  words: ({ name }) => name,
  above: () => [],
  none: () => 'no interface',
  json: (_, interfaces) => ({ interfaces }),
};
