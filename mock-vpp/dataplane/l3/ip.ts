/** IP addresses and prefixes as the dataplane compares them: bytes, most significant first. */
import { isIPv4, isIPv6 } from 'node:net';
import { ip4Text, ip6Text } from '../../../src/mux/internal.js';

export interface Prefix {
  readonly v6: boolean;
  /** 4 or 16 bytes, with the host bits as given. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Reads `192.0.2.1/24` or `2001:db8::1/64`; without a length, a host. Throws RangeError for anything else. */
export function parsePrefix(text: string): Prefix {
  const [address, length, ...rest] = text.split('/');
  const bytes = addressBytes(address);
  const bits = 8 * bytes.length;
  if (rest.length > 0 || (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits))) {
    throw new RangeError(`not a prefix: ${text}`);
  }
  return { v6: bits === 128, bytes, length: length === undefined ? bits : Number(length) };
}

export function addressBytes(text: string): Uint8Array {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) throw new RangeError(`not an IP address: ${text}`);
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex = dotted
    ? `${dotted[1]}${word(Number(dotted[2]), Number(dotted[3]))}:${word(Number(dotted[4]), Number(dotted[5]))}`
    : text;
  const [head, tail] = hex.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}

/** The text of an address of 4 or 16 bytes, as VPP writes it. */
export function addressText(bytes: Uint8Array): string {
  return bytes.length === 4 ? ip4Text(bytes, 0) : ip6Text(bytes, 0);
}

/** An address as it comes back where VPP keeps no family: 96 zero bits in front are taken for IPv4's. */
export function withoutFamily(text: string): string {
  const bytes = addressBytes(text);
  return bytes.subarray(0, -4).every((byte) => byte === 0) ? addressText(bytes.subarray(-4)) : text;
}

function word(high: number, low: number): string {
  return ((high << 8) | low).toString(16);
}

/** The first `length` bits, the rest zero. */
export function masked(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((byte, index) => byte & maskByte(length, index));
}

/** The prefix with its host bits all ones: the broadcast address of an IPv4 prefix. */
export function broadcast(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((byte, index) => byte | (~maskByte(length, index) & 255));
}

/** True when `bytes` lies in the prefix `of`/`length`. */
export function within(bytes: Uint8Array, of: Uint8Array, length: number): boolean {
  return bytes.length === of.length && same(masked(bytes, length), masked(of, length));
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function maskByte(length: number, index: number): number {
  const bits = Math.max(0, Math.min(8, length - 8 * index));
  return (0xff << (8 - bits)) & 0xff;
}
