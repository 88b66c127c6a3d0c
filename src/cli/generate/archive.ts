/** Files in a tar archive, plain or compressed with gzip: `tar czf api.tgz -C /usr/share/vpp/api .` */

import { gunzipSync } from 'node:zlib';
import { UsageError } from '../errors.js';

const BLOCK = 512;
/** The most bytes that an archive may become; the definitions of a VPP have 4 MB. */
const MAX_BYTES = 256 << 20;
const REGULAR = ['0', '\0'];

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The regular files in `bytes`; undefined where it is no archive. Throws UsageError for one that is cut. */
export function archivedFiles(bytes: Buffer): ArchivedFile[] | undefined {
  const tar = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzipped(bytes) : bytes;
  if (tar.toString('latin1', 257, 262) !== 'ustar') return undefined;
  const found: ArchivedFile[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(tar, at + 124, 12), 8);
    const from = at + BLOCK;
    if (!(size >= 0 && from + size <= tar.length)) throw new UsageError('the archive is cut or damaged');
    const [prefix, name] = [text(tar, at + 345, 155), text(tar, at, 100)];
    if (REGULAR.includes(String.fromCharCode(tar[at + 156]))) {
      found.push({ name: prefix === '' ? name : `${prefix}/${name}`, bytes: tar.subarray(from, from + size) });
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    throw new UsageError(`it cannot be unpacked: ${(cause as Error).message}`, { cause });
  }
}

/** A field of a header, up to its first NUL. */
function text(tar: Buffer, at: number, length: number): string {
  return tar.toString('utf8', at, at + length).split('\0', 1)[0];
}
