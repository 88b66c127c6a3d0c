/** Whether a commit could take a file along. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether `path` lies in a git working tree: one of the folders above it has a `.git`. */
export function isInGitTree(path: string): boolean {
  const folder = dirname(path);
  if (folder === path) return false;
  return existsSync(join(folder, '.git')) || isInGitTree(folder);
}
