/**
 * A model as one file that is read in a millisecond: an index of what a session asks of every message (name, CRC, role, place of the context),
 * and behind it a slice of JSON for each message and type, parsed when that is used.
 *
 * A packed model is trusted: it was made by this program, from definitions that were checked.
 */

import { LazyMap } from './lazy-map.js';
import type { ApiFileFacts, ApiModel, Field, MessageDef, MessageRole, Service, Type } from './model.js';

const MAGIC = Buffer.from('vppmux model 1\n');
const LENGTH = 4;

/** Index of a string in place of a type's. */
const STRING = -1;

type PackedArray = 0 | number | string;
type PackedDefault = null | number | boolean | string | { readonly big: string };
type PackedField = readonly [
  name: string,
  type: number,
  /** 0: one value; a number N + 1: N values; text: the field that counts it, empty for a trailing one. */
  array: PackedArray,
  fallback?: PackedDefault,
  limit?: number,
];

type PackedType =
  | readonly ['s', string, number]
  | readonly ['e', string, string, boolean, readonly (readonly [string, number])[], number]
  | readonly ['t', string, readonly PackedField[], number | null, number]
  | readonly ['u', string, readonly PackedField[], number]
  | readonly ['a', string, number, number | null, number | null];

interface PackedMessage extends Omit<MessageDef, 'fields' | 'name' | 'crc' | 'role' | 'contextOffset'> {
  readonly packed: readonly PackedField[];
}

interface Index {
  readonly names: readonly string[];
  readonly crcs: readonly string[];
  readonly roles: readonly MessageRole[];
  readonly contexts: readonly number[];
  /** Numbers of the messages that have a service, in the order of the services. */
  readonly services: readonly number[];
  /** Ends of the slices: of messages, then of types, then of the files. */
  readonly ends: readonly number[];
  readonly types: number;
  readonly typeNames: readonly (readonly [string, number])[];
  readonly eventRequests: readonly (readonly [string, readonly string[]])[];
}

/** Undefined for a model with problems, which a packed one would not have. */
export function packModel(model: ApiModel): Buffer | undefined {
  const { messages, types, services, eventRequests, files, unusable, variants, problems } = model;
  if (unusable.size + variants.size + problems.length > 0) return undefined;
  const packer = new Packer();
  const defs = [...messages.values()];
  const numbers = new Map(defs.map(({ name }, i) => [name, i]));
  const slices = defs.map((def) => JSON.stringify(packer.message(def)));
  const typeNames = [...types].map(([name, type]): [string, number] => [name, packer.type(type)]);
  const all = [...slices, ...packer.types.map((each) => JSON.stringify(each)), JSON.stringify(files)].map((text) =>
    Buffer.from(text),
  );
  let end = 0;
  const index: Index = {
    names: defs.map(({ name }) => name),
    crcs: defs.map(({ crc }) => crc),
    roles: defs.map(({ role }) => role),
    contexts: defs.map(({ contextOffset }) => contextOffset),
    services: [...services.keys()].flatMap((name) => numbers.get(name) ?? []),
    ends: all.map(({ length }) => (end += length)),
    types: packer.types.length,
    typeNames,
    eventRequests: [...eventRequests],
  };
  if (index.services.length !== services.size) return undefined;
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(head.length);
  return Buffer.concat([MAGIC, length, head, ...all]);
}

