/** Loads the plugins that are to run: those of agent.yaml, then those of VPPMUX_PLUGINS, then those of the command line. */

import { delimiter, resolve } from 'node:path';
import type { AgentFile, PluginEntry } from './config/agent-config.js';
import { showProblem } from './config/config-error.js';
import { AgentError, refuseIfAny } from './errors.js';
import { type BuiltIns, loadPlugin } from './loader.js';
import { apiMismatch, circleAmong, duplicateProviders, missingProviders } from './order.js';
import type { Plugin } from './plugin.js';

/** A plugin that is to run. */
export interface Chosen {
  readonly plugin: Plugin;
  /** What names it; undefined for one that the program itself gives. */
  readonly entry?: PluginEntry;
  /** Whether the agent goes on without it. */
  readonly optional: boolean;
}

/** An optional one that cannot run. */
export interface Skipped {
  readonly name: string;
  readonly version: string;
  readonly error: AgentError;
}

export interface Sources {
  readonly builtIns: BuiltIns;
  readonly agent: AgentFile;
  /** Of VPPMUX_PLUGINS. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the command line. */
  readonly more: readonly PluginEntry[];
}

/** Throws everything that keeps a plugin from being loaded, all at once; an optional one is skipped. */
export async function choosePlugins(sources: Sources): Promise<{ chosen: Chosen[]; skipped: Skipped[] }> {
  const chosen: Chosen[] = [];
  const skipped: Skipped[] = [];
  const problems: AgentError[] = [];
  /** By name, who named it first. */
  const named = new Map<string, string>();
  for (const { entry, baseDir, by, from } of listed(sources)) {
    const { value: config, baseDir: configDir } = sources.agent;
    const pluginDir = resolve(configDir, config['plugin-dir']);
    const places = { builtIns: sources.builtIns, baseDir, pluginDir, budgetMs: config['start-timeout'] };
    try {
      const plugin = await loadPlugin(entry.plugin, entry.export, places);
      const optional = entry.optional ?? plugin.optional;
      const first = named.get(plugin.name);
      if (first !== undefined) throw duplicate(plugin, first);
      named.set(plugin.name, by);
      const mismatch = apiMismatch(plugin);
      if (mismatch && optional) skipped.push({ name: plugin.name, version: plugin.version, error: mismatch });
      else chosen.push({ plugin, entry, optional });
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      const told = new AgentError(error.code, from(error.message), error);
      if (entry.optional && error.code !== 'DUPLICATE_PLUGIN')
        skipped.push({ name: entry.plugin, version: '', error: told });
      else problems.push(told);
    }
  }
  refuseIfAny(problems);
  return { chosen, skipped };
}

/**
 * Leaves out the optional ones that require what nobody provides, or each other in a circle, or provide what another one
 * does, and then those that need them. Whoever cannot be left out is for `startOrder` to refuse.
 */
export function leaveOut(
  chosen: readonly Chosen[],
  others: readonly Plugin[],
): { chosen: Chosen[]; skipped: Skipped[] } {
  const plugins = chosen.map(({ plugin }) => plugin);
  const isOptional = ({ plugin: name }: AgentError) =>
    chosen.every(({ plugin, optional }) => optional || plugin.name !== name);
  const circle = circleAmong(plugins);
  // Of two that provide one service the optional one has to go, also where it stands first.
  const optionalLast = [...chosen].sort((a, b) => Number(a.optional) - Number(b.optional));
  const taken = duplicateProviders(optionalLast.map(({ plugin }) => plugin));
  const impossible = [
    ...[...missingProviders(plugins, others), ...taken].filter(isOptional),
    ...(circle.every(isOptional) ? circle : []),
  ];
  const errors = new Map(impossible.map((error) => [error.plugin, error]));
  const skipped = plugins.flatMap(({ name, version }): Skipped[] => {
    const error = errors.get(name);
    return error ? [{ name, version, error }] : [];
  });
  if (skipped.length === 0) return { chosen: [...chosen], skipped };
  const left = chosen.filter(({ plugin }) => !errors.has(plugin.name));
  const further = leaveOut(left, others);
  return { chosen: further.chosen, skipped: [...skipped, ...further.skipped] };
}

interface Listed {
  readonly entry: PluginEntry;
  readonly baseDir: string;
  /** What names it. */
  readonly by: string;
  /** Adds to a message where it is named. */
  readonly from: (message: string) => string;
}

/** What is named where: in agent.yaml relative to it, elsewhere relative to where the program was started. */
function listed({ agent, env, more }: Sources): Listed[] {
  const variable = env.VPPMUX_PLUGINS?.split(delimiter).filter((plugin) => plugin !== '') ?? [];
  const here = resolve('.');
  return [
    ...agent.value.plugins.map((entry, i) => {
      const from = (message: string) => showProblem(agent.located.problem(['plugins', i, 'plugin'], message, 'value'));
      const isDefault = agent.file === undefined;
      const by = isDefault ? 'the list without an agent.yaml' : `plugins[${i}] of agent.yaml`;
      return { entry, baseDir: agent.baseDir, by, from: isDefault ? (message: string) => message : from };
    }),
    ...variable.map((plugin) => ({ entry: { plugin }, baseDir: here, ...namedBy('VPPMUX_PLUGINS') })),
    ...more.map((entry) => ({ entry, baseDir: here, ...namedBy('--plugin') })),
  ];
}

const namedBy = (by: string) => ({ by, from: (message: string) => `${message} (named by ${by})` });

function duplicate({ name }: Plugin, first: string): AgentError {
  return new AgentError('DUPLICATE_PLUGIN', `plugin ${name} is listed more than once: ${first} names it, too`, {
    plugin: name,
  });
}
