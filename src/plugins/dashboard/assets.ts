/**
 * The page as the build left it in `dist/ui`: each file with its contents in the encodings that browsers take. All of it is read once:
 * it is less than half a megabyte.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Contents of one file by encoding; `identity` is as it is. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly encodings: ReadonlyMap<Encoding, Buffer>;
  /** Quoted, for `If-None-Match`. */
  readonly etag: string;
}

/** The best first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};
const SUFFIXES = { '.br': 'br', '.gz': 'gzip' } as const;

/** The first is where this file is in `dist`, the second where it is in the clone's `src`. */
const PLACES = ['../../../ui/', '../../../dist/ui/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Reads the files of a folder; undefined where the page was not built. */
export function readAssets(
  folder = PLACES.find((place) => existsSync(join(place, 'index.html'))),
): readonly Asset[] | undefined {
  if (folder === undefined) return undefined;
  const names = readdirSync(folder).filter((name) => TYPES[extname(name)] !== undefined);
  return names.map((name) => assetOf(folder, name));
}

function assetOf(folder: string, name: string): Asset {
  const plain = readFileSync(join(folder, name));
  const packed = Object.entries(SUFFIXES).flatMap(([suffix, encoding]): [Encoding, Buffer][] => {
    const path = join(folder, `${name}${suffix}`);
    return existsSync(path) ? [[encoding, readFileSync(path)]] : [];
  });
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { name, type: TYPES[extname(name)], encodings: new Map([...packed, ['identity', plain]]), etag };
}

/** Picks the encoding for an `Accept-Encoding`: the best that it names and the file has. */
export function encodingFor({ encodings }: Asset, accepted = ''): Encoding {
  const refused = /^(br|gzip|\*)\s*;\s*q\s*=\s*0(\.0*)?$/;
  const parts = accepted.split(',').map((each) => each.trim().toLowerCase());
  const named = new Set(parts.filter((part) => !refused.test(part)).map((part) => part.split(';')[0].trim()));
  return ENCODINGS.find((each) => each !== 'identity' && named.has(each) && encodings.has(each)) ?? 'identity';
}
