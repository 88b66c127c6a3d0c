/** An agent, and the options that one is made with. */

import type { Logger } from 'pino';
import type { BuiltIns } from '../choose/load-plugin.js';
import type { PluginEntry } from '../config/agent-config.js';
import type { LayOut, LogLevel } from '../log/log.js';
import type { Operations } from '../operations/operations.js';
import type { Plugin } from '../plugin/plugin.js';
import type { Board } from '../plugin/services.js';
import type { Timing } from '../status/timings.js';

export interface AgentOptions {
  /**
   * Plugins that agent.yaml may name in short. The ones that are no functions run when it lists none. Default: none.
   */
  readonly builtIns?: BuiltIns;
  /** Plugins to run instead of those that agent.yaml and VPPMUX_PLUGINS list. */
  readonly plugins?: readonly Plugin[];
  /**
   * Further plugins, as agent.yaml would list them; paths are relative to the working directory. `settings` configure
   * them.
   */
  readonly morePlugins?: readonly Omit<PluginEntry, 'config' | 'log-level'>[];
  /** Directory of agent.yaml and `<plugin>.conf`. Default: none, all defaults. */
  readonly configDir?: string;
  /** Configuration files by plugin name, as `--<name>-config` gives them. */
  readonly configFiles?: Readonly<Record<string, string>>;
  /** Values that override the files': plugin name → key → value. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Environment variables, of which `<NAME>_CONFIG` and `VPPMUX_PLUGINS` are read. Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The log to write to. Default: standard output, readable on a terminal, JSON otherwise. */
  readonly log?: Logger;
  /** Lays out a readable line of that log for the terminal. */
  readonly layOut?: LayOut;
  /** Overrides each `log-level` of agent.yaml, the agent's and the plugins'. */
  readonly logLevel?: LogLevel;
  /** Names of plugins whose log is at `debug`, whatever the level of the others. */
  readonly debug?: readonly string[];
  /** Whether to reload when a configuration file changes. Default false: only `reload()` reads them again. */
  readonly watch?: boolean;
  /** The program's version, for logs and `/status`. */
  readonly version?: string;
}

/** An agent ready to start. */
export interface Agent {
  readonly name: string;
  readonly log: Logger;
  readonly status: Board;
  /** Operations of its plugins. The program closes the clients that it opens. */
  readonly operations: Operations;
  /** In start order. */
  readonly plugins: readonly Plugin[];
  /** Time that each step of each plugin took. */
  timings(): readonly Timing[];
  /** Starts all plugins. When one that is not optional fails, closes the started ones again and rejects. */
  start(): Promise<void>;
  /**
   * Reads the configuration again once the agent runs, and notifies each plugin of its changes. Mistakes are logged.
   */
  reload(): void;
  /** Closes all plugins in reverse order. Rejects with an AggregateError of the ones that did not close properly. */
  close(): Promise<void>;
}
