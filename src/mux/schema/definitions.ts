/**
 * All definitions of each message. Usually there is one; two plugins may bring a message of one name, of which
 * VPP registers one: then its message table says which.
 */

import { SchemaError } from '../errors.js';
import type { ApiFile, StructEntry } from './api-file.js';
import { differs, sameDefinition } from './merge.js';
import { type Layout, layoutOf } from './messages.js';
import type { SharedTypes } from './shared-types.js';

export interface Definition {
  readonly name: string;
  /** The CRC; undefined where not even that can be read. */
  readonly crc: string | undefined;
  readonly file: ApiFile;
  /** The definition; undefined when it did not pass the checks. */
  readonly entry: StructEntry | undefined;
  /** The reason why it cannot be used. */
  readonly layout: Layout | SchemaError;
}

/** CRCs by message name, as a message table has them. */
export type CrcTable = ReadonlyMap<string, { readonly crc: string }>;

/** The most definitions of one name; the others are skipped. Two plugins that bring the same message are rare. */
const MAX_VARIANTS = 16;

/** Definitions by name, in the order of the files; definitions that say the same are one. */
export function* definitionsOf(
  files: readonly ApiFile[],
  types: SharedTypes,
): Generator<void, Map<string, Definition[]>> {
  const all = new Map<string, Definition[]>();
  const spent = { nodes: 0 };
  for (const file of files) {
    for (const entry of file.messages) {
      yield;
      const known = all.get(entry.name) ?? [];
      if (known.length >= MAX_VARIANTS) continue;
      const at = known.findIndex(({ crc }) => crc === entry.crc);
      const same = known[at];
      if (same?.entry && sameDefinition(same.entry, entry)) continue;
      const layout = same?.entry
        ? differs(same.entry, entry, entry.name)
        : attempt(() => layoutOf(entry, types.of(file), spent));
      const definition = { name: entry.name, crc: entry.crc, file, entry, layout };
      all.set(entry.name, at < 0 ? [...known, definition] : known.with(at, definition));
    }
    for (const { of, name, crc, error } of file.faults) {
      if (of !== 'message' || name === undefined) continue;
      const known = all.get(name) ?? [];
      if (known.length >= MAX_VARIANTS) continue;
      if (crc !== undefined && known.some((each) => each.crc === crc)) continue;
      all.set(name, [...known, { name, crc, file, entry: undefined, layout: error }]);
    }
  }
  return all;
}

/** The one that the running VPP has, or else the first that can be used. */
export function chosen(definitions: readonly Definition[], crc: string | undefined): Definition {
  const isUsable = ({ layout }: Definition) => !(layout instanceof SchemaError);
  const own = crc === undefined ? undefined : definitions.find((each) => each.crc === crc);
  return own ?? definitions.find(isUsable) ?? definitions[0];
}

function attempt<T>(make: () => T): T | SchemaError {
  try {
    return make();
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
}
