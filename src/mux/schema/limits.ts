/** Bounds that keep a hostile definition from costing more than it should. */

import { invalid, type Place, pathOf } from './api-file.js';
import type { Field } from './model.js';
import { fieldMinSize, fieldSize } from './sizes.js';

/** The most bytes the fixed part of a type or message may take: VPP's largest is below 10 kB. */
export const MAX_SIZE = 1 << 20;
/** The most elements of a fixed array; it also keeps every sum within safe integers. */
export const MAX_LENGTH = 65536;
/** The most fields of one struct or message; VPP's have below 50. */
export const MAX_FIELDS = 1024;
/** How deep types may be nested; VPP's reach 6. */
export const MAX_DEPTH = 32;

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
