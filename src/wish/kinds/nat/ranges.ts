/** Ranges of IPv4 addresses: `192.0.2.1-192.0.2.9`. */

import { isIPv4 } from 'node:net';

/** Addresses of one range. */
const MOST_ADDRESSES = 65_536;

/** Addresses of `192.0.2.1`, or of `192.0.2.1-192.0.2.9`; undefined for any other text. */
export function addressesOf(text: string): string[] | undefined {
  const [first, last = first, ...rest] = text.split('-').map((each) => each.trim());
  if (rest.length > 0 || !isIPv4(first) || !isIPv4(last)) return undefined;
  const [from, to] = [numberOf(first), numberOf(last)];
  if (to < from || to - from >= MOST_ADDRESSES) return undefined;
  return Array.from({ length: to - from + 1 }, (_, at) => addressAt(from + at));
}

const numberOf = (address: string) => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const addressAt = (number: number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');

/** Ranges of addresses: the opposite of `addressesOf`. */
export function rangesOf(addresses: readonly string[]): string[] {
  const sorted = addresses.map(numberOf).sort((a, b) => a - b);
  const ranges: [first: number, last: number][] = [];
  for (const each of sorted) {
    const current = ranges.at(-1);
    if (current?.[1] === each - 1) current[1] = each;
    else ranges.push([each, each]);
  }
  return ranges.map(([first, last]) => [...new Set([addressAt(first), addressAt(last)])].join('-'));
}
