/**
 * Decoded fields as they are shown: of a union only the arm that counts, where another field says which, and enums by
 * name where that is asked for. What is shown can be given back as input.
 */

import { type Discriminated, discriminatedIn } from '../schema/discriminators.js';
import { namedValue } from '../schema/enum-parts.js';
import type { Field, StructType } from '../schema/model.js';
import { isStruct, unalias, type ValueType } from './field-types.js';

export interface ShownOptions {
  /** Enums by name, flags as lists of names. Default: numbers. */
  readonly names?: boolean;
  /** All arms of every union, as decoded: the same bytes several times. Default: only the arm that counts. */
  readonly allArms?: boolean;
}

type Values = Record<string, unknown>;
type View = (value: unknown) => unknown;

/** `values` as they are shown; the very object where its definition has nothing to change. */
export function shownFields(fields: readonly Field[], values: Values, options: ShownOptions = {}): Values {
  const view = viewsFor(options).of(fields);
  return view === undefined ? values : (view(values) as Values);
}

/** Views of lists of fields and of types, made once for each. */
class Views {
  private readonly lists = new WeakMap<readonly Field[], { readonly view: View | undefined }>();
  private readonly types = new WeakMap<ValueType, { readonly view: View | undefined }>();

  constructor(private readonly options: ShownOptions) {}

  /** Undefined where nothing changes. */
  of(fields: readonly Field[]): View | undefined {
    let known = this.lists.get(fields);
    if (known === undefined) {
      known = { view: this.ofStruct(fields, []) };
      this.lists.set(fields, known);
    }
    return known.view;
  }

  private ofStruct(fields: readonly Field[], unions: readonly Discriminated[]): View | undefined {
    const members = fields.flatMap((field): [string, View][] => {
      const view = this.ofType(field.type);
      return view === undefined ? [] : [[field.name, field.array ? listed(view) : view]];
    });
    if (members.length === 0 && unions.length === 0) return undefined;
    return (value) => {
      if (!isStruct(value)) return value;
      const copy = { ...value };
      for (const [name, view] of members) if (Object.hasOwn(copy, name)) copy[name] = view(copy[name]);
      // The value as it is, not as it is shown, says which arm counts.
      for (const union of unions) keepArm(copy, union.path, union.armOf.get(value[union.by.name] as number));
      return copy;
    };
  }

  private ofType(type: ValueType): View | undefined {
    let known = this.types.get(type);
    if (known === undefined) {
      known = { view: this.make(type) };
      this.types.set(type, known);
    }
    return known.view;
  }

  private make(aliased: ValueType): View | undefined {
    const type = unalias(aliased);
    switch (type.kind) {
      case 'enum':
        return this.options.names
          ? (value) => (typeof value === 'number' ? namedValue(type, value) : value)
          : undefined;
      case 'struct':
        return this.ofStruct(type.fields, this.options.allArms ? [] : discriminatedIn(type as StructType));
      case 'union':
        return this.ofStruct(type.arms, []);
      case 'alias': {
        const view = this.ofType(type.target);
        return view && listed(view);
      }
      default:
        return undefined;
    }
  }
}

const VIEWS = [0, 1, 2, 3].map((bits) => new Views({ names: (bits & 1) !== 0, allArms: (bits & 2) !== 0 }));

const viewsFor = ({ names = false, allArms = false }: ShownOptions) => VIEWS[Number(names) + 2 * Number(allArms)];

const listed =
  (view: View): View =>
  (value) =>
    Array.isArray(value) ? value.map(view) : value;

/** Leaves no other arm in the union at `path` of `struct`, which is the caller's own; nothing where `arm` is not there. */
function keepArm(struct: Values, [name, ...rest]: readonly string[], arm: string | undefined): void {
  const inner = struct[name];
  if (arm === undefined || !isStruct(inner)) return;
  if (rest.length > 0) {
    const copy = { ...inner };
    struct[name] = copy;
    keepArm(copy, rest, arm);
  } else if (Object.hasOwn(inner, arm)) {
    struct[name] = { [arm]: inner[arm] };
  }
}
