/** Finds the file of a plugin that agent.yaml names. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';
import { AgentError, reasonOf } from '../errors.js';

/** `./x.js`, `/opt/x.js`, `dist/x.js`, `.`; a scoped package has a slash as well, but begins with @. */
export const isPath = (reference: string) =>
  /^\.{0,2}[/\\]|^\.{1,2}$|^[A-Za-z]:[/\\]/.test(reference) || /\.[cm]?[jt]s$/.test(reference);

const isShortName = (reference: string) => /^[A-Za-z0-9][\w-]*$/.test(reference);

/** `NAME.js` (or .mjs, .cjs), else the entry of the folder `NAME`, in the plugin folder. */
export function findInFolder(pluginDir: string, name: string): string | undefined {
  if (!isShortName(name)) return undefined;
  const files = ['js', 'mjs', 'cjs'].map((ending) => join(pluginDir, `${name}.${ending}`));
  return files.find(isFile) ?? entryOf(join(pluginDir, name));
}

/** Names of the plugins in the plugin folder, for suggestions. */
export function namesInFolder(pluginDir: string): string[] {
  if (!existsSync(pluginDir)) return [];
  const names = new Set(readdirSync(pluginDir).map((file) => parse(file).name));
  return [...names].filter((name) => findInFolder(pluginDir, name) !== undefined);
}

/**
 * The entry of an npm package (`vppmux-lister`, `@acme/lister`, `@acme/all/lister`), seen from `baseDir` or from the
 * agent's own folder.
 */
export function findPackage(reference: string, baseDir: string): string | undefined {
  const [, name, rest] = /^((?:@[\w.-]+\/)?[\w-][\w.-]*)(\/.+)?$/.exec(reference) ?? [];
  if (name === undefined) return undefined;
  const seenFrom = (file: string) => createRequire(file).resolve.paths(name) ?? [];
  const folders = [...seenFrom(join(baseDir, 'from.js')), ...seenFrom(import.meta.url)];
  for (const folder of folders.map((parent) => join(parent, name))) {
    const entry = entryOf(folder, `.${rest ?? ''}`);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The file that a folder stands for: what its package.json exports (or `main`), else index.js. */
export function entryOf(folder: string, subpath = '.'): string | undefined {
  const description = join(folder, 'package.json');
  const { exports, main } = existsSync(description) ? readJson(description) : {};
  if (exports === undefined && subpath === '.') {
    // As Node itself does for packages without `exports`.
    const given = typeof main === 'string' ? [main, `${main}.js`, join(main, 'index.js')] : [];
    return [...given, 'index.js'].map((path) => join(folder, path)).find(isFile);
  }
  const target = exports === undefined ? subpath : exportedPath(exports, subpath);
  const file = target === undefined ? undefined : join(folder, target);
  return file !== undefined && isFile(file) ? file : undefined;
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function readJson(file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readRegularFile(file, { max: NAMED_BYTES }).toString('utf8')));
  } catch (cause) {
    throw new AgentError('PLUGIN_INVALID', `${file} cannot be read: ${reasonOf(cause)}`, { plugin: file, cause });
  }
}

/** Conditions of `exports`. Node resolves these itself, but only from this file's own place (Node 20). */
const CONDITIONS = new Set(['import', 'node', 'module-sync', 'default']);

function exportedPath(exports: unknown, subpath: string): string | undefined {
  const byPath = typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key[0] === '.');
  if (!byPath) return subpath === '.' ? targetOf(exports) : undefined;
  if (Object.hasOwn(exports, subpath)) return targetOf(Reflect.get(exports, subpath));
  const [pattern, filling] = patternOf(Object.keys(exports), subpath) ?? [];
  return pattern === undefined
    ? undefined
    : targetOf(Reflect.get(exports, pattern))?.replaceAll('*', () => filling ?? '');
}

/** The key like `./*` that matches with the longest part before its star, and what the star stands for. */
function patternOf(keys: readonly string[], subpath: string): readonly [pattern: string, filling: string] | undefined {
  const fitting = keys.flatMap((key) => {
    const [before, after] = key.split('*');
    const fits = after !== undefined && subpath.startsWith(before) && subpath.endsWith(after);
    const filling = subpath.slice(before.length, after ? -after.length : undefined);
    return fits && filling !== '' ? [{ key, filling, room: before.length }] : [];
  });
  const [best] = fitting.sort((a, b) => b.room - a.room);
  return best && [best.key, best.filling];
}

function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  const fitting = Object.entries(target).filter(([key]) => Array.isArray(target) || CONDITIONS.has(key));
  return fitting.map(([, value]) => targetOf(value)).find((found) => found !== undefined);
}
