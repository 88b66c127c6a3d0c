/**
 * Watches configuration files: their folders, since an editor replaces the file, and a file may not exist yet. Changes
 * shortly after each other count as one. A network file system may not report changes; SIGHUP always works.
 */

import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { stepsTo } from '../../path-steps.js';
import { reasonOf } from '../errors.js';

/** Time that a change may take: an editor writes, renames, sets times. */
const SETTLE_MS = 200;

export class ConfigWatch {
  private watchers: FSWatcher[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    /** Paths of the files, whether they exist or not. */
    readonly files: () => readonly string[],
    readonly changed: () => void,
    readonly warn: (text: string) => void,
  ) {}

  /** Starts, or starts again with the paths as they are now. */
  start(): void {
    this.unwatch();
    for (const [folder, names] of foldersOf(this.files())) this.watch(folder, names);
  }

  stop(): void {
    this.unwatch();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private watch(folder: string, names: ReadonlySet<string>): void {
    const failed = (error: unknown) =>
      this.warn(
        `changes of the configuration in ${folder} are not noticed (SIGHUP reads it again): ${reasonOf(error)}`,
      );
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // A folder that was itself replaced or removed is reported by its own name.
        if (name === null || name === basename(folder) || names.has(name)) this.note();
      });
      watcher.on('error', failed);
      this.watchers.push(watcher);
    } catch (error) {
      failed(error);
    }
  }

  /** Starts the timer unless it runs: a file that is written all the time is still read. */
  private note(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // Links may lead elsewhere now.
      this.start();
      this.changed();
    }, SETTLE_MS).unref();
  }

  private unwatch(): void {
    for (const watcher of this.watchers) watcher.close();
    this.watchers = [];
  }
}

/** The folders to watch, with the names that matter there. */
function foldersOf(files: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const file of files.flatMap(withLinks)) {
    let [folder, name] = [dirname(file), basename(file)];
    // A folder that does not exist will appear in the nearest existing one above it.
    while (!existsSync(folder) && folder !== dirname(folder)) [folder, name] = [dirname(folder), basename(folder)];
    folders.set(folder, (folders.get(folder) ?? new Set()).add(name));
  }
  return folders;
}

/** The path, all links on the way, and its target. Kubernetes replaces a folder through such a link, `..data`. */
function withLinks(path: string): string[] {
  const places = [path];
  let last = path;
  try {
    for (const { entry, found } of stepsTo(resolve(path))) {
      if (found.isSymbolicLink()) places.push(entry);
      last = entry;
    }
  } catch {
    // The file may have gone between two looks, or may not exist yet.
  }
  return [...places, last];
}
