/** CBOR (RFC 8949), as both ends of a remote channel speak it: see `major.ts` for how bigints stay bigints. */

import { CborReader } from './cbor-reader.js';
import { CborWriter } from './cbor-writer.js';

const writer = new CborWriter();

/** `value` as CBOR. Throws CborError on what JSON has no form for either (functions, symbols), and on more than 64 levels. */
export function encodeCbor(value: unknown): Uint8Array<ArrayBuffer> {
  writer.clear();
  writer.value(value);
  return writer.take();
}

/**
 * The one value in `bytes`: maps as plain objects, whose names must be texts; byte strings as copies; integers of 8 bytes and
 * bignums as bigints, shorter ones as numbers. Throws CborError on anything that is not one whole value.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  return new CborReader(bytes).whole();
}
