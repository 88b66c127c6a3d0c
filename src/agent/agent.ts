/**
 * Puts an agent together: reads every configuration, loads and orders the plugins, and gives the agent that can
 * be started. Nothing of a plugin runs before all of that is known to be right.
 */

import type { Logger } from 'pino';
import { type AgentConfig, type PluginEntry, readAgentConfig } from './config/agent-config.js';
import { showDuration } from './config/duration.js';
import { type ConfigPlaces, configFileOf } from './config/locate.js';
import { readConfig, showProblem } from './config/read.js';
import { ServiceContainer } from './container.js';
import { AgentError, refuseIfAny, StartRefused } from './errors.js';
import { LifeCycle } from './lifecycle.js';
import { type BuiltIns, loadPlugin } from './loader.js';
import { createLog, type LogLevel } from './log.js';
import type { Member } from './member.js';
import { startOrder } from './order.js';
import type { Plugin } from './plugin.js';
import type { AgentInfo, Board } from './services.js';
import { StatusBoard } from './status-board.js';
import { suggestion } from './suggestion.js';
import { type Timing, timingTree } from './timings.js';

export interface AgentOptions {
  /** Plugins that agent.yaml may name in short; those that run when it lists none. Default: none. */
  readonly builtIns?: BuiltIns;
  /** Plugins to run instead of those that agent.yaml lists. */
  readonly plugins?: readonly Plugin[];
  /** Directory of agent.yaml and `<plugin>.conf`. Default: none, all defaults. */
  readonly configDir?: string;
  /** Configuration files by plugin name, as `--<name>-config` gives them. */
  readonly configFiles?: Readonly<Record<string, string>>;
  /** Values that go before those of the files: plugin name → key → value. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where `<NAME>_CONFIG` is looked up. Default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where to log. Default: standard output, readable on a terminal, JSON otherwise. */
  readonly log?: Logger;
  /** Goes before agent.yaml's `log-level`. */
  readonly logLevel?: LogLevel;
  /** The program's version, for logs and `/status`. */
  readonly version?: string;
}

/** An agent ready to start. */
export interface Agent {
  readonly name: string;
  readonly log: Logger;
  readonly status: Board;
  /** In start order. */
  readonly plugins: readonly Plugin[];
  /** How long each step of each plugin took. */
  timings(): readonly Timing[];
  /** Takes all plugins up. Rejects, with those that were up closed again, when one that is not optional fails. */
  start(): Promise<void>;
  /** Takes all plugins down, in reverse. Rejects with an AggregateError of those that did not close properly. */
  close(): Promise<void>;
}

/**
 * Reads the configuration and prepares the plugins. Rejects with AgentError (CONFIG_INVALID, PLUGIN_NOT_FOUND,
 * MISSING_PROVIDER, …; several at once as StartRefused) before anything has started.
 */
export async function createAgent(options: AgentOptions = {}): Promise<Agent> {
  const builtIns = options.builtIns ?? {};
  const { value: config, file, baseDir } = readAgentConfig(options.configDir, Object.keys(builtIns));
  const listed = options.plugins?.map((plugin) => ({ plugin, optional: undefined }));
  const loaded = listed ?? (await loadAll(config.plugins, builtIns, baseDir));
  const plugins = startOrder(loaded.map((entry) => entry.plugin));

  const log = options.log ?? createLog({ level: options.logLevel ?? config['log-level'] });
  if (options.log === undefined) log.debug({ file }, 'read the agent configuration');
  const configs = readAll(plugins, options, log);
  const board = new StatusBoard();
  const members = plugins.map((plugin): Member => {
    const { name, version } = plugin;
    const optional = loaded.find((entry) => entry.plugin === plugin)?.optional ?? plugin.optional;
    const part = board.add({ name, version, optional });
    return { plugin, config: configs.get(name), optional, log: log.child({ plugin: name }), part };
  });
  return assemble(config, options.version ?? '0.0.0', log, board, members);
}

function assemble(config: AgentConfig, version: string, log: Logger, board: StatusBoard, members: Member[]): Agent {
  const startedAt = new Date();
  const info: AgentInfo = { name: config.name, version, startedAt, timings: () => life.timings };
  const budgets = { startMs: config['start-timeout'], stopMs: config['stop-timeout'] };
  const life = new LifeCycle(members, new ServiceContainer(board, info), budgets, (error) => log.error(error.message));
  return {
    name: config.name,
    log,
    status: board,
    plugins: members.map((member) => member.plugin),
    timings: () => life.timings,
    close: () => life.close(),
    async start() {
      const began = performance.now();
      await life.start();
      if (life.state !== 'running') return;
      log.debug(`how long it took to start:\n${timingTree(life.timings)}`);
      const names = members.map((member) => member.plugin.name).join(', ');
      log.info(`${config.name} runs: ${names} started in ${showDuration(performance.now() - began)}`);
    },
  };
}

async function loadAll(entries: readonly PluginEntry[], builtIns: BuiltIns, baseDir: string) {
  const problems: AgentError[] = [];
  const loaded: { plugin: Plugin; optional: boolean | undefined }[] = [];
  for (const { plugin: reference, optional } of entries) {
    await collect(problems, async () => {
      loaded.push({ plugin: await loadPlugin(reference, builtIns, baseDir), optional });
    });
  }
  refuseIfAny(problems);
  return loaded;
}

/** Each plugin's checked configuration by name. Everything wrong in any file is told at once. */
function readAll(plugins: readonly Plugin[], options: AgentOptions, log: Logger): Map<string, unknown> {
  const places: ConfigPlaces = {
    files: options.configFiles,
    env: options.env ?? process.env,
    dir: options.configDir,
  };
  const names = plugins.map((plugin) => plugin.name);
  const absent = (given: object = {}) => Object.keys(given).filter((name) => !names.includes(name));
  for (const name of absent(options.settings)) log.warn(`settings for plugin ${name} have no effect: it does not run`);
  const problems = absent(options.configFiles).map(
    (name) => new AgentError('PLUGIN_NOT_FOUND', `--${name}-config: no such plugin runs${suggestion(name, names)}`),
  );
  const configs = new Map<string, unknown>();
  for (const { name, config, obsolete } of plugins) {
    try {
      const file = configFileOf(name, places);
      const read = readConfig(file, config, { settings: options.settings?.[name], obsolete, plugin: name });
      configs.set(name, read.value);
      for (const warning of read.warnings) log.warn({ plugin: name }, showProblem(warning));
      if (file !== undefined) log.debug({ plugin: name, keys: read.keys }, `read ${file}`);
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      problems.push(error);
    }
  }
  refuseIfAny(problems);
  return configs;
}

async function collect(problems: AgentError[], attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    problems.push(...(error instanceof StartRefused ? error.problems : [error]));
  }
}
