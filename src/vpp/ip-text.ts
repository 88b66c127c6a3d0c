/** Reads addresses and prefixes as a user writes them, into the one form that VPP's answers have. */

import { isIP, SocketAddress } from 'node:net';

/** `2001:DB8::0001` → `2001:db8::1`; undefined for any other string. VPP knows no zones (`%eth0`). */
export function addressOf(text: string): string | undefined {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 0) return undefined;
  return version === 4 ? text : new SocketAddress({ address: text, family: 'ipv6' }).address;
}

export interface Prefix {
  /** Spelling as `addressOf` gives it. */
  readonly address: string;
  readonly length: number;
}

/** Reads an address with a length; undefined for any other string. */
export function prefixOf(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? undefined : addressOf(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  return length > (isV6(address) ? 128 : 32) ? undefined : { address, length };
}

export const isV6 = (text: string) => text.includes(':');

/** `192.0.2.1/24` → `192.0.2.0/24`: without the bits behind the length. */
export function networkOf({ address, length }: Prefix): string {
  return `${isV6(address) ? network6(address, length) : network4(address, length)}/${length}`;
}

/** Whether `network` lies in `outer`. Neither may have bits behind its length. */
export function isWithin(network: string, outer: string): boolean {
  if (isV6(network) !== isV6(outer)) return false;
  const [inner, around] = [prefixOf(network), prefixOf(outer)];
  if (inner === undefined || around === undefined || inner.length < around.length) return false;
  return networkOf({ address: inner.address, length: around.length }) === outer;
}

/** A string for each prefix (or address) that sorts them: IPv4 first, then short ones, then by address. */
export function sortKeyOf({ address, length }: Prefix): string {
  const bytes = isV6(address)
    ? `6${groupsOf(address)
        .map((group) => group.toString(16).padStart(4, '0'))
        .join('')}`
    : `4${address
        .split('.')
        .map((octet) => Number(octet).toString(16).padStart(2, '0'))
        .join('')}`;
  return `${bytes[0]}${String(length).padStart(3, '0')}${bytes.slice(1)}`;
}

function network4(address: string, length: number): string {
  const octets = address.split('.');
  return octets.map((octet, i) => Number(octet) & maskOf(length - 8 * i, 8)).join('.');
}

function network6(address: string, length: number): string {
  if (length === 128) return address;
  const groups = groupsOf(address).map((group, i) => group & maskOf(length - 16 * i, 16));
  return new SocketAddress({ address: groups.map((group) => group.toString(16)).join(':'), family: 'ipv6' }).address;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head, tail] = address.split('::').map((half) =>
    half
      .split(':')
      .filter((group) => group !== '')
      .flatMap(numbersOf),
  );
  return tail === undefined ? head : [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** `db8`, or the dotted end of `::ffff:192.0.2.1`. */
function numbersOf(group: string): number[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16)];
  const [a, b, c, d] = group.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

/** The first `bits` of `width` set. */
function maskOf(bits: number, width: number): number {
  const ones = Math.max(0, Math.min(width, bits));
  return ((1 << width) - 1) & ~((1 << (width - ones)) - 1);
}
