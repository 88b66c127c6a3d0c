/** Sides of a mapping as the file has them: `192.0.2.1:80`, `192.0.2.1` for all ports, or an interface in place of the address. */

import { isIPv4 } from 'node:net';

export interface Endpoint {
  /** An IPv4 address, or the name of an interface. */
  readonly host: string;
  /** Undefined for all ports. */
  readonly port?: number;
}

const MOST_PORT = 65_535;

/** Divides `192.0.2.1:80`; undefined for a port that is none. */
export function endpointOf(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { host: text };
  const digits = text.slice(colon + 1);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port === 0 || port > MOST_PORT ? undefined : { host: text.slice(0, colon), port };
}

export const textOf = ({ host, port }: Endpoint) => (port === undefined ? host : `${host}:${port}`);

export const isAddress = (host: string) => isIPv4(host);

/** Numbers of IP protocols whose ports, or identifiers, VPP translates. */
export const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17 } as const;

export type NatProtocol = keyof typeof PROTOCOLS;

const WORDS = new Map<number, string>(Object.entries(PROTOCOLS).map(([word, number]) => [number, word]));

/** `6` → `tcp`; any other number as it is. */
export const protocolWord = (protocol: number) => WORDS.get(protocol) ?? String(protocol);

/** Name of the interface in place of the address; undefined where it has an address. */
export function interfaceOf(text: string): string | undefined {
  const { host = '' } = endpointOf(text) ?? {};
  return isAddress(host) ? undefined : host;
}
