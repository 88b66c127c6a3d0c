/**
 * The types that have a text form, and how it is read and written.
 *
 * | type                                    | text                                   |
 * |-----------------------------------------|----------------------------------------|
 * | ip4_address, ip6_address, address       | `192.0.2.1`, `2001:db8::1`             |
 * | ip4_prefix, ip6_prefix, prefix, and the | `192.0.2.0/24`, `2001:db8::/32`; host  |
 * | *_with_prefix aliases of them           | bits are kept, VPP decides about them  |
 * | mac_address                             | `de:ad:00:00:00:42`                    |
 * | address_union (given only)              | either address; it is read as its arms |
 *
 * A type counts when both its name and its layout are VPP's. A value that has no valid text (an unknown
 * address family, a /200) is decoded as its raw struct, so that what is decoded can always be encoded; so is
 * an address in a union's arm whose text would not say all bytes (they may be meant for another arm).
 */

import type { Field, StructType, Type } from '../schema/model.js';
import { isScalar, unaliased } from '../schema/sizes.js';
import { ip4Text, ip6Text, parseIp4, parseIp6, parseLength, parseMac } from './ip-text.js';

export type TextForm =
  | 'ip4_address'
  | 'ip6_address'
  | 'mac_address'
  | 'address_union'
  | 'address'
  | 'prefix'
  | 'ip4_prefix'
  | 'ip6_prefix';

/** Examples for error messages. */
export const TEXT_EXAMPLE: Readonly<Record<TextForm, string>> = {
  ip4_address: "an IPv4 address such as '192.0.2.1'",
  ip6_address: "an IPv6 address such as '2001:db8::1'",
  mac_address: "a MAC address such as 'de:ad:00:00:00:42'",
  address_union: "an address such as '192.0.2.1' or '2001:db8::1'",
  address: "an address such as '192.0.2.1' or '2001:db8::1'",
  prefix: "a prefix such as '192.0.2.0/24' or '2001:db8::/32'",
  ip4_prefix: "an IPv4 prefix such as '192.0.2.0/24'",
  ip6_prefix: "an IPv6 prefix such as '2001:db8::/32'",
};

const BYTE_FORMS: Readonly<Record<string, number>> = { ip4_address: 4, ip6_address: 16, mac_address: 6 };

const isByteForm = (type: Type, name: string): boolean =>
  type.kind === 'alias' && type.name === name && type.length === BYTE_FORMS[name] && isScalar(type.target, 'u8');

export function textFormOf(type: Field['type']): TextForm | undefined {
  if (type.kind === 'string') return undefined;
  const plain = unaliased(type);
  if (plain.kind === 'alias') {
    const { name } = plain;
    if (name === 'ip4_address' || name === 'ip6_address' || name === 'mac_address') {
      return isByteForm(plain, name) ? name : undefined;
    }
    return undefined;
  }
  if (plain.kind === 'union') return isAddressUnion(plain) ? 'address_union' : undefined;
  return plain.kind === 'struct' ? structForm(plain) : undefined;
}

function isAddressUnion(type: Type): boolean {
  if (type.kind !== 'union' || type.name !== 'address_union' || type.arms.length !== 2) return false;
  return type.arms.every(
    (arm) => arm.array === undefined && arm.type.kind !== 'string' && isByteForm(arm.type, `${arm.name}_address`),
  );
}

function structForm(type: StructType): TextForm | undefined {
  if (type.fields.length !== 2 || type.fields.some((field) => field.array !== undefined)) return undefined;
  const [first, second] = type.fields;
  if (type.name === 'address') {
    if (first.name !== 'af' || second.name !== 'un' || second.type.kind === 'string') return undefined;
    const family = first.type.kind === 'string' ? undefined : unaliased(first.type);
    const known =
      family?.kind === 'enum' &&
      family.size === 1 &&
      family.values.get('ADDRESS_IP4') === 0 &&
      family.values.get('ADDRESS_IP6') === 1;
    return known && isAddressUnion(unaliased(second.type)) ? 'address' : undefined;
  }
  if (first.name !== 'address' || second.name !== 'len' || !isScalar(second.type, 'u8')) return undefined;
  const inner = textFormOf(first.type);
  if (type.name === 'prefix' && inner === 'address') return 'prefix';
  if (type.name === 'ip4_prefix' && inner === 'ip4_address') return 'ip4_prefix';
  if (type.name === 'ip6_prefix' && inner === 'ip6_address') return 'ip6_prefix';
  return undefined;
}

