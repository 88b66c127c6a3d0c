/**
 * Numbers in fields that a person wrote: `<loop0>` is the sw_if_index of an interface, `{ $index: bridge-domain/bd10 }` the number of
 * whatever object.
 */

import type { References } from '../kind.js';

export type Numbers = Pick<References, 'index' | 'interface'>;

const INDEX = '$index';
const INTERFACE = /^<([^<>]{1,64})>$/;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keyIn = (value: Readonly<Record<string, unknown>>): string | undefined => {
  const { [INDEX]: key, ...others } = value;
  return typeof key === 'string' && Object.keys(others).length === 0 ? key : undefined;
};

/** The value with numbers in place of references. */
export function withNumbers(value: unknown, numbers: Numbers): unknown {
  if (typeof value === 'string') {
    const name = INTERFACE.exec(value)?.[1];
    return name === undefined ? value : numbers.interface(name);
  }
  if (Array.isArray(value)) return value.map((each) => withNumbers(each, numbers));
  if (!isMapping(value)) return value;
  const key = keyIn(value);
  if (key !== undefined) return numbers.index(key);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNumbers(each, numbers)]));
}

/** Keys of the objects that a value refers to. */
export function keysIn(value: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (key: string) => {
    keys.add(key);
    return 0;
  };
  withNumbers(value, { index: add, interface: (name) => add(`interface/${name}`) });
  return keys;
}
