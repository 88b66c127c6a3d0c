/**
 * Finds the line of a file that VPP's `exec` stopped at. VPP says only what it had not understood of that line, of 30 characters
 * at most, and nothing of what the lines before it had already done.
 */

import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';

/** A line for the person; undefined where `command` is no exec, or the file here does not show which line it is. */
export function execLine(command: unknown, said: string): string | undefined {
  const path = typeof command === 'string' ? /^\s*exec\s+(\S+)\s*$/.exec(command)?.[1] : undefined;
  const rest = /^exec: CLI line error: (.*)/m.exec(said)?.[1];
  if (path === undefined || rest === undefined) return undefined;
  const text = contentOf(path);
  const line = text === undefined ? undefined : failingLine(text, rest);
  return line && `line ${line.number} of ${path}: ${line.text}; the lines before it have been carried out`;
}

/** Finds the only line of `text` that ends in `rest`, whose `...` stands for more; undefined where none does, or several. */
export function failingLine(
  text: string,
  rest: string,
): { readonly number: number; readonly text: string } | undefined {
  const isCut = rest.endsWith('...');
  const part = isCut ? rest.slice(0, -3) : rest.trimEnd();
  if (part.trim() === '') return undefined;
  const found = text
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line.trim() }))
    .filter((line) => (isCut ? line.text.includes(part) : line.text.endsWith(part)));
  return found.length === 1 ? found[0] : undefined;
}

/** VPP may run elsewhere: a file that is not here, or no regular one, is no failure. */
function contentOf(path: string): string | undefined {
  try {
    return readRegularFile(path, { max: NAMED_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}
