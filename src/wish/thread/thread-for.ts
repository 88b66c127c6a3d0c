/** Says which texts of wishes are read by a thread of their own. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Characters that take some ten milliseconds here, and a tenth of a second with a thread that has to start. */
const SMALL = 32 * 1024;

/** Compiled next to this file; not there where somebody has made one file of all. */
const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

/** The file that the thread runs; undefined for a text that is read in one go. */
export const threadFor = (text: string): string | undefined =>
  text.length > SMALL && existsSync(MAIN) ? MAIN : undefined;
