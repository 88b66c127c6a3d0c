/** Files in the configuration directory that nobody reads: a misspelt name, which would do nothing without a word. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean, nearest } from '../../nearest.js';

const CONFIGURATION = /\.(conf|ya?ml)$/;

/** A line for each. `plugins`: those that run, and those that might: their files are no mistake. */
export function strayFiles(dir: string | undefined, plugins: readonly string[]): string[] {
  if (dir === undefined) return [];
  const known = new Set(['agent.yaml', ...plugins.flatMap((name) => [`${name}.conf`, `${name}.yaml`])]);
  return filesIn(dir)
    .filter((file) => CONFIGURATION.test(file) && !known.has(file))
    .map((file) => `nobody reads ${join(dir, file)}${didYouMean(nearest(file, known, 1))}`);
}

/** A directory that may not be listed has no strays that we could know of. */
function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