/** Address text of the 17 bytes at `o`, or undefined when the family is neither. */
export function addressText(b: Uint8Array, o: number): string | undefined {
  const family = b[o];
  if (family === 0) return ip4Text(b, o + 1);
  return family === 1 ? ip6Text(b, o + 1) : undefined;
}

/** Prefix text of the 18 bytes at `o`, or undefined when there is no valid one. */
export function prefixText(b: Uint8Array, o: number): string | undefined {
  const length = b[o + 17];
  const family = b[o];
  if (family === 0 && length <= 32) return `${ip4Text(b, o + 1)}/${length}`;
  if (family === 1 && length <= 128) return `${ip6Text(b, o + 1)}/${length}`;
  return undefined;
}

/** An IPv4 address leaves 12 bytes of its union unused; VPP may leave garbage in them. */
function unusedIsZero(b: Uint8Array, o: number): boolean {
  if (b[o] !== 0) return true;
  for (let i = o + 5; i < o + 17; i++) if (b[i] !== 0) return false;
  return true;
}

/** The same as addressText, but only where the text says every byte: within a union they may be another arm's. */
export function exactAddressText(b: Uint8Array, o: number): string | undefined {
  return unusedIsZero(b, o) ? addressText(b, o) : undefined;
}

export function exactPrefixText(b: Uint8Array, o: number): string | undefined {
  return unusedIsZero(b, o) ? prefixText(b, o) : undefined;
}

export function ip4PrefixText(b: Uint8Array, o: number): string | undefined {
  return b[o + 4] <= 32 ? `${ip4Text(b, o)}/${b[o + 4]}` : undefined;
}

export function ip6PrefixText(b: Uint8Array, o: number): string | undefined {
  return b[o + 16] <= 128 ? `${ip6Text(b, o)}/${b[o + 16]}` : undefined;
}

/** Writes `text` as `form` at `o`, every byte of it; false (and undefined bytes) when it is not valid. */
export function parseText(form: TextForm, text: string, b: Uint8Array, o: number): boolean {
  switch (form) {
    case 'ip4_address':
      return parseIp4(text, 0, text.length, b, o);
    case 'ip6_address':
      return parseIp6(text, 0, text.length, b, o);
    case 'mac_address':
      return parseMac(text, b, o);
    case 'address_union':
      return parseEither(text, text.length, b, o) >= 0;
    case 'address':
      return parseAddress(text, text.length, b, o);
    default:
      return parsePrefix(form, text, b, o);
  }
}

/** Writes an address of either family into the 16 bytes at `o`; gives the family, or -1. */
function parseEither(text: string, to: number, b: Uint8Array, o: number): number {
  const colon = text.indexOf(':');
  if (colon >= 0 && colon < to) return parseIp6(text, 0, to, b, o) ? 1 : -1;
  for (let i = o + 4; i < o + 16; i++) b[i] = 0;
  return parseIp4(text, 0, to, b, o) ? 0 : -1;
}

function parseAddress(text: string, to: number, b: Uint8Array, o: number): boolean {
  const family = parseEither(text, to, b, o + 1);
  b[o] = family;
  return family >= 0;
}

function parsePrefix(form: 'prefix' | 'ip4_prefix' | 'ip6_prefix', text: string, b: Uint8Array, o: number): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  let size = 17;
  let done: boolean;
  if (form === 'prefix') {
    done = parseAddress(text, slash, b, o);
  } else if (form === 'ip4_prefix') {
    size = 4;
    done = parseIp4(text, 0, slash, b, o);
  } else {
    size = 16;
    done = parseIp6(text, 0, slash, b, o);
  }
  if (!done) return false;
  const isIp4 = form === 'ip4_prefix' || (form === 'prefix' && b[o] === 0);
  const length = parseLength(text, slash + 1, isIp4 ? 32 : 128);
  b[o + size] = length;
  return length >= 0;
}
