/** Where a peer of WireGuard is: `192.0.2.1:51820`, or `[2001:db8::1]:51820`. */

import { addressOf } from '../../../vpp/index.js';

export interface PeerEndpoint {
  readonly address: string;
  readonly port: number;
}

const MOST_PORT = 65_535;

/** Reads an endpoint; undefined for any other text. */
export function endpointAt(text: string): PeerEndpoint | undefined {
  const colon = text.lastIndexOf(':');
  const [host, digits] = [text.slice(0, colon), text.slice(colon + 1)];
  const isBracketed = host.startsWith('[') && host.endsWith(']');
  const address = addressOf(isBracketed ? host.slice(1, -1) : host);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (address === undefined || port === 0 || port > MOST_PORT || address.includes(':') !== isBracketed)
    return undefined;
  return { address, port };
}

export const endpointText = ({ address, port }: PeerEndpoint) =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;
