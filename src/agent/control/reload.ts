/**
 * Reads the configuration again while the agent runs. Everything is checked before anything takes effect: one mistake in
 * any file keeps everything as it was.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { AgentConfig, AgentFile } from '../config/agent-config.js';
import { problemsIn } from '../config/config-error.js';
import type { ConfigState } from '../config/config-state.js';
import type { Configurable, Configuration, PluginConfig } from '../config/configuration.js';
import { stackOf } from '../errors.js';
import type { ControlQueue } from './control-queue.js';

/** A plugin that may get a changed configuration. */
export interface Reconfigurable extends Configurable {
  readonly control: ControlQueue;
}

interface Reading {
  readonly configs: ReadonlyMap<string, PluginConfig>;
  /** The error that reading it threw. */
  readonly problems: readonly unknown[];
}

export class Reload {
  /** agent.yaml as it was at the start. */
  private readonly started: AgentConfig;
  private logged = '';
  /** agent.yaml as it was when it could be read last: names the plugins' configuration while it cannot. */
  private agent: AgentFile;

  constructor(
    readonly configuration: Configuration,
    readonly plugins: readonly Reconfigurable[],
    readonly log: Logger,
    started: AgentFile,
    readonly applyLevels: (config: AgentConfig) => void,
    readonly state: ConfigState,
  ) {
    this.started = started.value;
    this.agent = started;
  }

  /** Reads and applies the configuration. A problem is logged and shown, and changes nothing. */
  run(): void {
    const { configs, problems } = this.read();
    const isSame = (plugin: string, refused: unknown) => isDeepStrictEqual(configs.get(plugin)?.value, refused);
    this.state.read(problems.flatMap(problemsIn), isSame);
    if (problems.length > 0) {
      for (const error of problems) for (const { text } of problemsIn(error)) this.log.error(stackOf(error), text);
      this.log.error('the configuration has mistakes: the previous configuration stays in effect');
      return;
    }
    const agent = this.agent.value;
    this.applyLevels(agent);
    this.compare(agent);
    for (const { plugin, control } of this.plugins) {
      const read = configs.get(plugin.name);
      if (!read) continue;
      const file = read.file ?? this.configuration.placeFor(plugin.name);
      if (control.isServed) control.configuration(read.value, file);
      else void control.configurationOfSkipped(read.value, file);
    }
    this.log.debug('the configuration has been read again');
  }

  /** Reads all files, those of plugins also while agent.yaml cannot be read, and collects their problems. */
  private read(): Reading {
    const problems: unknown[] = [];
    let configs: ReadonlyMap<string, PluginConfig> = new Map();
    try {
      this.agent = this.configuration.readAgent();
    } catch (error) {
      problems.push(error);
    }
    const isUnreadable = problems.length > 0;
    try {
      const examined = this.configuration.examinePlugins(this.plugins, this.agent);
      configs = examined.configs;
      // A plugin's part of agent.yaml is unknown while that file cannot be read.
      const isKnown = (error: unknown) => !problemsIn(error).some(({ file }) => file === this.agent.file);
      problems.push(...examined.problems.filter((error) => !isUnreadable || isKnown(error)));
    } catch (error) {
      // Unexpected errors, too: a mistake in a file must not end a running agent.
      problems.push(error);
    }
    return { configs, problems };
  }

  /** Logs the agent's own keys that have changed. Only its log levels can change while it runs. */
  private compare(agent: AgentConfig): void {
    const [before, after] = [new Map(Object.entries(lasting(this.started))), Object.entries(lasting(agent))];
    const changed = after.filter(([key, value]) => !isDeepStrictEqual(before.get(key), value)).map(([key]) => key);
    const keys = changed.join(', ');
    if (keys !== '' && keys !== this.logged) {
      this.log.warn(`agent.yaml has changed (${keys}), which takes effect when the agent is started again`);
    }
    this.logged = keys;
    this.state.pending(undefined, changed);
  }
}

/** The keys that are fixed while an agent runs. */
function lasting({ 'log-level': _level, plugins, ...rest }: AgentConfig) {
  return { ...rest, plugins: plugins.map(({ config: _config, 'log-level': _own, ...entry }) => entry) };
}
