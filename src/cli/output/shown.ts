/**
 * Decoded fields as they are shown: of a union only the arm that counts, where something says which, and enums by name
 * where that is asked for. What is shown can be given back as input.
 */

import { type Discriminated, discriminatedIn } from '../../mux/schema/discriminators.js';
import { namedValue } from '../../mux/schema/enum-parts.js';
import type { Field, StructType } from '../../mux/schema/model.js';
import { unalias, type ValueType } from '../fields/field-types.js';
import { isStruct } from './cells.js';

type Values = Record<string, unknown>;
type View = (value: unknown) => unknown;

/** Makes what shows the fields of a message. Types that have neither unions nor (with `names`) enums are not looked into. */
export function showing(fields: readonly Field[], { names }: { readonly names: boolean }): (values: Values) => Values {
  const views = new Views(names);
  const view = views.ofFields(fields);
  return view === undefined ? (values) => values : (values) => view(values) as Values;
}

class Views {
  readonly #known = new Map<ValueType, View | undefined>();

  constructor(private readonly names: boolean) {}

  ofFields(fields: readonly Field[], unions: readonly Discriminated[] = []): View | undefined {
    const members = fields.flatMap((field): [string, View][] => {
      const view = this.#ofType(field.type);
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

  #ofType(type: ValueType): View | undefined {
    if (this.#known.has(type)) return this.#known.get(type);
    const view = this.#make(type);
    this.#known.set(type, view);
    return view;
  }

  #make(aliased: ValueType): View | undefined {
    const type = unalias(aliased);
    switch (type.kind) {
      case 'enum':
        return this.names ? (value) => (typeof value === 'number' ? namedValue(type, value) : value) : undefined;
      case 'struct':
        return this.ofFields(type.fields, discriminatedIn(type as StructType));
      case 'union':
        return this.ofFields(type.arms);
      case 'alias': {
        const view = this.#ofType(type.target);
        return view && listed(view);
      }
      default:
        return undefined;
    }
  }
}

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
