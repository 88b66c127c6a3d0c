/** Plugins that a command line names, found where an agent would find them, and the built-in ones that they require. */

import { resolve } from 'node:path';
import { defaultPlugins, readAgentConfig } from '../../agent/for-cli.js';
import {
  type AgentConfig,
  AgentError,
  type BuiltIns,
  loadPlugin,
  type Plugin,
  type PluginArguments,
  pluginsOfFlags,
} from '../../agent/index.js';
import { builtIns } from '../../plugins/index.js';
import { UsageError } from '../errors.js';

export interface PluginFlags {
  readonly configDir?: string;
  readonly export?: string;
}

/** The configuration in agent.yaml of `configDir`, and its plugin folder. Throws AgentError. */
export function agentPlaces(configDir: string | undefined): {
  readonly config: AgentConfig;
  readonly pluginDir: string;
} {
  const { value, baseDir } = readAgentConfig(configDir, defaultPlugins(builtIns));
  return { config: value, pluginDir: resolve(baseDir, value['plugin-dir']) };
}

/** A path is relative to the working directory. Throws AgentError. */
export function loadNamedPlugin(reference: string, flags: PluginFlags): Promise<Plugin> {
  const { config, pluginDir } = agentPlaces(flags.configDir);
  const places = {
    builtIns: builtIns as BuiltIns,
    baseDir: resolve('.'),
    pluginDir,
    budgetMs: config['start-timeout'],
  };
  return loadPlugin(reference, flags.export, places);
}

/** `key=value` words as the plugin gets them. Throws UsageError for any other. */
export function argumentsFor(reference: string, words: readonly string[]): PluginArguments {
  const [entry, stray] = [pluginsOfFlags([reference, ...words])].flat();
  if (typeof entry === 'object' && stray === undefined) return entry.arguments ?? {};
  throw new UsageError(
    `'${words.find((word) => !word.includes('=')) ?? reference}': key=value is expected behind the plugin`,
  );
}

/** Turns errors of loading into errors of usage. */
export async function named<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof AgentError) throw new UsageError(error.message);
    throw error;
  }
}

export function allBuiltIns(): Promise<Plugin[]> {
  const all: (Plugin | (() => Promise<Plugin>))[] = Object.values(builtIns);
  return Promise.all(all.map((plugin) => (typeof plugin === 'function' ? plugin() : plugin)));
}

/** Built-in plugins that provide what `plugins` require and do not provide each other, and what those require in turn. */
export async function providersFor(plugins: readonly Plugin[]): Promise<Plugin[]> {
  const candidates = await allBuiltIns();
  const chosen = [...plugins];
  // It grows while it is gone through.
  for (const { requires } of chosen) {
    for (const token of Object.values(requires)) {
      const provides = (plugin: Plugin) => Object.values(plugin.provides).includes(token);
      const provider = chosen.some(provides) ? undefined : candidates.find(provides);
      if (provider) chosen.push(provider);
    }
  }
  return chosen.slice(plugins.length);
}