/** Undefined where `bytes` is no packed model, or not all of one. */
export function unpackModel(bytes: Buffer): ApiModel | undefined {
  const from = MAGIC.length + LENGTH;
  if (bytes.length < from || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const start = from + bytes.readUInt32BE(MAGIC.length);
  if (start > bytes.length) return undefined;
  const index = JSON.parse(bytes.toString('latin1', from, start)) as Index;
  if (start + (index.ends.at(-1) ?? 0) !== bytes.length) return undefined;
  return new Unpacker(bytes, start, index).model();
}

class Packer {
  readonly types: PackedType[] = [];
  private readonly numbers = new Map<Type, number>();

  message(def: MessageDef): PackedMessage {
    const { fields, name: _name, crc: _crc, role: _role, contextOffset: _place, ...rest } = def;
    return { ...rest, packed: fields.map((field) => this.field(field)) };
  }

  type(type: Type): number {
    const known = this.numbers.get(type);
    if (known !== undefined) return known;
    const packed = this.packed(type);
    const number = this.types.push(packed) - 1;
    this.numbers.set(type, number);
    return number;
  }

  private packed(type: Type): PackedType {
    switch (type.kind) {
      case 'scalar':
        return ['s', type.name, type.size];
      case 'enum':
        return ['e', type.name, type.base, type.flags, [...type.values], type.size];
      case 'struct':
        return ['t', type.name, type.fields.map((field) => this.field(field)), type.size ?? null, type.minSize];
      case 'union':
        return ['u', type.name, type.arms.map((arm) => this.field(arm)), type.size];
      default:
        return ['a', type.name, this.type(type.target), type.length ?? null, type.size ?? null];
    }
  }

  private field({ name, type, array, default: fallback, limit }: Field): PackedField {
    const number = type.kind === 'string' ? STRING : this.type(type);
    const packed = packedArray(array);
    if (fallback === undefined && limit === undefined) return [name, number, packed];
    const value = typeof fallback === 'bigint' ? { big: String(fallback) } : (fallback ?? null);
    return limit === undefined ? [name, number, packed, value] : [name, number, packed, value, limit];
  }
}

function packedArray(array: Field['array']): PackedArray {
  if (array === undefined) return 0;
  if (array.kind === 'fixed') return array.length + 1;
  return array.kind === 'counted' ? array.countField : '';
}

function arrayOf(packed: PackedArray): Field['array'] {
  if (packed === 0) return undefined;
  if (packed === '') return { kind: 'trailing' };
  return typeof packed === 'number' ? { kind: 'fixed', length: packed - 1 } : { kind: 'counted', countField: packed };
}

class Unpacker {
  private readonly known: (Type | undefined)[] = [];

  constructor(
    private readonly bytes: Buffer,
    private readonly start: number,
    private readonly index: Index,
  ) {}

  model(): ApiModel {
    const { names, services, typeNames, eventRequests } = this.index;
    const messages = new LazyMap(new Map(names.map((name, i) => [name, i])), (i) => new PackedDef(this, i, this.index));
    const serviceOf = (i: number) => messages.get(names[i])?.service as Service;
    const files = () => this.files();
    return {
      messages,
      types: new LazyMap(new Map(typeNames), (i) => this.type(i)),
      services: new LazyMap(new Map(services.map((i) => [names[i], i])), serviceOf),
      eventRequests: new Map(eventRequests),
      get files() {
        return files();
      },
      unusable: new Map(),
      variants: new Map(),
      problems: [],
    };
  }

  message(i: number): PackedMessage {
    return this.slice(i) as PackedMessage;
  }

  fields(packed: readonly PackedField[]): Field[] {
    return packed.map(([name, type, array, fallback, limit]) => ({
      name,
      type: type === STRING ? { kind: 'string' } : this.type(type),
      array: arrayOf(array),
      ...(fallback === undefined || fallback === null
        ? {}
        : { default: typeof fallback === 'object' ? BigInt(fallback.big) : fallback }),
      ...(limit === undefined ? {} : { limit }),
    }));
  }

  private type(i: number): Type {
    const known = this.known[i];
    if (known !== undefined) return known;
    const type = this.unpacked(this.slice(this.index.names.length + i) as PackedType);
    this.known[i] = type;
    return type;
  }

  private unpacked(packed: PackedType): Type {
    switch (packed[0]) {
      case 's':
        return { kind: 'scalar', name: packed[1], size: packed[2] } as Type;
      case 'e': {
        const [, name, base, flags, values, size] = packed;
        return { kind: 'enum', name, base, flags, values: new Map(values), size } as Type;
      }
      case 't': {
        const [, name, fields, size, minSize] = packed;
        return { kind: 'struct', name, fields: this.fields(fields), size: size ?? undefined, minSize };
      }
      case 'u':
        return { kind: 'union', name: packed[1], arms: this.fields(packed[2]), size: packed[3] };
      default: {
        const [, name, target, length, size] = packed;
        return {
          kind: 'alias',
          name,
          target: this.type(target),
          length: length ?? undefined,
          size: size ?? undefined,
        };
      }
    }
  }

  private files(): readonly ApiFileFacts[] {
    return this.slice(this.index.ends.length - 1) as ApiFileFacts[];
  }

  private slice(i: number): unknown {
    const { ends } = this.index;
    return JSON.parse(this.bytes.toString('utf8', this.start + (ends[i - 1] ?? 0), this.start + ends[i]));
  }
}

/** A definition whose fields are unpacked when somebody looks at them. */
class PackedDef implements MessageDef {
  readonly name: string;
  readonly crc: string;
  readonly role: MessageRole;
  readonly contextOffset: number;
  private own: PackedMessage | undefined;
  private ownFields: readonly Field[] | undefined;

  constructor(
    private readonly unpacker: Unpacker,
    private readonly number: number,
    { names, crcs, roles, contexts }: Index,
  ) {
    this.name = names[number];
    this.crc = crcs[number];
    this.role = roles[number];
    this.contextOffset = contexts[number];
  }

  private get rest(): PackedMessage {
    this.own ??= this.unpacker.message(this.number);
    return this.own;
  }

  get fields(): readonly Field[] {
    this.ownFields ??= this.unpacker.fields(this.rest.packed);
    return this.ownFields;
  }

  get clientIndexOffset(): number {
    return this.rest.clientIndexOffset;
  }

  get size(): number | undefined {
    return this.rest.size;
  }

  get minSize(): number {
    return this.rest.minSize;
  }

  get service(): Service | undefined {
    return this.rest.service;
  }

  get options(): Readonly<Record<string, unknown>> {
    return this.rest.options;
  }

  get comment(): string | undefined {
    return this.rest.comment;
  }

  get file(): string {
    return this.rest.file;
  }
}
