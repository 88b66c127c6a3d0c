/** Whether a file is there: what may not be looked at is told, since defaults in its place would surprise. */

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, textAt } from '../../thrown.js';
import { AgentError } from '../errors.js';

/** Throws CONFIG_NOT_FOUND where the folder may not be entered, or the path leads in a circle. */
export function isThere(path: string, plugin?: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    const code = textAt(cause, 'code') ?? reasonOf(cause);
    if (code === 'ENOTDIR') return false;
    const why = WHY[code]?.(path) ?? code;
    throw new AgentError('CONFIG_NOT_FOUND', `cannot look for configuration file ${path}: ${why}`, {
      plugin,
      file: path,
      cause,
    });
  }
}

const WHY: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `no permission to enter ${dirname(path)}`,
  ELOOP: () => 'its links lead in a circle',
};
