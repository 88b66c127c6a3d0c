/**
 * The texts of wishes in the store, by their content: what two agents, or two generations, have in common is there once, and an agent
 * that has a text need not read it again.
 *
 *   wishes/SHA256/0000   the first 512 KiB of the compressed text; a piece that is shorter is the last one
 *   wishes/SHA256/0001   …
 *
 * The first piece is written last: where it is, all are.
 */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip } from 'node:zlib';
import { isError, reasonOf } from '../thrown.js';
import { FleetError } from './errors.js';
import type { FleetKeys } from './keys.js';
import type { FleetStore, Operation } from './store/store.js';

/** Bytes of a piece; etcd takes 1.5 MiB in one request. */
const PIECE_BYTES = 512 * 1024;
const SMALL_BYTES = 8 * 1024;
/** Pieces of one transaction. */
const AT_ONCE = 2;

export interface WishBounds {
  /** Bytes of the text. Default 32 MiB. */
  readonly maxBytes?: number;
  /** Bytes of all its pieces. Default 8 MiB. */
  readonly maxStoredBytes?: number;
}

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_STORED_BYTES = 8 * 1024 * 1024;

/** The name of a wish: SHA-256 of its text. */
export const wishHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Stores a text, unless it is there as it should be. Gives its name.
 * @throws FleetError WISH_TOO_LARGE, and what the store throws
 */
export async function writeWish(
  store: FleetStore,
  keys: FleetKeys,
  text: string,
  bounds: WishBounds = {},
): Promise<string> {
  const { maxBytes = MOST_BYTES, maxStoredBytes = MOST_STORED_BYTES } = bounds;
  const sha256 = wishHash(text);
  if (await isThere(store, keys, sha256, bounds)) return sha256;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw tooLarge(`the wish has ${bytes} bytes, of ${maxBytes} at most`);
  const stored = await promisify(gzip)(text);
  if (stored.length > maxStoredBytes) {
    throw tooLarge(`the wish has ${stored.length} bytes when it is compressed, of ${maxStoredBytes} at most`);
  }
  const pieces: Operation[] = [];
  // A piece that is full has one behind it, if an empty one.
  for (let at = 0; at <= stored.length; at += PIECE_BYTES) {
    pieces.push({ put: keys.wishPiece(sha256, pieces.length), value: stored.subarray(at, at + PIECE_BYTES) });
  }
  pieces.reverse();
  for (let at = 0; at < pieces.length; at += AT_ONCE) {
    await store.transact({ success: pieces.slice(at, at + AT_ONCE) });
  }
  return sha256;
}

/**
 * The text with this name, which it has for certain.
 * @throws FleetError NO_WISH, BAD_WISH, WISH_TOO_LARGE, and what the store throws
 */
export async function readWish(
  store: FleetStore,
  keys: FleetKeys,
  sha256: string,
  { maxBytes = MOST_BYTES, maxStoredBytes = MOST_STORED_BYTES }: WishBounds = {},
): Promise<string> {
  const stored = await readPieces(store, keys, sha256, maxStoredBytes);
  const bytes = await inflate(stored, maxBytes).catch((error: unknown) => {
    if (isError(error) && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(`the wish ${shown(sha256)} has more than ${maxBytes} bytes`);
    }
    throw bad(sha256, `it cannot be decompressed: ${reasonOf(error)}`);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw bad(sha256, 'its content is another one');
  return bytes.toString('utf8');
}

/** Small ones, which most are, are done faster here than a thread can be asked; however far they expand, that takes some milliseconds. */
async function inflate(stored: Buffer, maxOutputLength: number): Promise<Buffer> {
  return stored.length <= SMALL_BYTES
    ? gunzipSync(stored, { maxOutputLength })
    : promisify(gunzip)(stored, { maxOutputLength });
}

async function readPieces(store: FleetStore, keys: FleetKeys, sha256: string, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let left = most; ; ) {
    const key = keys.wishPiece(sha256, pieces.length);
    const piece = (await store.get(key))?.value;
    if (piece === undefined && pieces.length === 0) {
      const why = 'its roll-out was cut off before it was written, or its generation is no longer kept';
      throw new FleetError('NO_WISH', `the store has no wish ${shown(sha256)} (${key}): ${why}; roll it out again`);
    }
    if (piece === undefined) throw bad(sha256, `${key} is missing`);
    if (piece.length > PIECE_BYTES) throw bad(sha256, `${key} has more than ${PIECE_BYTES} bytes`);
    left -= piece.length;
    if (left < 0) throw tooLarge(`the wish ${shown(sha256)} has more than ${most} bytes in the store`);
    pieces.push(piece);
    if (piece.length < PIECE_BYTES) return pieces.length === 1 ? piece : Buffer.concat(pieces);
  }
}

/** One that is damaged is written anew. */
async function isThere(store: FleetStore, keys: FleetKeys, sha256: string, bounds: WishBounds): Promise<boolean> {
  try {
    await readWish(store, keys, sha256, bounds);
    return true;
  } catch (error) {
    if (error instanceof FleetError) return false;
    throw error;
  }
}

const shown = (sha256: string) => sha256.slice(0, 12);
const tooLarge = (text: string) => new FleetError('WISH_TOO_LARGE', text);
const bad = (sha256: string, why: string) =>
  new FleetError('BAD_WISH', `the wish ${shown(sha256)} is damaged in the store: ${why}; roll it out again`);
