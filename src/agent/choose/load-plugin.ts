/** Loads a plugin by its short name, from a file or from a package. */

import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closestOrAll } from '../../nearest.js';
import { AgentError } from '../errors.js';
import type { Plugin } from '../plugin/plugin.js';
import { entryOf, findInFolder, findPackage, isPath, namesInFolder } from './find-file.js';
import { importPlugin } from './import-plugin.js';
import { refuseUnsafe } from './safe-file.js';

/**
 * Plugins that come with the program, by short name. A function is called, and its plugin run, only when it is listed.
 */
export type BuiltIns = Readonly<Record<string, Plugin | (() => Promise<Plugin>)>>;

/** Short names of the plugins that run when none are listed. */
export function defaultPlugins(builtIns: BuiltIns): string[] {
  return Object.keys(builtIns).filter((name) => typeof builtIns[name] !== 'function');
}

export interface LoadPlaces {
  readonly builtIns: BuiltIns;
  /** Directory from which relative paths and npm packages are looked for. */
  readonly baseDir: string;
  /** Folder of plugins that are not built in: NAME.js (.mjs, .cjs), or a folder NAME. */
  readonly pluginDir: string;
  /** Milliseconds for a file to be evaluated. Default 15000. */
  readonly budgetMs?: number;
}

/**
 * The plugin that `reference` names: a path (it begins with ./, ../ or /, or ends in .js, .mjs, .cjs or .ts); else a
 * built-in one, one of the plugin folder, or an npm package, in this order. `entry` is the export to take, `default`
 * unless given. Throws PLUGIN_NOT_FOUND, PLUGIN_UNSAFE for a file that everybody can write, PLUGIN_INVALID when it
 * cannot be used, PLUGIN_TIMEOUT.
 */
export async function loadPlugin(reference: string, entry: string | undefined, places: LoadPlaces): Promise<Plugin> {
  const { builtIns, budgetMs = 15_000 } = places;
  const builtIn = Object.hasOwn(builtIns, reference) ? builtIns[reference] : undefined;
  if (builtIn !== undefined && entry !== undefined) {
    const text = `plugin ${reference} is built in: "export: ${entry}" has no meaning for it`;
    throw new AgentError('PLUGIN_INVALID', text, { plugin: reference });
  }
  if (builtIn !== undefined) return typeof builtIn === 'function' ? builtIn() : builtIn;
  const file = isPath(reference) ? fileAt(resolve(places.baseDir, reference)) : fileNamed(reference, places);
  refuseUnsafe(file);
  return importPlugin(file, entry, budgetMs);
}

function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return path;
  const entry = found ? entryOf(path) : undefined;
  if (entry !== undefined) return entry;
  throw new AgentError('PLUGIN_NOT_FOUND', found ? nothingIn(path) : `plugin file ${path} does not exist`, {
    plugin: path,
  });
}

function nothingIn(folder: string): string {
  return existsSync(join(folder, 'package.json'))
    ? `plugin folder ${folder}: its package.json names no file that is there ("exports", "main"); build it first (npm run build)?`
    : `plugin folder ${folder} has neither an index.js nor a package.json whose "exports" or "main" names a file`;
}

function fileNamed(name: string, { builtIns, baseDir, pluginDir }: LoadPlaces): string {
  const file = findInFolder(pluginDir, name) ?? findPackage(name, baseDir);
  if (file !== undefined) return file;
  const hint = closestOrAll(name, [...Object.keys(builtIns), ...namesInFolder(pluginDir)]).text;
  const text = `no plugin is called "${name}"${hint} (not built in, not in ${pluginDir}, no npm package; a path begins with ./ or /)`;
  throw new AgentError('PLUGIN_NOT_FOUND', text, { plugin: name });
}
