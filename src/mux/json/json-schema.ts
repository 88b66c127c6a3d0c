/**
 * The JSON form of messages as JSON Schemas: what `toJson` gives, and `fromJson` takes. Types become components of their own, named as in
 * VPP (`vl_api_fib_path_t`), which several messages share; where two have one name, the second gets a number.
 */

import { type TextForm, textFormOf } from '../codec/text-forms.js';
import { readComment } from '../schema/comment.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { EnumType, Field, MessageDef, Scalar, StructType, UnionType } from '../schema/model.js';
import { countFields, elementType, isByte, ownFields, unalias, type ValueType } from './field-types.js';

export type SchemaObject = Readonly<Record<string, unknown>>;

const INTEGERS: Readonly<Record<Exclude<Scalar, 'bool' | 'f64' | 'u64' | 'i64'>, readonly [number, number]>> = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
};

const FORMS: Readonly<Record<Exclude<TextForm, 'address_union'>, SchemaObject>> = {
  ip4_address: { type: 'string', format: 'ipv4' },
  ip6_address: { type: 'string', format: 'ipv6' },
  mac_address: { type: 'string', examples: ['de:ad:00:00:00:42'] },
  address: { type: 'string', examples: ['192.0.2.1', '2001:db8::1'] },
  prefix: { type: 'string', examples: ['192.0.2.0/24', '2001:db8::/32'] },
  ip4_prefix: { type: 'string', examples: ['192.0.2.0/24'] },
  ip6_prefix: { type: 'string', examples: ['2001:db8::/32'] },
};

export class JsonSchemas {
  private readonly names = new Map<StructType | UnionType | EnumType, string>();
  private readonly taken = new Set<string>();
  private readonly made = new Map<string, SchemaObject>();

  /** `root`: where the components are, as `#/components/schemas/`. */
  constructor(private readonly root: string) {}

  /** The types that messages have used so far, by the names of their components. */
  get components(): ReadonlyMap<string, SchemaObject> {
    return this.made;
  }

  /** The fields of a message, its header left out. `sent`: by VPP, which sends all of them. */
  ofMessage({ fields, comment }: MessageDef, sent: boolean): SchemaObject {
    const own = ownFields(fields);
    const { about, fields: said } = readComment(comment);
    return {
      type: 'object',
      ...(about !== undefined && { description: about }),
      ...(sent && own.length > 0 && { required: own.map(({ name }) => name) }),
      properties: this.properties(own, said),
    };
  }

  /** The fields that one text can say, by their paths: numbers, strings, enums, addresses, lists of those. */
  *texts({ fields, comment }: MessageDef): Generator<readonly [path: string, schema: SchemaObject]> {
    yield* this.textsOf(ownFields(fields), '', readComment(comment).fields);
  }

  private *textsOf(
    fields: readonly Field[],
    prefix: string,
    said?: ReadonlyMap<string, string>,
  ): Generator<readonly [string, SchemaObject]> {
    const counts = countFields(fields);
    for (const field of fields) {
      const { name, type, array } = field;
      if (counts.has(name)) continue;
      const plain = unalias(type);
      const hasForm = textFormOf(type) !== undefined;
      const isStructured = plain.kind === 'struct' || plain.kind === 'union';
      if (!isStructured || hasForm) yield [`${prefix}${name}`, this.inlined(field, said?.get(name))];
      else if (array === undefined && plain.kind === 'struct') yield* this.textsOf(plain.fields, `${prefix}${name}.`);
    }
  }

  /** The schema of a field without references, but for those within its list. */
  private inlined(field: Field, about: string | undefined): SchemaObject {
    const plain = unalias(field.type);
    if (plain.kind !== 'enum' || field.array !== undefined) return this.ofField(field, about);
    const { description, ...own } = enumOf(plain);
    return { ...own, description: [about, description].filter(Boolean).join('. '), ...defaultOf(field) };
  }

