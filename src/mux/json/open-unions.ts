/** Unions below a struct that says which of their arms counts. */

import { load } from '../codec/scalar-source.js';
import { num } from '../codec/source.js';
import { discriminatedIn } from '../schema/discriminators.js';
import type { EnumType, StructType, Type } from '../schema/model.js';
import { offsetOf, unaliased } from '../schema/sizes.js';
import type { JsonSource } from './json-source.js';

export interface OpenUnion {
  /** Names of the fields that lead to it from here. */
  readonly path: readonly string[];
  /** Source of the value that says which arm counts. */
  readonly value: string;
  readonly armOf: ReadonlyMap<number, string>;
}

/** The open unions of a struct that lies at `o` behind `base`. */
export function openUnionsOf(type: StructType, base: string, o: number): OpenUnion[] {
  return discriminatedIn(type).map(({ path, by, armOf }) => {
    const value = unaliased(by.type as Type) as EnumType;
    return { path, value: load(value.base, base, o + (offsetOf(type.fields, by.name) ?? 0)), armOf };
  });
}

/** The unions that the field leads to. */
export function below(unions: readonly OpenUnion[], field: string): readonly OpenUnion[] {
  return unions.flatMap((union) => (union.path[0] === field ? [{ ...union, path: union.path.slice(1) }] : []));
}

/** Writes the arm that counts, where it is known; `arms` makes the source of one arm, or of all of them. */
export function writeOpenUnion(
  source: JsonSource,
  { value, armOf }: OpenUnion,
  arms: (name: string | undefined) => JsonSource,
): void {
  const cases = [...new Set(armOf.values())].map((arm) => {
    const values = [...armOf].flatMap(([number, its]) => (its === arm ? [`case ${num(number)}:`] : []));
    const one = arms(arm);
    return { code: `${values.join('')}${block(one)}break;`, bound: one.bound };
  });
  const all = arms(undefined);
  const bound = Math.max(all.bound, ...cases.map((each) => each.bound));
  source.code(`switch(${value}){${cases.map(({ code }) => code).join('')}default:${block(all)}}`, bound);
}

const block = (source: JsonSource) => `{${source}}`;
