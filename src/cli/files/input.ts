/** Text that a command is given to read. What is not UTF-8 is refused: half of it would go to VPP as `\ufffd`. */

import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { FileError, readRegularFile } from '../../regular-file.js';

/** A million routes are 60 MB; what is longer than a string may be (512 MiB), no command can take. */
export const INPUT_BYTES = 500 * 1024 * 1024;

/** Decodes UTF-8, without the byte order mark that Windows programs put in front. Throws FileError NOT_UTF8. */
export function inputText(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const isUtf16 = bytes.length > 1 && bytes[0] + bytes[1] === 0xff + 0xfe;
  if (isUtf16) throw new FileError('NOT_UTF8', 'it is UTF-16, not UTF-8; iconv -f UTF-16 -t UTF-8 converts it');
  throw new FileError('NOT_UTF8', `it is not UTF-8: line ${firstBadLine(bytes)} has bytes that are none`);
}

function firstBadLine(bytes: Uint8Array): number {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(0x0a); end >= 0 && isUtf8(bytes.subarray(start, end)); line++) {
    start = end + 1;
    end = bytes.indexOf(0x0a, start);
  }
  return line;
}

/** The text of a file, or of a pipe such as `<(…)`. Throws FileError, whose message does not name the file. */
export function readInput(file: string, max = INPUT_BYTES, check?: (found: Stats) => void): string {
  return inputText(readRegularFile(file, { max, pipes: true, check }));
}
