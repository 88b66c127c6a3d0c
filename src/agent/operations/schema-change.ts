/**
 * Compares two JSON Schemas for breaking changes. Input that was valid must still be valid; output must still be valid by
 * the old schema. Knows the keywords that zod writes; a change of any other keyword counts as breaking.
 */

import { isDeepStrictEqual } from 'node:util';
import {
  branchesOf,
  dereference,
  isSchema,
  type JsonSchema,
  namesIn,
  propertiesOf,
  schemasIn,
  valuesOf,
} from '../../json-schema/json-schema.js';

/** Direction of the values: from the caller, which knows the old schema, or to it. */
export type Flow = 'input' | 'output';

/** A breaking change. */
export interface Breach {
  /** Path of the value: `routes[].prefix`; empty for the whole. */
  readonly path: string;
  readonly text: string;
}

/** All breaking changes from `was` to `is`. */
export function breaches(was: JsonSchema, is: JsonSchema, flow: Flow): Breach[] {
  return compare({ was, is, roots: { was, is }, flow, path: '', seen: new Set() });
}

/** Two schemas at one place of two documents. */
interface Place {
  readonly was: JsonSchema;
  readonly is: JsonSchema;
  readonly roots: { readonly was: JsonSchema; readonly is: JsonSchema };
  readonly flow: Flow;
  readonly path: string;
  /** References on the way here: a schema that contains itself is compared once. */
  readonly seen: ReadonlySet<string>;
}

/** Lower bounds, which allow less when they rise, and upper bounds, which allow more. */
const AT_LEAST = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const AT_MOST = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Keywords with their own rule below. */
const JUDGED: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'prefixItems'],
  ...['anyOf', 'oneOf', '$ref', '$defs', 'default', ...AT_LEAST, ...AT_MOST],
]);

function compare(given: Place): Breach[] {
  const pair = `${String(given.was.$ref)} ${String(given.is.$ref)}`;
  const refers = '$ref' in given.was || '$ref' in given.is;
  if (refers && given.seen.has(pair)) return [];
  const place: Place = {
    ...given,
    was: resolve(given.roots.was, given.was),
    is: resolve(given.roots.is, given.is),
    seen: refers ? new Set([...given.seen, pair]) : given.seen,
  };
  const [was, is] = [branchesOf(place.was), branchesOf(place.is)];
  if (was.length > 1 || is.length > 1) return branchBreaches(place, was, is);
  const texts = [...typeBreaches(place), ...valueBreaches(place), ...boundBreaches(place), ...otherBreaches(place)];
  return [...texts.map((text) => ({ path: place.path, text })), ...fieldBreaches(place), ...itemBreaches(place)];
}

/** The side that values come from, and the side by whose schema they must be valid. */
function sides<T>({ flow }: Place, was: T, is: T): { readonly from: T; readonly to: T } {
  return flow === 'input' ? { from: was, to: is } : { from: is, to: was };
}

/** Each form that is sent must be valid by one of the forms that are taken. */
function branchBreaches(place: Place, was: readonly JsonSchema[], is: readonly JsonSchema[]): Breach[] {
  const { from, to } = sides(place, was, is);
  const fits = (one: JsonSchema, other: JsonSchema) => {
    const pair = place.flow === 'input' ? { was: one, is: other } : { was: other, is: one };
    return compare({ ...place, ...pair }).length === 0;
  };
  const unfit = from.filter((one) => !to.some((other) => fits(one, other)));
  return unfit.map((one) => ({ path: place.path, text: unfitText(place, nameOf(one)) }));
}

function typeBreaches(place: Place): string[] {
  const { from, to } = sides(place, place.was.type, place.is.type);
  if (to === undefined || from === to || (from === 'integer' && to === 'number')) return [];
  return [changeText('type', place.was.type ?? 'anything', place.is.type ?? 'anything')];
}

