/** Random valid values for any message of a schema, and the bytes that VPP could send of it. */

import fc from 'fast-check';
import { textFormOf } from '../../../src/mux/codec/text-forms.js';
import { isCombinable } from '../../../src/mux/schema/enum-parts.js';
import type { Field, MessageDef, Scalar, Type } from '../../../src/mux/schema/model.js';
import { INTEGER_RANGE, isScalar, unaliased } from '../../../src/mux/schema/sizes.js';

/** `text`: text forms, names of enums; else the raw shapes. */
export interface Style {
  readonly text: boolean;
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const dotted = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));
const colons = fc
  .array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'));
const mac = bytes(6).map((octets) => [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':'));
const ip4Prefix = fc.tuple(dotted, fc.nat(32)).map(([address, length]) => `${address}/${length}`);
const ip6Prefix = fc.tuple(colons, fc.nat(128)).map(([address, length]) => `${address}/${length}`);

const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ip4_address: dotted,
  ip6_address: colons,
  mac_address: mac,
  address: fc.oneof(dotted, colons),
  address_union: fc.oneof(dotted, colons),
  prefix: fc.oneof(ip4Prefix, ip6Prefix),
  ip4_prefix: ip4Prefix,
  ip6_prefix: ip6Prefix,
};

function scalar(name: Scalar): fc.Arbitrary<unknown> {
  if (name === 'bool') return fc.boolean();
  if (name === 'f64') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (name === 'u64') return fc.bigInt(0n, 2n ** 64n - 1n);
  if (name === 'i64') return fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
  const [min, max] = INTEGER_RANGE[name] ?? [0, 0];
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

/** One value of a type. */
export function anyOf(type: Type, style: Style): fc.Arbitrary<unknown> {
  const form = style.text ? textFormOf(type) : undefined;
  if (form !== undefined) return TEXTS[form];
  const plain = unaliased(type);
  switch (plain.kind) {
    case 'scalar':
      return scalar(plain.name);
    case 'enum': {
      const names = [...plain.values.keys()];
      if (!style.text || names.length === 0) return scalar(plain.base);
      const one = fc.constantFrom(...names);
      return isCombinable(plain) ? fc.oneof(one, fc.subarray(names)) : one;
    }
    case 'alias':
      return list(plain.target, plain.length ?? 0, plain.length ?? 0, style);
    case 'struct':
      return fieldsOf(plain.fields, style);
    default:
      if (!style.text) return bytes(plain.size);
      return fc.oneof(...plain.arms.map((arm) => fieldOf(arm, style).map((value) => ({ [arm.name]: value }))));
  }
}

function list(type: Type, min: number, max: number, style: Style): fc.Arbitrary<unknown> {
  if (isScalar(type, 'u8')) return fc.uint8Array({ minLength: min, maxLength: max });
  return fc.array(anyOf(type, style), { minLength: min, maxLength: max });
}

function textOf(max: number): fc.Arbitrary<string> {
  return fc
    .string({
      unit: fc.oneof(fc.constant('a'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
      maxLength: 20,
    })
    .map((text) => text.replaceAll('\0', ''))
    .map((text) => {
      let fit = text;
      while (Buffer.byteLength(fit) > max) fit = [...fit].slice(0, -1).join('');
      return fit;
    });
}

function fieldOf({ type, array, limit }: Field, style: Style): fc.Arbitrary<unknown> {
  if (type.kind === 'string') return textOf(array?.kind === 'fixed' ? array.length - 1 : (limit ?? 40));
  if (array === undefined) return anyOf(type, style);
  if (array.kind === 'fixed') return list(type, array.length, array.length, style);
  return list(type, 0, Math.min(3, limit ?? 3), style);
}

function fieldsOf(fields: readonly Field[], style: Style): fc.Arbitrary<Record<string, unknown>> {
  const counts = new Set(fields.map(({ array }) => (array?.kind === 'counted' ? array.countField : '')));
  const given = fields.filter(({ name }) => !counts.has(name));
  const record = Object.fromEntries(given.map((field) => [field.name, fieldOf(field, style)]));
  return fc.record(record) as fc.Arbitrary<Record<string, unknown>>;
}

/** All fields of a message, header included, counts left out. */
export function messageFields(def: MessageDef, style: Style): fc.Arbitrary<Record<string, unknown>> {
  return fieldsOf(def.fields, style);
}
