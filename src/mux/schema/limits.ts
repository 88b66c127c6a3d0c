/** Bounds that keep a hostile definition from costing more than it should. */

import { invalid, type Place, pathOf } from './api-file.js';
import type { Footprint } from './footprint.js';
import type { Field } from './model.js';
import { fieldMinSize, fieldSize } from './sizes.js';

/** The most bytes the fixed part of a type or message may take: VPP's largest is below 10 kB. */
export const MAX_SIZE = 1 << 20;
/** The most elements of a fixed array; it also keeps every sum within safe integers. */
export const MAX_LENGTH = 65536;
/** The most fields of one struct or message; VPP's have below 50. */
export const MAX_FIELDS = 1024;
/** The most definitions of all files together; VPP 26.06 has 6,546 with those that files repeat. */
export const MAX_DEFINITIONS = 1 << 14;
/** The most definitions that are refused one by one; above that it is the files that are refused. */
export const MAX_FAULTS = 1000;
/** The deepest nesting of types; VPP's reach 7. */
export const MAX_DEPTH = 32;
/** The most fields of a type or message with all its types taken apart; VPP's have at most 226. */
export const MAX_NODES = 10_000;
/** The same of all messages together; VPP's have 17,000. */
export const MAX_ALL_NODES = 1 << 18;
/** The most bytes in memory that the fixed part of a decoded value may take; VPP's take at most 19,000. */
export const MAX_MEMORY = 16 << 20;

export function sizeOfFields(place: Place, fields: readonly Field[]): { size?: number; minSize: number } {
  let minSize = 0;
  for (const field of fields) minSize += fieldMinSize(field);
  checkSize(place, minSize);
  // Only the last field may have no fixed size.
  return { size: fieldSize(fields[fields.length - 1]) === undefined ? undefined : minSize, minSize };
}

export function checkSize(place: Place, size: number): number {
  if (size <= MAX_SIZE) return size;
  throw invalid(place.file, pathOf(place), `${size} bytes are too many; ${MAX_SIZE} is the most`);
}

/** Refuses what would cost too much to walk, to compile or to decode, however few bytes say it. */
export function checkFootprint(place: Place, { nodes, memory, depth }: Footprint): void {
  const wrong = (problem: string) => invalid(place.file, pathOf(place), problem);
  if (depth > MAX_DEPTH) throw wrong(`types nested more than ${MAX_DEPTH} deep`);
  if (nodes > MAX_NODES)
    throw wrong(`${rounded(nodes)} fields in all, with its types taken apart; ${MAX_NODES} is the most`);
  if (memory > MAX_MEMORY) {
    throw wrong(`${rounded(memory)} bytes in memory when decoded; ${MAX_MEMORY} is the most`);
  }
}

const rounded = (value: number) => (value < 1e9 ? String(Math.ceil(value)) : value.toExponential(1));
