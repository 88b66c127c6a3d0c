/** A wish as a command is given it: its text, and what is wrong with it. */

import { FileError } from '../../regular-file.js';
import { UsageError } from '../errors.js';
import { readStdin } from '../fields/stdin.js';
import { readInput } from '../files/input.js';
import type { Host } from '../host.js';

/** A mistake, or a warning, with its place in the file. */
export interface Mistake {
  /** The way to the value: `interfaces.loop0.addresses[0]`. */
  readonly path: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface Mistakes {
  readonly errors: readonly Mistake[];
  readonly warnings: readonly Mistake[];
}

/** `-` is stdin. Throws UsageError. */
export async function wishText(host: Host, file: string): Promise<string> {
  if (file === '-') {
    const text = await readStdin(host.io, host.signal);
    // Sent by a command that failed, more likely than a wish for nothing.
    if (!text?.trim()) throw new UsageError('stdin is empty: no wish');
    return text;
  }
  try {
    return readInput(file);
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

/** A file's name for people. */
export const nameOf = (file: string): string => (file === '-' ? 'stdin' : file);

/** A line a mistake; warnings on stderr. */
export async function reportMistakes(host: Host, file: string, { errors, warnings }: Mistakes): Promise<void> {
  const name = nameOf(file);
  const text = ({ line, column, message }: Mistake) => `${name}:${line}:${column}: ${message}`;
  for (const each of warnings) host.note(`warning: ${text(each)}`);
  for (const each of errors) await host.out.line(text(each));
  if (errors.length > 0) host.note(`${name} has ${errors.length === 1 ? '1 mistake' : `${errors.length} mistakes`}`);
}
