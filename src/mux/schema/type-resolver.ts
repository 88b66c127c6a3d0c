/**
 * The types that one file knows, their references resolved and their sizes computed. In VPP a type is local to
 * its file, and vppapigen writes what a file imports into that file too: two plugins may each have a type of one
 * name. Refused is what the codec could not work with: cycles, missing types, unusable counts, variable parts in
 * the middle.
 */

import { SchemaError } from '../errors.js';
import type { AliasEntry, EnumEntry, FieldEntry, Place, StructEntry, TypeEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';
import { defaultOf, fitted, takesDefault } from './defaults.js';
import { footprintOf } from './footprint.js';
import { checkFootprint, checkSize, MAX_DEPTH, sizeOfFields } from './limits.js';
import type { EnumType, Field, Scalar, Type } from './model.js';
import { typeNameOf } from './names.js';
import { shown } from './shown.js';
import { fieldSize, isScalar, minSizeOf, SCALAR_SIZE, unaliased } from './sizes.js';

const SCALARS = new Map<string, Type>(
  (Object.keys(SCALAR_SIZE) as Scalar[]).map((name) => [name, { kind: 'scalar', name, size: SCALAR_SIZE[name] }]),
);

/** Scalars that may count; vppapigen accepts each of them. */
const INTEGERS = ['u8', 'u16', 'u32', 'u64', 'i8', 'i16', 'i32', 'i64'] as const;

export const SCALAR_NAMES: readonly string[] = [...SCALARS.keys()];

/** The types of all files of one VPP, as far as one file's resolver needs them. */
export interface AllTypes {
  /** The types being resolved, outermost first. */
  readonly underWay: TypeEntry[];
  /** A type that a file uses without holding it, or why it cannot be used. */
  elsewhere(name: string): { readonly entry: TypeEntry; readonly resolver: TypeResolver } | SchemaError | undefined;
  /** The type of `entry`, made when it has not been seen with these parts. */
  once(entry: TypeEntry, parts: readonly Type[], make: () => Type): Type;
  /** `; did you mean …?` for a type that is nowhere. */
  hint(reference: string): string;
}

/** Resolves a file's types on demand, each once, depth first. */
export class TypeResolver {
  private readonly byName = new Map<string, Type>();
  private readonly byReference = new Map(SCALARS);

  /** `entries`: the file's own types by name, or why one cannot be used. */
  constructor(
    readonly entries: ReadonlyMap<string, TypeEntry | SchemaError>,
    private readonly shared: AllTypes,
  ) {}

  /** The type that `reference` (`u32`, `vl_api_prefix_t`) names, as used at `path`. */
  resolve(reference: string, file: string, path: () => string): Type {
    const done = this.byReference.get(reference);
    if (done !== undefined) return done;
    const name = typeNameOf(reference);
    const own = name === undefined ? undefined : this.entries.get(name);
    const found = own === undefined && name !== undefined ? this.shared.elsewhere(name) : own;
    if (found instanceof SchemaError) throw found;
    if (found === undefined) throw invalid(file, path(), `there is no type ${reference}${this.shared.hint(reference)}`);
    const entry = 'resolver' in found ? found.entry : found;
    const { underWay } = this.shared;
    if (underWay.includes(entry)) throw invalid(file, path(), `types in a circle: ${chain([...underWay, entry])}`);
    if (underWay.length >= MAX_DEPTH) {
      throw invalid(file, path(), `types nested more than ${MAX_DEPTH} deep: ${chain(underWay)}`);
    }
    const type = 'resolver' in found ? found.resolver.typeOf(entry) : this.typeOf(entry);
    this.byReference.set(reference, type);
    return type;
  }

  /** Fields of a struct or message, in order. */
  fields(entry: StructEntry): Field[] {
    const fields: Field[] = [];
    for (const field of entry.fields) {
      const last = fields[fields.length - 1];
      if (last !== undefined && fieldSize(last) === undefined) {
        const path = pathOf(entry, field.at - 1);
        throw invalid(entry.file, path, `${last.name} has no fixed size, but is not the last field`);
      }
      fields.push(this.field(entry, field, fields));
    }
    return fields;
  }

  typeOf(entry: TypeEntry): Type {
    const done = this.byName.get(entry.name);
    if (done !== undefined) return done;
    const { underWay } = this.shared;
    underWay.push(entry);
    try {
      const type = this.shared.once(entry, this.parts(entry), () => {
        const made = this.make(entry);
        checkFootprint(entry, footprintOf(made));
        return made;
      });
      this.byName.set(entry.name, type);
      return type;
    } finally {
      underWay.pop();
    }
  }

  /** The types in this file that a definition refers to. */
  private parts(entry: TypeEntry): Type[] {
    if ('values' in entry) return [];
    if (entry.section === 'aliases') {
      return [this.resolve(entry.type, entry.file, () => pathOf(entry, undefined, '.type'))];
    }
    const parts: Type[] = [];
    for (const { type, at } of entry.fields) {
      const known = this.byReference.get(type);
      if (known !== undefined) parts.push(known);
      else if (type !== 'string') parts.push(this.resolve(type, entry.file, () => pathOf(entry, at, '[0]')));
    }
    return parts;
  }

  private make(entry: TypeEntry): Type {
    if (entry.section === 'aliases') return this.alias(entry);
    if ('values' in entry) return enumType(entry);
    const fields = this.fields(entry);
    if (fields.length === 0) throw invalid(entry.file, pathOf(entry), `${entry.name} has no fields`);
    if (entry.section === 'unions') return unionType(entry, fields);
    return { kind: 'struct', name: entry.name, fields, ...sizeOfFields(entry, fields) };
  }

  private alias(entry: AliasEntry): Type {
    const path = () => pathOf(entry, undefined, '.type');
    const target = this.resolve(entry.type, entry.file, path);
    if (entry.length === undefined) return { kind: 'alias', name: entry.name, target, size: target.size };
    if (target.size === undefined)
      throw invalid(entry.file, path(), `an array of ${entry.type}, which has no fixed size`);
    const size = checkSize(entry, target.size * entry.length);
    return { kind: 'alias', name: entry.name, target, length: entry.length, size };
  }

  private field(place: Place, entry: FieldEntry, before: readonly Field[]): Field {
    // Nine fields in ten are a single value of a type met before.
    const known = this.byReference.get(entry.type);
    if (known !== undefined && entry.length === undefined && entry.default === undefined && entry.limit === undefined) {
      return { name: entry.name, type: known };
    }

    const wrong = (index: number, problem: string) =>
      invalid(place.file, pathOf(place, entry.at, `[${index}]`), problem);
    const { name, limit } = entry;
    if (entry.type === 'string') {
      if (entry.count !== undefined) throw wrong(3, 'a string has no count');
      if (entry.length === undefined) throw wrong(0, 'a string has a length: [N], or [0] for any');
      const array =
        entry.length === 0 ? ({ kind: 'trailing' } as const) : ({ kind: 'fixed', length: entry.length } as const);
      const preset = typeof entry.default === 'string' && entry.length > 0 ? entry.default : undefined;
      return { name, type: { kind: 'string' }, array, default: preset, limit };
    }
    const type = this.resolve(entry.type, place.file, () => pathOf(place, entry.at, '[0]'));
    if (entry.length === undefined) return { name, type, default: this.default(entry, type, wrong), limit };
    if (type.size === undefined && !endsItself(type)) {
      throw wrong(0, `an array of ${entry.type}, of which nobody can tell where one ends and the next begins`);
    }
    if (entry.length > 0) {
      checkSize(place, minSizeOf(type) * entry.length);
      return { name, type, array: { kind: 'fixed', length: entry.length }, limit };
    }
    if (entry.count === undefined && type.size === undefined) {
      throw wrong(0, `an array of ${entry.type}, which has no fixed size, needs a count`);
    }
    if (entry.count === undefined) return { name, type, array: { kind: 'trailing' }, limit };
    const count = before.find((field) => field.name === entry.count);
    if (count === undefined) throw wrong(3, `there is no field ${entry.count} before ${name} that could be its count`);
    const counts = count.array === undefined && INTEGERS.some((scalar) => isScalar(count.type, scalar));
    if (!counts) throw wrong(3, `${entry.count} is not an integer and cannot be a count`);
    return { name, type, array: { kind: 'counted', countField: entry.count }, limit };
  }

  private default(entry: FieldEntry, type: Type, wrong: (index: number, problem: string) => Error): Field['default'] {
    if (entry.default === undefined || !takesDefault(type)) return undefined;
    const value = defaultOf(type, entry.default);
    if (value === undefined) throw wrong(2, `the default ${shown(entry.default)} is no ${entry.type}`);
    return value;
  }
}

/**
 * Whether a reader knows where a value without fixed size ends: clients of VPP put such structs one behind the other.
 * One that takes no bytes at all could be there any number of times.
 */
function endsItself(type: Type): boolean {
  const plain = unaliased(type);
  if (plain.kind !== 'struct' || plain.minSize === 0) return false;
  const last = plain.fields[plain.fields.length - 1];
  if (last.type.kind === 'string' || last.array?.kind === 'counted') return true;
  return last.array?.kind !== 'trailing' && (last.type.size !== undefined || endsItself(last.type));
}

function chain(entries: readonly TypeEntry[]): string {
  return entries.map(({ name }) => name).join(' → ');
}

function enumType(entry: EnumEntry): EnumType {
  const { name, base } = entry;
  const scalar = SCALARS.get(base);
  const values = new Map<string, number>();
  for (const [key, value] of entry.values) {
    const fit = fitted(base as Scalar, value);
    if (scalar === undefined || fit === undefined) {
      throw invalid(entry.file, pathOf(entry), `${key} = ${value} does not fit the enum's type ${base}`);
    }
    values.set(key, fit);
  }
  if (scalar?.kind !== 'scalar' || fitted(scalar.name, 0) === undefined) {
    throw invalid(entry.file, pathOf(entry), `${base} cannot be the type of an enum`);
  }
  return { kind: 'enum', name, base: scalar.name, flags: entry.section === 'enumflags', values, size: scalar.size };
}

function unionType(entry: StructEntry, arms: readonly Field[]): Type {
  const sizes = arms.map((arm, i) => {
    const size = fieldSize(arm);
    if (size !== undefined) return size;
    throw invalid(
      entry.file,
      pathOf(entry, entry.fields[i].at),
      `${arm.name} has no fixed size and cannot be in a union`,
    );
  });
  return { kind: 'union', name: entry.name, arms, size: Math.max(...sizes) };
}
