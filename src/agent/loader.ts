/** Finds a plugin by its short name, or loads it from a file. */

import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AgentError, reasonOf } from './errors.js';
import { isPlugin, type Plugin } from './plugin.js';
import { suggestion } from './suggestion.js';

/** Plugins that come with the program, by short name; those given as functions are loaded when they are listed. */
export type BuiltIns = Readonly<Record<string, Plugin | (() => Promise<Plugin>)>>;

/**
 * The plugin that `reference` names: a short name, or a path (it has a slash or ends in .js, .mjs or .ts),
 * taken relative to `baseDir`. Throws PLUGIN_NOT_FOUND, or PLUGIN_INVALID when the file cannot be used.
 */
export async function loadPlugin(reference: string, builtIns: BuiltIns, baseDir: string): Promise<Plugin> {
  if (isPath(reference)) return loadFile(isAbsolute(reference) ? reference : resolve(baseDir, reference));
  const found = Object.hasOwn(builtIns, reference) ? builtIns[reference] : undefined;
  if (found === undefined) {
    const hint = suggestion(reference, Object.keys(builtIns));
    throw new AgentError('PLUGIN_NOT_FOUND', `no plugin is called "${reference}"${hint} (a path begins with ./ or /)`, {
      plugin: reference,
    });
  }
  return typeof found === 'function' ? found() : found;
}

async function loadFile(file: string): Promise<Plugin> {
  if (!existsSync(file))
    throw new AgentError('PLUGIN_NOT_FOUND', `plugin file ${file} does not exist`, { plugin: file });
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (cause) {
    const hint = remedy(file, cause);
    throw new AgentError('PLUGIN_INVALID', `plugin file ${file} cannot be loaded: ${reasonOf(cause)}${hint}`, {
      plugin: file,
      cause,
    });
  }
  const plugin = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
  if (!isPlugin(plugin)) {
    const text = `plugin file ${file} has no plugin as its default export; write "export default definePlugin({ … })"`;
    throw new AgentError('PLUGIN_INVALID', text, { plugin: file });
  }
  return plugin;
}

/** What to do about the two things that happen to everybody once. */
function remedy(file: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') return '; compile it first (npx tsc) and name the .js file';
  if (code === 'ERR_MODULE_NOT_FOUND' && reasonOf(cause).includes("'vppmux'")) {
    return `; run "npm install vppmux" in a folder above ${file}`;
  }
  return '';
}

const isPath = (reference: string) => /[/\\]/.test(reference) || /\.[cm]?[jt]s$/.test(reference);
