/** The messages that a program's sources name. */

import { readdirSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import { isGenerated, namesIn } from '../../generate/index.js';
import { fits, isPattern } from '../../glob.js';
import type { Schema } from '../../mux/index.js';
import { UsageError } from '../errors.js';
import { INPUT_BYTES, readInput } from '../files/input.js';

/** Folders that no program has its own sources in. */
const FOREIGN = ['node_modules', '.git'];

/** Names in the files that fit `patterns`. Throws UsageError where there are no files, or no names in them. */
export function usedNames(patterns: readonly string[], { model }: Schema): ReadonlySet<string> {
  const files = [...new Set(patterns.flatMap(filesOf))].sort();
  if (files.length === 0) throw new UsageError(`no file fits --used ${patterns.join(' ')}`);
  // Files that were generated before would keep names that the program no longer has.
  const texts = files.map((file) => readInput(file, INPUT_BYTES)).filter((text) => !isGenerated(text));
  const names = new Set(texts.flatMap((text) => namesIn(text, model)));
  if (names.size === 0) {
    throw new UsageError(`no message is named in quotes in the ${files.length} files of --used ${patterns.join(' ')}`);
  }
  return names;
}

/** `src/**\/*.ts`: every file below `src` with that ending; `src/*.ts`: those in it. */
function filesOf(pattern: string): string[] {
  if (!isPattern(pattern)) return [normalize(pattern)];
  const parts = normalize(pattern).split('/');
  const fixed = parts.slice(0, parts.findIndex(isPattern));
  const folder = pattern.startsWith('/') ? `/${fixed.join('/')}` : fixed.join('/') || '.';
  return below(folder).filter((path) => fitsPath(parts.slice(fixed.length), relative(folder, path).split('/')));
}

function below(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return FOREIGN.includes(entry.name) ? [] : below(path);
      return entry.isFile() ? [path] : [];
    });
  } catch (cause) {
    throw new UsageError(`--used: ${folder} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** `**` stands for any number of folders. Each part of a path is looked at once for each part of the pattern. */
function fitsPath(pattern: readonly string[], path: readonly string[]): boolean {
  let ends = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of ends) {
      if (part === '**') for (let to = at; to <= path.length; to++) next.add(to);
      else if (at < path.length && fits(part, path[at])) next.add(at + 1);
    }
    ends = next;
  }
  return ends.has(path.length);
}
