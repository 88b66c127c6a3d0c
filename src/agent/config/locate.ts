/** Finds configuration files: a plugin's own, and the ones in the directory that no plugin reads. */

import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { didYouMean } from '../../nearest.js';
import { reasonOf, textAt } from '../../thrown.js';
import { AgentError } from '../errors.js';

export interface ConfigPlaces {
  /** `--<name>-config PATH`, by plugin name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Environment variables, of which `<NAME>_CONFIG` is read. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `--config-dir`. */
  readonly dir?: string;
}

/**
 * The file of `name`: the one its flag names, else the one its environment variable names, else
 * `<dir>/<name>.conf` or `.yaml`. Undefined where nothing names a file and the last two do not exist: everything is
 * default then. Throws CONFIG_NOT_FOUND for a named file that does not exist.
 */
export function configFileOf(name: string, places: ConfigPlaces): string | undefined {
  const named = namedFileOf(name, places);
  if (named) return mustExist(named.file, named.by, name);
  return implicitFileOf(name, places);
}

/** The file that a flag, else an environment variable, names, whether it exists or not. */
export function namedFileOf(name: string, places: ConfigPlaces): { file: string; by: string } | undefined {
  const flag = places.files?.[name];
  if (flag !== undefined) return { file: flag, by: `--${name}-config` };
  const variable = configVariable(name);
  const fromEnv = places.env?.[variable];
  return fromEnv ? { file: fromEnv, by: `environment variable ${variable}` } : undefined;
}

/** `<dir>/<name>.conf` and `<dir>/<name>.yaml`, whether they exist or not. */
export function implicitFilesOf(name: string, { dir }: ConfigPlaces): string[] {
  return dir === undefined ? [] : ['conf', 'yaml'].map((ending) => join(dir, `${name}.${ending}`));
}

/** The one of these that exists, if any. Throws CONFIG_INVALID when both do. */
export function implicitFileOf(name: string, places: ConfigPlaces): string | undefined {
  const [found, other] = implicitFilesOf(name, places).filter((file) => isThere(file, name));
  if (other === undefined) return found;
  throw new AgentError('CONFIG_INVALID', `plugin ${name} has two configurations, ${found} and ${other}; keep one`, {
    plugin: name,
    file: found,
  });
}

/** `interface-lister` → `INTERFACE_LISTER_CONFIG`. */
export function configVariable(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_CONFIG`;
}

function mustExist(file: string, namedBy: string, plugin: string): string {
  if (isThere(file, plugin)) return file;
  const text = `${namedBy} names ${file}, but there is no such file`;
  throw new AgentError('CONFIG_NOT_FOUND', text, { plugin, file });
}

/**
 * Whether a file exists. Throws CONFIG_NOT_FOUND where that cannot be seen (its folder may not be entered, its links lead
 * in a circle), because defaults in its place would surprise.
 */
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

const CONFIGURATION = /\.(conf|ya?ml)$/;

/**
 * A line for each file of the configuration directory that nothing reads: a misspelt name would silently have no effect.
 * `plugins`: the ones that run and the ones that could, whose files are no mistake.
 */
export function unknownFiles(dir: string | undefined, plugins: readonly string[]): string[] {
  if (dir === undefined) return [];
  const known = new Set(['agent.yaml', ...plugins.flatMap((name) => [`${name}.conf`, `${name}.yaml`])]);
  return filesIn(dir)
    .filter((file) => CONFIGURATION.test(file) && !known.has(file))
    .map((file) => `nothing reads ${join(dir, file)}${didYouMean(file, known, 1).text}`);
}

/** The names in a directory; none where it may not be listed. */
function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
