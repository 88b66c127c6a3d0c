/** An agent, and the options that one is made with. */

import type { Logger } from 'pino';
import type { PluginEntry } from '../config/agent-config.js';
import type { BuiltIns } from '../loader.js';
import type { LayOut, LogLevel } from '../log/log.js';
import type { Operations } from '../operations/token.js';
import type { Plugin } from '../plugin.js';
import type { Board } from '../services.js';
import type { Timing } from '../timings.js';

export interface AgentOptions {
  /** Plugins that agent.yaml may name in short; those that run when it lists none. Default: none. */
  readonly builtIns?: BuiltIns;
  /** Plugins to run instead of those that agent.yaml and VPPMUX_PLUGINS list. */
  readonly plugins?: readonly Plugin[];
  /** Further ones, as agent.yaml would list them; paths are relative to the working directory. `settings` configure them. */
  readonly morePlugins?: readonly Omit<PluginEntry, 'config' | 'log-level'>[];
  /** Directory of agent.yaml and `<plugin>.conf`. Default: none, all defaults. */
  readonly configDir?: string;
  /** Configuration files by plugin name, as `--<name>-config` gives them. */
  readonly configFiles?: Readonly<Record<string, string>>;
  /** Values that go before those of the files: plugin name → key → value. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where `<NAME>_CONFIG` and `VPPMUX_PLUGINS` are looked up. Default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where to log. Default: standard output, readable on a terminal, JSON otherwise. */
  readonly log?: Logger;
  /** Lays out a readable line of that log for the terminal. */
  readonly layOut?: LayOut;
  /** Goes before agent.yaml's `log-level`, its own and that of each plugin. */
  readonly logLevel?: LogLevel;
  /** Names of plugins whose log is at `debug`, whatever the level of the others. */
  readonly debug?: readonly string[];
  /** Whether a change of a configuration file is noticed while the agent runs. Default false: `reload()` reads them. */
  readonly watch?: boolean;
  /** The program's version, for logs and `/status`. */
  readonly version?: string;
}

/** An agent ready to start. */
export interface Agent {
  readonly name: string;
  readonly log: Logger;
  readonly status: Board;
  /** What its plugins can do. Its clients are the program's own to close. */
  readonly operations: Operations;
  /** In start order. */
  readonly plugins: readonly Plugin[];
  /** How long each step of each plugin took. */
  timings(): readonly Timing[];
  /** Takes all plugins up. Rejects, with those that were up closed again, when one that is not optional fails. */
  start(): Promise<void>;
  /** Reads the configuration again once the agent runs: each plugin is told what has changed. Mistakes are logged. */
  reload(): void;
  /** Takes all plugins down, in reverse. Rejects with an AggregateError of those that did not close properly. */
  close(): Promise<void>;
}
