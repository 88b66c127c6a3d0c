/**
 * Reads the configuration again while the agent runs. All of it is checked before any of it counts: with one mistake
 * in any file everything stays as it was.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { AgentConfig } from '../config/agent-config.js';
import type { Configuration, PluginConfig } from '../config/configuration.js';
import { reasonOf, stackOf } from '../errors.js';
import type { Member } from '../member.js';

export class Reload {
  /** agent.yaml as it was when the agent was started, and the keys told of last. */
  readonly #started: AgentConfig;
  #told = '';

  constructor(
    readonly configuration: Configuration,
    readonly members: readonly Member[],
    readonly log: Logger,
    started: AgentConfig,
    readonly applyLevels: (config: AgentConfig) => void,
  ) {
    this.#started = started;
  }

  /** What is wrong is told, and changes nothing. */
  run(): void {
    let agent: AgentConfig;
    let configs: Map<string, PluginConfig>;
    try {
      const file = this.configuration.readAgent();
      agent = file.value;
      configs = this.configuration.readPlugins(this.members, file);
    } catch (error) {
      // Also one that nobody expected: a mistake in a file must not end an agent that runs.
      for (const line of reasonOf(error).split('\n')) this.log.error(stackOf(error), line);
      this.log.error('the configuration has mistakes: all that was in force stays in force');
      return;
    }
    this.applyLevels(agent);
    this.#compare(agent);
    for (const { plugin, control } of this.members) {
      const read = configs.get(plugin.name);
      if (read) control.configuration(read.value);
    }
    this.log.debug('the configuration has been read again');
  }

  /** Of the agent's own keys only the log levels can change while it runs. */
  #compare(agent: AgentConfig): void {
    const [before, after] = [new Map(Object.entries(lasting(this.#started))), Object.entries(lasting(agent))];
    const changed = after.filter(([key, value]) => !isDeepStrictEqual(before.get(key), value)).map(([key]) => key);
    const keys = changed.join(', ');
    if (keys !== '' && keys !== this.#told) {
      this.log.warn(`agent.yaml has changed (${keys}), which takes effect when the agent is started again`);
    }
    this.#told = keys;
  }
}

/** What is fixed for the life of an agent. */
function lasting({ 'log-level': _level, plugins, ...rest }: AgentConfig) {
  return { ...rest, plugins: plugins.map(({ config: _config, 'log-level': _own, ...entry }) => entry) };
}
