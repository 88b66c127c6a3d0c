/** Loads a file and finds the one plugin that it registers. */

import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { showDuration } from '../../duration.js';
import { closestOrAll } from '../../nearest.js';
import { isError, propertyOf } from '../../thrown.js';
import { describeValue } from '../describe-value.js';
import { AgentError, reasonOf } from '../errors.js';
import { within } from '../lifetime/budget.js';
import { DEFINITIONS, isPlugin } from '../plugin/define-plugin.js';
import type { Plugin } from '../plugin/plugin.js';

interface Loaded {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Plugins defined meanwhile, also by files that it imports. */
  readonly defined: readonly Plugin[];
}

/** Loaded files: a file is evaluated once in a process, and another agent may load it later. */
const loaded = new Map<string, Promise<Loaded>>();

/**
 * The plugin that `file` exports as `entry`. Throws PLUGIN_INVALID when it cannot be loaded or registers none, another
 * thing, or (where `entry` does not choose) more than one; PLUGIN_TIMEOUT when loading it takes longer than `budgetMs`.
 */
export async function importPlugin(file: string, entry: string | undefined, budgetMs: number): Promise<Plugin> {
  const found = await within(() => importOnce(file), budgetMs);
  if (typeof found === 'symbol') {
    const text = `plugin file ${file} has not been loaded within ${showDuration(budgetMs)} (start-timeout in agent.yaml); is there an await at its top level?`;
    throw new AgentError('PLUGIN_TIMEOUT', text, { plugin: file });
  }
  const plugin = found.exports[entry ?? 'default'];
  if (!isPlugin(plugin)) throw invalid(file, noPlugin(found, entry));
  const here = found.defined.filter((other) => other.file === plugin.file);
  if (entry === undefined && here.length > 1) {
    const names = here.map(({ name }) => name).join(', ');
    throw invalid(
      file,
      `defines ${here.length} plugins (${names}), but a file registers exactly one; ` +
        'give each a file of its own, or name its export in agent.yaml ("export: NAME" below "plugin: FILE")',
    );
  }
  return plugin;
}

function importOnce(file: string): Promise<Loaded> {
  const real = realpathSync(file);
  const before = loaded.get(real);
  if (before) return before;
  const loading = importFile(file, real);
  loaded.set(real, loading);
  loading.catch(() => loaded.delete(real));
  return loading;
}

async function importFile(file: string, real: string): Promise<Loaded> {
  const defined: Plugin[] = [];
  const onDefined = (plugin: unknown) => void defined.push(plugin as Plugin);
  DEFINITIONS.subscribe(onDefined);
  try {
    return { exports: namesOf(await import(pathToFileURL(real).href)), defined };
  } catch (cause) {
    throw new AgentError(
      'PLUGIN_INVALID',
      `plugin file ${file} cannot be loaded: ${reasonOf(cause).split('\n')[0]}${remedy(file, cause)}`,
      { plugin: file, cause },
    );
  } finally {
    DEFINITIONS.unsubscribe(onDefined);
  }
}

/** The exports of a module. TypeScript compiled to CommonJS has them one level further in. */
function namesOf(namespace: Record<string, unknown>): Record<string, unknown> {
  const inner = namespace.default;
  return typeof inner === 'object' && inner !== null && '__esModule' in inner ? { ...inner } : namespace;
}

function noPlugin({ exports, defined }: Loaded, entry: string | undefined): string {
  const plugins = Object.keys(exports).filter((name) => isPlugin(exports[name]));
  if (entry !== undefined && !(entry in exports)) return `has no export "${entry}"${closestOrAll(entry, plugins).text}`;
  const where = entry === undefined ? 'default export' : `export "${entry}"`;
  const write = 'write "export default definePlugin({ … })"';
  if (plugins.length > 0) return `has no plugin as its ${where}, but as ${plugins.join(', ')}; name it with "export"`;
  if (exports[entry ?? 'default'] === undefined) {
    return defined.length > 0
      ? `defines plugin ${defined[0].name}, but has no plugin as its ${where}; ${write}`
      : `never calls definePlugin and has no plugin as its ${where}; ${write}`;
  }
  return `has no plugin as its ${where}, but ${madeInstead(exports[entry ?? 'default'])}; ${write}`;
}

function madeInstead(value: unknown): string {
  if (value instanceof Promise) return 'a promise (await it)';
  const kind = describeValue(value);
  return kind === 'an object' ? 'an object that definePlugin has not made' : kind;
}

/** Path of this package, to install it from: the name in a registry may be somebody else's. */
const OWN_FOLDER = fileURLToPath(
  new URL(import.meta.url.includes('/dist/src/agent/') ? '../../../../' : '../../../', import.meta.url),
).replace(/\/$/, '');

/** Advice about the most common reasons for which a file cannot be loaded. */
function remedy(file: string, cause: unknown): string {
  const code = isError(cause) ? propertyOf(cause, 'code') : undefined;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') return '; compile it first (npx tsc) and name the .js file';
  if (code === 'ERR_MODULE_NOT_FOUND' && reasonOf(cause).includes("'vppmux'")) {
    return `; run "npm install ${OWN_FOLDER}" in a folder above ${file}`;
  }
  return isError(cause) && code === undefined ? `; node ${file} shows where` : '';
}

function invalid(file: string, what: string): AgentError {
  return new AgentError('PLUGIN_INVALID', `plugin file ${file} ${what}`, { plugin: file });
}
