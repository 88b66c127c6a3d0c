/** Looks up the width of the terminal that a stream writes to: the one place that does. */

import type { OutputStream } from '../io.js';

/** Columns where the terminal says nothing, or 0. */
const USUAL = 80;
const MOST = 10_000;

/** Columns in a line; Infinity where the stream is no terminal. `COLUMNS` counts for more than what the terminal says. */
export function terminalWidth(stream: OutputStream, env: Readonly<Record<string, string | undefined>> = {}): number {
  if (stream.isTTY !== true) return Number.POSITIVE_INFINITY;
  const wanted = /^[1-9]\d*$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return Math.min(wanted || stream.columns || USUAL, MOST);
}
