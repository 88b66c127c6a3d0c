/**
 * Watches configuration files: the folders they lie in, since an editor replaces the file, and a file may come that is
 * not there yet. Several changes at once are one. A network file system may not tell; SIGHUP always works.
 */

import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { stepsTo } from '../../path-steps.js';
import { reasonOf } from '../errors.js';

/** How long a change may take: an editor writes, renames, sets times. */
const SETTLE_MS = 200;

export class ConfigWatch {
  #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    /** Where files are or may come to be. */
    readonly files: () => readonly string[],
    readonly changed: () => void,
    readonly warn: (text: string) => void,
  ) {}

  /** Begins, or begins anew with the places as they are now. */
  start(): void {
    this.#unwatch();
    for (const [folder, names] of foldersOf(this.files())) this.#watch(folder, names);
  }

  stop(): void {
    this.#unwatch();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #watch(folder: string, names: ReadonlySet<string>): void {
    const failed = (error: unknown) =>
      this.warn(
        `changes of the configuration in ${folder} are not noticed (SIGHUP reads it again): ${reasonOf(error)}`,
      );
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // Of a folder that was itself exchanged or removed it is told by its own name.
        if (name === null || name === basename(folder) || names.has(name)) this.#note();
      });
      watcher.on('error', failed);
      this.#watchers.push(watcher);
    } catch (error) {
      failed(error);
    }
  }

  /** Not put off by a further change: a file that is written all the time is read all the same. */
  #note(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // What a link leads to may be elsewhere now.
      this.start();
      this.changed();
    }, SETTLE_MS).unref();
  }

  #unwatch(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}

/** The folders to watch, with the names that matter there. */
function foldersOf(files: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const file of files.flatMap(withLinks)) {
    let [folder, name] = [dirname(file), basename(file)];
    // One that is not there comes into the nearest above it that is.
    while (!existsSync(folder) && folder !== dirname(folder)) [folder, name] = [dirname(folder), basename(folder)];
    folders.set(folder, (folders.get(folder) ?? new Set()).add(name));
  }
  return folders;
}

/** The path, all links on the way, and where it leads: `..data` is such a link, by which Kubernetes exchanges a folder. */
function withLinks(path: string): string[] {
  const places = [path];
  let last = path;
  try {
    for (const { entry, found } of stepsTo(resolve(path))) {
      if (found.isSymbolicLink()) places.push(entry);
      last = entry;
    }
  } catch {
    // Between a look and the next a file may have gone; or it is yet to come.
  }
  return [...places, last];
}
