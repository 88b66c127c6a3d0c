/** Writes generated files into a folder, where nothing but what was generated is replaced. */

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';

export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

export interface Written {
  readonly changed: number;
  /** Names of files of an earlier run that are not generated any more, and were removed. */
  readonly removed: readonly string[];
}

/** `isOurs`: whether a text was generated. Throws UsageError where a file is in the way, before anything is written. */
export function writeFiles(folder: string, files: readonly WrittenFile[], isOurs: (text: string) => boolean): Written {
  try {
    makeFolders(folder, 0o777);
    const foreign = files.find(
      ({ name }) => textOf(join(folder, name)) !== undefined && !isGenerated(folder, name, isOurs),
    );
    if (foreign) throw new UsageError(`${join(folder, foreign.name)} was not generated, and is not replaced`);
    const names = new Set(files.map(({ name }) => name));
    const before = readdirSync(folder).filter((name) => /\.(?:d\.ts|ts|json)$/.test(name));
    const removed = before.filter((name) => !names.has(name) && isGenerated(folder, name, isOurs));
    const changed = files.filter(({ name, text }) => textOf(join(folder, name)) !== text);
    for (const { name, text } of changed) replace(join(folder, name), text);
    for (const name of removed) rmSync(join(folder, name));
    return { changed: changed.length, removed };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${folder} cannot be written: ${reasonOf(cause)}`, { cause });
  }
}

function isGenerated(folder: string, name: string, isOurs: (text: string) => boolean): boolean {
  const text = textOf(join(folder, name));
  return text !== undefined && isOurs(text);
}

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** An editor that watches it never sees half of it. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
