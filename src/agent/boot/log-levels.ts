/** Log levels: of the agent, and of each plugin's own log. */

import type { Logger } from 'pino';
import type { AgentConfig } from '../config/agent-config.js';
import { isSameEntry } from '../config/configuration.js';
import type { LogLevel } from '../log/log.js';
import type { PluginRecord } from '../start/plugin-record.js';

export interface LevelOptions {
  /** The program's own log, where it gave one. */
  readonly log?: Logger;
  /** Level of the agent and of all plugins; overrides agent.yaml. */
  readonly logLevel?: LogLevel;
  /** Plugins whose log is at `debug`, whatever the level of the others. */
  readonly debug?: readonly string[];
}

/**
 * Sets the level of every log: command line, then agent.yaml's entry for the plugin, then agent.yaml. The level of a
 * log that the program has given stays as it is.
 */
export function setLevels(
  records: readonly PluginRecord[],
  config: AgentConfig,
  log: Logger,
  options: LevelOptions,
): void {
  if (!options.log) log.level = options.logLevel ?? config['log-level'];
  for (const { plugin, entry, log: own } of records) {
    const now = config.plugins.find((listed) => entry !== undefined && isSameEntry(listed, entry));
    const level = options.logLevel ?? now?.['log-level'] ?? log.level;
    own.level = options.debug?.includes(plugin.name) && level !== 'trace' ? 'debug' : level;
  }
}
