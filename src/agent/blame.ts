/**
 * Whose an escaped error is. A plugin's file is noted when it is defined and looked for in the error's stack:
 * this costs nothing until something escapes, where tracking the asynchronous context would slow down every
 * promise of the process.
 */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isError, textAt } from '../thrown.js';

const FRAME = /(?:\(|at |async )((?:file:\/\/)?\/[^()]*?|[A-Za-z]:\\[^()]*?):\d+:\d+\)?$/;

/** The file that called `callee`. */
export function definedAt(callee: (...args: never[]) => unknown): string | undefined {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  return filesOf(trace.stack)[0];
}

/**
 * The plugin in whose file, or else in whose folder, the error was thrown: the innermost frame that belongs
 * to one decides. Undefined when none does.
 */
export function blame<P extends { readonly file?: string }>(error: unknown, plugins: readonly P[]): P | undefined {
  const files = filesOf(isError(error) ? textAt(error, 'stack') : undefined);
  for (const file of files) {
    const own = plugins.find((plugin) => plugin.file === file);
    if (own) return own;
    const neighbours = plugins.filter((plugin) => plugin.file !== undefined && dirname(plugin.file) === dirname(file));
    if (neighbours.length === 1) return neighbours[0];
  }
  return undefined;
}

function filesOf(stack: string | undefined): string[] {
  const files: string[] = [];
  for (const line of stack?.split('\n') ?? []) {
    const found = FRAME.exec(line.trim())?.[1];
    if (found) files.push(found.startsWith('file://') ? fileURLToPath(found.split('?')[0]) : found);
  }
  return files;
}
