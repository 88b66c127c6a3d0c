/** IPv4 and IPv6 networks, and whether they overlap. */

import { type Prefix, prefixOf } from '../vpp/index.js';

export interface Network {
  readonly version: 4 | 6;
  /** The bits of the address that count, as a number of 32 or 128 bits. */
  readonly start: bigint;
  readonly length: number;
}

const bitsOf = ({ version }: Pick<Network, 'version'>) => (version === 4 ? 32 : 128);

/** The network that an address with its length is in. `text` must be one. */
export function parseNetwork(text: string): Network {
  const { address, length } = prefixOf(text) as Prefix;
  const version = address.includes(':') ? 6 : 4;
  const network = { version, start: version === 4 ? number4(address) : number6(address), length } as const;
  return { ...network, start: masked(network, length) };
}

/** The first address of the network of `length` that it is in. */
export function masked({ version, start }: Omit<Network, 'length'>, length: number): bigint {
  const behind = BigInt(bitsOf({ version }) - length);
  return (start >> behind) << behind;
}

/** One more than the last address of it. */
export const endOf = (network: Network) => network.start + (1n << BigInt(bitsOf(network) - network.length));

export const isSame = (a: Network, b: Network) =>
  a.version === b.version && a.start === b.start && a.length === b.length;

export const overlaps = (a: Network, b: Network) => a.version === b.version && a.start < endOf(b) && b.start < endOf(a);

const number4 = (address: string) => address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);

function number6(address: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${hex(number4(dotted[2]) >> 16n)}:${hex(number4(dotted[2]) & 0xffffn)}` : address;
  const [head, tail] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

const hex = (value: bigint) => value.toString(16);
