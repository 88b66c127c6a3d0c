/** Counters of interfaces. */

import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { type Extent, writeColumn } from './columns.js';
import type { Entries } from './entries.js';

export const INTERFACES = ['^/if/'];

/** Entry below `/if/` → name between `vpp_interface_` and `_packets_total`, or `_bytes_total`; and what it counts. */
const COMBINED: readonly (readonly [entry: string, name: string, what: string])[] = [
  ['rx', 'rx', 'received'],
  ['tx', 'tx', 'sent'],
  ['rx-unicast', 'rx_unicast', 'received for one receiver'],
  ['rx-multicast', 'rx_multicast', 'received for a group'],
  ['rx-broadcast', 'rx_broadcast', 'received for all'],
  ['tx-unicast', 'tx_unicast', 'sent to one receiver'],
  ['tx-multicast', 'tx_multicast', 'sent to a group'],
  ['tx-broadcast', 'tx_broadcast', 'sent to all'],
];

/** Entry → metric, and its text. */
const SIMPLE: readonly (readonly [entry: string, name: string, help: string])[] = [
  ['drops', 'vpp_interface_drops_total', 'Packets dropped that came in here'],
  ['punt', 'vpp_interface_punts_total', 'Packets handed to the host'],
  ['ip4', 'vpp_interface_ip4_packets_total', 'IPv4 packets received'],
  ['ip6', 'vpp_interface_ip6_packets_total', 'IPv6 packets received'],
  ['mpls', 'vpp_interface_mpls_packets_total', 'MPLS packets received'],
  ['rx-no-buf', 'vpp_interface_rx_no_buffer_total', 'Packets lost for want of a buffer'],
  ['rx-miss', 'vpp_interface_rx_missed_total', 'Packets that the device lost, since VPP did not fetch them in time'],
  ['rx-error', 'vpp_interface_rx_errors_total', 'Packets received with an error'],
  ['tx-error', 'vpp_interface_tx_errors_total', 'Packets that could not be sent'],
];

export async function writeInterfaces(page: PageText, entries: Entries, extent: Extent): Promise<void> {
  const names = entries.names('/if/names');
  if (names === undefined) return;
  const labels = names.map((name) => (name ? label('interface', name) : undefined));
  for (const [entry, name, what] of COMBINED) {
    const found = entries.combined(`/if/${entry}`);
    if (found === undefined) continue;
    const isAlwaysThere = name === 'rx' || name === 'tx';
    for (const [unit, counters] of [
      ['packets', found.packets],
      ['bytes', found.bytes],
    ] as const) {
      const help = `${unit === 'packets' ? 'Packets' : 'Bytes'} ${what}`;
      const column = { name: `vpp_interface_${name}_${unit}_total`, help, counters, labels, isAlwaysThere };
      await writeColumn(page, column, extent);
    }
  }
  for (const [entry, name, help] of SIMPLE) {
    const counters = entries.counters(`/if/${entry}`);
    if (counters) await writeColumn(page, { name, help, counters, labels, isAlwaysThere: entry === 'drops' }, extent);
  }
}
