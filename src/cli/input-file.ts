/** Files that a command is given to read. */

import type { Stats } from 'node:fs';
import { readRegularFile } from '../regular-file.js';
import { INPUT_BYTES, inputText } from './input-text.js';

/** The text of a file, or of a pipe such as `<(…)`. Throws FileError, whose message does not name the file. */
export function readInput(file: string, max = INPUT_BYTES, check?: (found: Stats) => void): string {
  return inputText(readRegularFile(file, { max, pipes: true, check }));
}
