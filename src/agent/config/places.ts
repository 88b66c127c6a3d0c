/** Positions of a configuration's parts in their file, for messages about them later. */

import type { Located } from './located.js';

export interface ConfigPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

const places = new WeakMap<object, ConfigPlace>();

/** The position of an object or a list of a checked configuration; undefined when it was read from no file. */
export function placeOf(part: object): ConfigPlace | undefined {
  return places.get(part);
}

/** Records the positions of `value`, which was read at `path`, and of everything in it. */
export function notePlaces(value: unknown, located: Located, path: readonly PropertyKey[]): void {
  if (!isPlain(value)) return;
  const { file, line, column } = located.problem(path, '', 'value');
  places.set(value, { file, line, column });
  for (const [key, part] of Object.entries(value)) {
    notePlaces(part, located, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Takes over the positions of `now`, the same configuration read again: its parts may have moved in the file. */
export function movePlaces(value: unknown, now: unknown): void {
  if (!isPlain(value) || !isPlain(now)) return;
  const place = places.get(now);
  if (place) places.set(value, place);
  for (const [key, part] of Object.entries(value)) movePlaces(part, Reflect.get(now, key));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