function valueBreaches(place: Place): string[] {
  const { from, to } = sides(place, valuesOf(place.was), valuesOf(place.is));
  if (to === undefined) return [];
  if (from === undefined) return [changeText('values', valuesOf(place.was) ?? 'any', valuesOf(place.is) ?? 'any')];
  const unfit = from.filter((value) => !to.some((other) => isDeepStrictEqual(value, other)));
  return unfit.map((value) => unfitText(place, show(value)));
}

function boundBreaches(place: Place): string[] {
  const { from, to } = sides(place, place.was, place.is);
  const narrower = (key: string, sign: 1 | -1) => {
    const [given, taken] = [from[key], to[key]];
    return typeof taken === 'number' && (typeof given !== 'number' || (taken - given) * sign > 0);
  };
  const keys = [...AT_LEAST.filter((key) => narrower(key, 1)), ...AT_MOST.filter((key) => narrower(key, -1))];
  return keys.map((key) => changeText(key, place.was[key], place.is[key]));
}

/** A pattern, a format and the like must be the same, or gone. */
function otherBreaches(place: Place): string[] {
  const { from, to } = sides(place, place.was, place.is);
  const keys = Object.keys(to).filter((key) => !JUDGED.has(key) && !isDeepStrictEqual(from[key], to[key]));
  // An absent key means another value than before.
  if (place.flow === 'input' && 'default' in from && !isDeepStrictEqual(from.default, to.default)) keys.push('default');
  return keys.map((key) => changeText(key, place.was[key], place.is[key]));
}

function fieldBreaches(place: Place): Breach[] {
  const { was, is, flow } = place;
  const [before, now] = [propertiesOf(was), propertiesOf(is)];
  const { from, to } = sides(place, namesIn(was.required), namesIn(is.required));
  const found: Breach[] = [];
  for (const key of to.filter((name) => !from.includes(name) && Object.hasOwn(now, name))) {
    const text = flow === 'input' ? 'is required now' : 'is not always there any more';
    found.push({ path: join(place.path, key), text });
  }
  for (const [key, schema] of Object.entries(before)) {
    const path = join(place.path, key);
    if (Object.hasOwn(now, key)) found.push(...compare({ ...place, was: schema, is: now[key], path }));
    else found.push({ path, text: 'is gone' });
  }
  const [rest, restNow] = [was.additionalProperties, is.additionalProperties];
  if (isSchema(rest) && isSchema(restNow)) {
    found.push(...compare({ ...place, was: rest, is: restNow, path: `${place.path}{}` }));
  } else if (flow === 'input' && is.type === 'object' && rest !== false && restricts(restNow)) {
    found.push({ path: place.path, text: 'other keys are not accepted any more' });
  }
  return found;
}

function itemBreaches(place: Place): Breach[] {
  const [before, now] = [schemasIn(place.was.prefixItems), schemasIn(place.is.prefixItems)];
  const found = before.flatMap((was, i) => {
    const is = now[i] ?? place.is.items;
    return isSchema(is) ? compare({ ...place, was, is, path: `${place.path}[${i}]` }) : [];
  });
  const { items: was } = place.was;
  const { items: is } = place.is;
  return isSchema(was) && isSchema(is) ? [...found, ...compare({ ...place, was, is, path: `${place.path}[]` })] : found;
}

/** The schema behind a reference within the same document. */
function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const target = dereference(root, schema);
  return isSchema(target) ? target : {};
}

const unfitText = ({ flow }: Place, value: string) =>
  flow === 'input' ? `${value} is not accepted any more` : `may be ${value} now`;
const changeText = (key: string, was: unknown, is: unknown) => `${key} was ${show(was)}, is ${show(is)}`;

const restricts = (rest: unknown) => rest === false || (isSchema(rest) && Object.keys(rest).length > 0);
const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);
const nameOf = (schema: JsonSchema) => show(schema.const ?? schema.enum ?? schema.type ?? 'another form');

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(' or ');
  return typeof value === 'string' ? value : value === undefined ? 'not there' : JSON.stringify(value);
}
