/** Configuration of an agent and its plugins, read from the files at the start and after each change. */

import { join } from 'node:path';
import type { z } from 'zod';
import { closestOrAll } from '../../nearest.js';
import { AgentError, refuseIfAny } from '../errors.js';
import { type AgentFile, type PluginEntry, readAgentConfig } from './agent-config.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { type ConfigPlaces, configFileOf, implicitFileOf, implicitFilesOf, namedFileOf } from './locate.js';
import { type ReadResult, readConfig } from './read.js';

/** The part of a plugin's definition that says what its configuration may hold. */
export interface Configured {
  readonly name: string;
  readonly config: z.ZodType;
  readonly obsolete: Readonly<Record<string, string>>;
  readonly refused?: Readonly<Record<string, string>>;
}

/** A plugin that is to run, with the entry of agent.yaml that names it, if any. */
export interface Configurable {
  readonly plugin: Configured;
  readonly entry?: PluginEntry;
}

export interface PluginConfig extends ReadResult<unknown> {
  /** The file that it was read from; undefined where everything is default. */
  readonly file: string | undefined;
}

export interface Examined {
  /** Valid configurations by plugin name. */
  readonly configs: Map<string, PluginConfig>;
  readonly problems: readonly AgentError[];
}

export class Configuration {
  constructor(
    readonly places: ConfigPlaces,
    /** Values that override the files': plugin name → key → value. */
    readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    /** Names of the plugins that run when agent.yaml lists none. */
    readonly byDefault: readonly string[],
  ) {}

  readAgent(): AgentFile {
    return readAgentConfig(this.places.dir, this.byDefault);
  }

  /**
   * Each plugin's checked configuration by name. A plugin whose configuration was in an entry of agent.yaml that no
   * longer exists is not in it. Throws the problems of all files together.
   */
  readPlugins(configurables: readonly Configurable[], agent: AgentFile): Map<string, PluginConfig> {
    const { configs, problems } = this.examinePlugins(configurables, agent);
    refuseIfAny(problems);
    return configs;
  }

  /** Reads as `readPlugins` does, and returns the problems next to the valid configurations. */
  examinePlugins(configurables: readonly Configurable[], agent: AgentFile): Examined {
    const names = configurables.map(({ plugin }) => plugin.name);
    const problems = absent(this.places.files, names).map(
      (name) =>
        new AgentError('PLUGIN_NOT_FOUND', `--${name}-config: no such plugin runs${closestOrAll(name, names).text}`),
    );
    const configs = new Map<string, PluginConfig>();
    for (const configurable of configurables.filter((each) => !this.takenOut(each, agent))) {
      try {
        configs.set(configurable.plugin.name, this.readPlugin(configurable, agent));
      } catch (error) {
        if (!(error instanceof AgentError)) throw error;
        problems.push(error);
      }
    }
    return { configs, problems };
  }

  /** Names in `settings` of plugins that do not run. */
  uselessSettings(names: readonly string[]): string[] {
    return absent(this.settings, names);
  }

  /** All files that hold configuration or would, if they existed. */
  files(plugins: readonly Pick<Configured, 'name'>[]): string[] {
    const { places } = this;
    const ofPlugins = plugins.flatMap(({ name }) => namedFileOf(name, places)?.file ?? implicitFilesOf(name, places));
    return places.dir === undefined ? ofPlugins : [join(places.dir, 'agent.yaml'), ...ofPlugins];
  }

  readPlugin({ plugin, entry }: Configurable, agent: AgentFile): PluginConfig {
    const { name, config, obsolete, refused } = plugin;
    const options = { settings: this.settings[name], obsolete, refused, plugin: name };
    const named = namedFileOf(name, this.places);
    const inline = entry === undefined ? undefined : inlineOf(entry, agent);
    if (inline && !named) {
      this.refuseBoth(name, inline);
      return { ...readConfig(inline.file, config, { ...options, under: inline.under }), file: inline.file };
    }
    const file = configFileOf(name, this.places);
    return { ...readConfig(file, config, { ...options, missing: this.placeFor(name) }), file };
  }

  /**
   * Whether its entry of agent.yaml is gone. The plugin keeps running, and with the defaults of an absent file it would
   * change.
   */
  private takenOut({ plugin, entry }: Configurable, { value }: AgentFile): boolean {
    if (entry?.config === undefined || namedFileOf(plugin.name, this.places)) return false;
    return !value.plugins.some((listed) => isSameEntry(listed, entry));
  }

  /** The file in which a plugin without one would find its configuration, for messages. */
  placeFor(name: string): string {
    const [file] = implicitFilesOf(name, this.places);
    return file === undefined ? `plugin ${name} (it has no file: no --config-dir)` : `${file} (not there)`;
  }

  /** Throws when a file of its own exists as well: a reader of one place would not know of the other. */
  private refuseBoth(name: string, { at }: Inline): void {
    const other = implicitFileOf(name, this.places);
    if (other === undefined) return;
    const message = `plugin ${name} has its configuration here and in ${other}; keep one of them`;
    throw new ConfigError([{ ...at, message }], name);
  }
}

interface Inline {
  readonly file: string;
  readonly under: readonly PropertyKey[];
  readonly at: Omit<ConfigProblem, 'message'>;
}

/** The configuration in agent.yaml, below the plugin's entry as it is now. */
function inlineOf(entry: PluginEntry, { value, file, located }: AgentFile): Inline | undefined {
  const i = value.plugins.findIndex((listed) => isSameEntry(listed, entry));
  if (i < 0 || file === undefined || value.plugins[i].config === undefined) return undefined;
  const under = ['plugins', i, 'config'];
  return { file, under, at: located.problem(under, '', 'key') };
}

/** Whether two readings of agent.yaml mean one plugin. */
export function isSameEntry(a: PluginEntry, b: PluginEntry): boolean {
  return a.plugin === b.plugin && a.export === b.export && a.dataplane === b.dataplane && a.name === b.name;
}

function absent(given: object | undefined, names: readonly string[]): string[] {
  return Object.keys(given ?? {}).filter((name) => !names.includes(name));
}
