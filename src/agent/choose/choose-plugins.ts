/**
 * First stage of a start: loads the plugins that are to run, of agent.yaml, then of VPPMUX_PLUGINS, then of the command
 * line.
 */

import { delimiter, resolve } from 'node:path';
import { debug } from '../../debug.js';
import type { AgentFile, PluginEntry } from '../config/agent-config.js';
import { ConfigError, showProblem } from '../config/config-error.js';
import { AgentError, refuseIfAny } from '../errors.js';
import type { Plugin } from '../plugin/plugin.js';
import { MAIN } from '../token.js';
import { apiMismatch } from './api-mismatch.js';
import { type BuiltIns, loadPlugin } from './load-plugin.js';

/** A plugin that is to run. */
export interface Chosen {
  readonly plugin: Plugin;
  /** The entry that names it; undefined for a plugin that the program itself gives. */
  readonly entry?: PluginEntry;
  /** Whether the agent continues without it when it fails. */
  readonly optional: boolean;
}

/** An optional plugin that cannot run. */
export interface Skipped {
  readonly name: string;
  readonly version: string;
  readonly error: AgentError;
}

export interface Sources {
  readonly builtIns: BuiltIns;
  /** Plugins that run instead of the ones that agent.yaml and VPPMUX_PLUGINS list. */
  readonly given?: readonly Plugin[];
  readonly agent: AgentFile;
  /** Where VPPMUX_PLUGINS is looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Entries of the command line. */
  readonly more: readonly PluginEntry[];
}

/**
 * Loads the plugins. Throws all errors that keep them from being loaded together, and CONFIG_INVALID where none is listed;
 * optional plugins are skipped instead.
 */
export async function choosePlugins(sources: Sources): Promise<{ chosen: Chosen[]; skipped: Skipped[] }> {
  const { given, agent } = sources;
  const chosen = (given ?? []).map((plugin): Chosen => ({ plugin, optional: plugin.optional }));
  const skipped: Skipped[] = [];
  const problems: AgentError[] = [];
  /** The first place that names each plugin. */
  const named = new Map<string, string>();
  for (const { entry, baseDir, by, from } of listed(sources)) {
    const { value: config, baseDir: configDir } = agent;
    const pluginDir = resolve(configDir, config['plugin-dir']);
    const places = { builtIns: sources.builtIns, baseDir, pluginDir, budgetMs: config['start-timeout'] };
    try {
      const plugin = underOwnName(await loadPlugin(entry.plugin, entry.export, places), entry);
      const optional = entry.optional ?? plugin.optional;
      const first = named.get(plugin.name);
      if (first !== undefined) throw duplicate(plugin, first);
      named.set(plugin.name, by);
      const mismatch = apiMismatch(plugin);
      debug.plugins?.(`${plugin.name} ${plugin.version} is chosen, ${optional ? 'optional, ' : ''}named by ${by}`);
      if (mismatch && optional) skipped.push({ name: plugin.name, version: plugin.version, error: mismatch });
      else chosen.push({ plugin, entry, optional });
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      const located = new AgentError(error.code, from(error.message), error);
      if (entry.optional && error.code !== 'DUPLICATE_PLUGIN')
        skipped.push({ name: entry.plugin, version: '', error: located });
      else problems.push(located);
    }
  }
  for (const { name, error } of skipped) debug.plugins?.(`${name} is skipped, since it is optional: ${error.message}`);
  refuseIfAny(problems);
  if (chosen.length + skipped.length === 0 && given === undefined) throw nothingListed(agent);
  return { chosen, skipped };
}

interface Listed {
  readonly entry: PluginEntry;
  readonly baseDir: string;
  /** The source that names it, for a message. */
  readonly by: string;
  /** Adds the source to a message. */
  readonly from: (message: string) => string;
}

/** All entries in their order. Paths are relative to agent.yaml, or for the other sources to the working directory. */
function listed({ given, agent, env, more }: Sources): Listed[] {
  const here = resolve('.');
  const further = more.map((entry) => ({ entry, baseDir: here, ...namedBy('--plugin') }));
  if (given !== undefined) return further;
  const variable = env.VPPMUX_PLUGINS?.split(delimiter).filter((plugin) => plugin !== '') ?? [];
  return [
    ...agent.value.plugins.map((entry, i) => {
      const from = (message: string) => showProblem(agent.located.problem(['plugins', i, 'plugin'], message, 'value'));
      const isDefault = agent.file === undefined;
      const by = isDefault ? 'the list without an agent.yaml' : `plugins[${i}] of agent.yaml`;
      return { entry, baseDir: agent.baseDir, by, from: isDefault ? (message: string) => message : from };
    }),
    ...variable.map((plugin) => ({ entry: { plugin }, baseDir: here, ...namedBy('VPPMUX_PLUGINS') })),
    ...further,
  ];
}

/** The plugin with the name that it has at a dataplane: each dataplane may have one of its own. */
function underOwnName(plugin: Plugin, { name, dataplane = MAIN }: PluginEntry): Plugin {
  const own = name ?? (dataplane === MAIN ? plugin.name : `${plugin.name}-${dataplane}`);
  return own === plugin.name ? plugin : Object.freeze({ ...plugin, name: own });
}

const namedBy = (by: string) => ({ by, from: (message: string) => `${message} (named by ${by})` });

function duplicate({ name }: Plugin, first: string): AgentError {
  return new AgentError('DUPLICATE_PLUGIN', `plugin ${name} is listed more than once: ${first} names it, too`, {
    plugin: name,
  });
}

function nothingListed({ file, located }: AgentFile): AgentError {
  const message = 'no plugin is listed; without the key "plugins" the default ones run';
  if (file === undefined) return new AgentError('CONFIG_INVALID', message);
  return new ConfigError([located.problem(['plugins'], message, 'value')]);
}