  /** One field. */
  ofField(field: Field, about?: string): SchemaObject {
    const { type, array } = field;
    const own = type.kind === 'string' ? stringOf(field) : array ? this.listOf(type, field) : this.ofType(type);
    const said = { ...(about !== undefined && { description: about }), ...defaultOf(field) };
    if (Object.keys(said).length === 0) return own;
    // A description next to a reference is read by few.
    return '$ref' in own ? { allOf: [own], ...said } : { ...own, ...said };
  }

  private properties(fields: readonly Field[], said: ReadonlyMap<string, string> = new Map()): SchemaObject {
    const counts = countFields(fields);
    return Object.fromEntries(
      fields.map((field) => {
        const about =
          said.get(field.name) ?? (counts.has(field.name) ? 'A count, which follows from its list' : undefined);
        return [field.name, this.ofField(field, about)];
      }),
    );
  }

  private listOf(type: ValueType, { array, limit }: Field): SchemaObject {
    const most = array?.kind === 'fixed' ? array.length : limit;
    if (isByte(type)) return BYTES;
    const items = this.ofType(type);
    return { type: 'array', items, ...(most !== undefined && { maxItems: most }) };
  }

  private ofType(aliased: ValueType): SchemaObject {
    const type = unalias(aliased);
    const form = textFormOf(type);
    if (form !== undefined && form !== 'address_union') return FORMS[form];
    switch (type.kind) {
      case 'string':
        return { type: 'string' };
      case 'scalar':
        return scalarOf(type.name);
      case 'alias':
        return isByte(elementType(type))
          ? BYTES
          : { type: 'array', items: this.ofType(type.target), maxItems: type.length };
      default:
        return { $ref: `${this.root}${this.component(type)}` };
    }
  }

  private component(type: StructType | UnionType | EnumType): string {
    const known = this.names.get(type);
    if (known !== undefined) return known;
    const name = this.freeName(`vl_api_${type.name}_t`);
    this.names.set(type, name);
    this.made.set(name, type.kind === 'enum' ? enumOf(type) : this.structOf(type));
    return name;
  }

  private structOf(type: StructType | UnionType): SchemaObject {
    if (type.kind === 'struct') return { type: 'object', properties: this.properties(type.fields) };
    const properties = this.properties(type.arms);
    return { type: 'object', description: 'A union: exactly one of them is given', properties };
  }

  private freeName(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name); number++) name = `${wanted}_${number}`;
    this.taken.add(name);
    return name;
  }
}

const BYTES = { type: 'string', description: 'Bytes: 0x and hex digits' } as const;

function scalarOf(name: Scalar): SchemaObject {
  if (name === 'bool') return { type: 'boolean' };
  if (name === 'f64') return { type: 'number', format: 'double' };
  if (name === 'u64' || name === 'i64') return { type: 'string', description: `${name}, in decimal digits` };
  const [minimum, maximum] = INTEGERS[name];
  return { type: 'integer', ...(maximum > 0x7fffffff && { format: 'int64' }), minimum, maximum };
}

function stringOf({ array }: Field): SchemaObject {
  // A fixed one ends with a zero.
  return { type: 'string', ...(array?.kind === 'fixed' && { maxLength: array.length }) };
}

/** Numbers, since VPP may send one that has no name; what the names stand for is said. */
function enumOf(type: EnumType): SchemaObject {
  const values = [...type.values].map(([name, value]) => `${value} ${name}`).join(', ');
  const kind = isCombinable(type) ? 'Flags, a sum of' : 'One of';
  return {
    type: 'integer',
    format: 'int64',
    description: `${kind}: ${values}`,
    'x-enum': Object.fromEntries(type.values),
  };
}

function defaultOf({ default: value, type }: Field): SchemaObject {
  if (value === undefined || value === '') return {};
  const plain = unalias(type);
  if (plain.kind === 'scalar' && (plain.name === 'u64' || plain.name === 'i64')) return { default: String(value) };
  if (plain.kind === 'scalar' && plain.name === 'bool') return { default: Boolean(value) };
  return { default: typeof value === 'bigint' ? Number(value) : value };
}
