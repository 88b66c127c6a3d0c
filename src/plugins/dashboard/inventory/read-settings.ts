/** Reads the settings of all interfaces from VPP: what is in no counter. */

import type { Channel } from '../../../mux/index.js';
import { bridgeDomains, type ExchangeOptions, type Interface, interfaces } from '../../../vpp/index.js';
import type { InterfaceSettings } from '../protocol/index.js';
import type { InterfaceDetails } from './interface-details.js';

/** An interface's name and settings. */
export type Known = InterfaceSettings & { readonly name: string };

export interface ReadOptions extends ExchangeOptions {
  /** The addresses and tables that are known, and which of them are read again. */
  readonly details: InterfaceDetails;
  /** Interfaces whose addresses and tables are read again for their age. */
  readonly renewed: number;
}

/** Reads interfaces and bridge domains, and what is not known of addresses and tables. */
export async function readSettings(
  channel: Channel,
  { details, renewed, ...options }: ReadOptions,
): Promise<Map<number, Known>> {
  const [list, domains] = await Promise.all([
    interfaces.list(channel, options),
    // Some releases are built without bridging.
    bridgeDomains.list(channel, options).catch(() => []),
  ]);
  const bridges = new Map(domains.flatMap(({ id, members }) => members.map(({ swIfIndex }) => [swIfIndex, id])));
  await details.read(channel, list, renewed, options);
  return new Map(
    list.map((itf) => {
      const bridge = bridges.get(itf.swIfIndex);
      const known = { ...settingsOf(itf), ...details.of(itf.swIfIndex), ...(bridge !== undefined && { bridge }) };
      return [itf.swIfIndex, known];
    }),
  );
}

function settingsOf({ name, adminUp, linkUp, type, mac, mtu, tag, parent }: Interface): Known {
  return { name, admin: adminUp, link: linkUp, type, mac, mtu, tag, ...(parent !== undefined && { parent }) };
}
