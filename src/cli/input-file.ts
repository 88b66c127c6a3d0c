/** Files that a command is given to read. */

import type { Stats } from 'node:fs';
import { readRegularFile } from '../regular-file.js';

/** A million routes are 60 MB; what is longer than a string may be, no command can take. */
const INPUT_BYTES = 512 * 1024 * 1024;

/** The text of a file, or of a pipe such as `<(…)`. Throws FileError, whose message does not name the file. */
export function readInput(file: string, max = INPUT_BYTES, check?: (found: Stats) => void): string {
  return readRegularFile(file, { max, pipes: true, check }).toString('utf8');
}
