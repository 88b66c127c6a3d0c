/**
 * Attributes an uncaught error to a plugin. A plugin's file is recorded when it is defined, and looked for in the error's
 * stack: this costs nothing until an error is uncaught, whereas tracking the asynchronous context would slow down every
 * promise of the process.
 */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isError, textAt } from '../../thrown.js';

const DIGITS = /^\d+$/;
const ABSOLUTE = /^(?:file:\/\/)?\/|^[A-Za-z]:\\/;

/** The file that called `callee`. */
export function definedAt(callee: (...args: never[]) => unknown): string | undefined {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  return filesOf(trace.stack)[0];
}

/**
 * The plugin in whose file, or else in whose folder, the error was thrown: the innermost frame that belongs to a plugin
 * decides. Undefined when none does.
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

/**
 * `/x/y.js` of `at f (/x/y.js:3:4)`, `at /x/y.js:3:4`, `at async file:///x/y.js:3:4`. Reads from the end and without
 * backtracking, because a plugin can write anything into its stack.
 */
function fileIn(frame: string): string | undefined {
  const text = frame.endsWith(')') ? frame.slice(frame.lastIndexOf('(') + 1, -1) : frame.replace(/^at (async )?/, '');
  const column = text.lastIndexOf(':');
  const line = text.lastIndexOf(':', column - 1);
  if (line < 0 || !DIGITS.test(text.slice(line + 1, column)) || !DIGITS.test(text.slice(column + 1))) return undefined;
  const file = text.slice(0, line);
  return ABSOLUTE.test(file) && !file.includes('(') && !file.includes(')') ? file : undefined;
}

function filesOf(stack: string | undefined): string[] {
  const files: string[] = [];
  for (const line of stack?.split('\n') ?? []) {
    const found = fileIn(line.trim());
    if (found) files.push(found.startsWith('file://') ? fileURLToPath(found.split('?')[0]) : found);
  }
  return files;
}
