/**
 * Creates an agent: reads every configuration, chooses the plugins, orders them, and returns the agent that can be
 * started. No code of a plugin runs before all of that is known to be right.
 */

import type { Logger } from 'pino';
import { closestOrAll } from '../../nearest.js';
import { type Chosen, choosePlugins } from '../choose/choose-plugins.js';
import { defaultPlugins } from '../choose/load-plugin.js';
import type { AgentFile } from '../config/agent-config.js';
import { misplacedArguments } from '../config/arguments.js';
import { ConfigError, showProblem } from '../config/config-error.js';
import { ConfigState } from '../config/config-state.js';
import { Configuration, type PluginConfig } from '../config/configuration.js';
import { unknownFiles } from '../config/locate.js';
import { ControlQueue } from '../control/control-queue.js';
import { AgentError, reasonOf, refuseIfAny, stackOf } from '../errors.js';
import { PluginEnd } from '../lifetime/plugin-end.js';
import { createLog } from '../log/log.js';
import { orderPlugins } from '../order/order-plugins.js';
import { blame } from '../process/blame.js';
import { LoopWatch } from '../process/loop-watch.js';
import type { PluginRecord } from '../start/plugin-record.js';
import { StatusBoard } from '../status/status-board.js';
import type { Agent, AgentOptions } from './agent.js';
import { assemble } from './assemble.js';
import { uncollected } from './uncollected.js';

/**
 * Reads the configuration and prepares the plugins. Rejects with AgentError (CONFIG_INVALID, PLUGIN_NOT_FOUND,
 * MISSING_PROVIDER, …; several together as StartRefused) before anything has started.
 */
export async function createAgent(options: AgentOptions = {}): Promise<Agent> {
  const { builtIns = {}, env = process.env, settings = {} } = options;
  const places = { files: options.configFiles, env, dir: options.configDir };
  const configuration = new Configuration(places, settings, defaultPlugins(builtIns));
  const file = configuration.readAgent();
  const { ordered, skipped } = await plan(options, file);
  const names = ordered.map(({ plugin }) => plugin.name);
  refuseUnknown(options.debug ?? [], names);

  const log = options.log ?? createLog({ level: options.logLevel ?? file.value['log-level'], layOut: options.layOut });
  if (options.log === undefined) log.debug({ file: file.file }, 'read the agent configuration');
  for (const name of configuration.uselessSettings(names)) {
    log.warn(`settings for plugin ${name} have no effect: it does not run`);
  }
  const configs = configuration.readPlugins(ordered, file);
  const board = new StatusBoard((error) => log.error(stackOf(error), listenerFault(error, ordered)));
  const loop = new LoopWatch((level, text) => log[level](text));
  const state = new ConfigState((status) => {
    if (status.valid && !board.status.config.valid) log.info('the configuration is valid again');
    board.configuration(status);
  });
  const enlist = ({ plugin, entry, optional }: Chosen): PluginRecord => {
    const { name, version } = plugin;
    const config = configs.get(name);
    const owner = {
      name,
      log: log.child({ plugin: name }),
      status: board.add({ name, version, optional }),
      loop,
      state,
    };
    const control = new ControlQueue(owner, config?.value, file.value['control-timeout']);
    logConfig(config, owner.log);
    const args = entry?.arguments ?? {};
    for (const warning of misplacedArguments(plugin, args)) owner.log.warn(warning);
    return { plugin, entry, args, optional, control, end: new PluginEnd(name), ...owner };
  };
  const records = ordered.map(enlist);
  for (const { plugin, isMisspelt, text } of uncollected(ordered.map((each) => each.plugin))) {
    const own = records.find((record) => record.plugin.name === plugin)?.log;
    own?.[isMisspelt ? 'warn' : 'debug'](text);
  }
  for (const line of unknownFiles(places.dir, [...names, ...Object.keys(builtIns)])) log.warn(line);
  for (const { name, version, error } of skipped) {
    log.error(`${error.message}; skipped, since it is optional`);
    board.add({ name, version, optional: true }).end('error', error.message);
  }
  return assemble({ options, configuration, file, log, board, loop, state, records });
}

/**
 * Chooses the program's own plugins, or the ones that agent.yaml and the environment list, then further ones; and
 * orders them.
 */
async function plan(options: AgentOptions, file: AgentFile) {
  const { builtIns = {}, env = process.env, plugins, morePlugins: more = [] } = options;
  const given = plugins?.map((plugin): Chosen => ({ plugin, optional: plugin.optional })) ?? [];
  const listed = plugins
    ? { agent: { ...file, value: { ...file.value, plugins: [] } }, env: {} }
    : { agent: file, env };
  const loaded = await choosePlugins({ builtIns, more, ...listed });
  const chosen = [...given, ...loaded.chosen];
  if (chosen.length === 0 && loaded.skipped.length === 0 && !plugins) throw nothingToRun(file);
  const others = Object.values(builtIns).filter((other) => typeof other !== 'function');
  const { ordered, skipped } = orderPlugins(chosen, others);
  return { ordered, skipped: [...loaded.skipped, ...skipped] };
}

function listenerFault(error: unknown, chosen: readonly Chosen[]): string {
  const plugin = blame(
    error,
    chosen.map((each) => each.plugin),
  );
  const whose = plugin ? ` of plugin ${plugin.name}` : '';
  return `a listener${whose} for changes of the status has failed: ${reasonOf(error)} (logged once)`;
}

function nothingToRun({ file, located }: AgentFile): AgentError {
  const message = 'no plugin is listed; without the key "plugins" the default ones run';
  if (file === undefined) return new AgentError('CONFIG_INVALID', message);
  return new ConfigError([located.problem(['plugins'], message, 'value')]);
}

function refuseUnknown(debug: readonly string[], names: readonly string[]): void {
  refuseIfAny(
    debug
      .filter((name) => !names.includes(name))
      .map(
        (name) =>
          new AgentError('PLUGIN_NOT_FOUND', `--debug ${name}: no such plugin runs${closestOrAll(name, names).text}`),
      ),
  );
}

function logConfig(config: PluginConfig | undefined, log: Logger): void {
  for (const warning of config?.warnings ?? []) log.warn(showProblem(warning));
  if (config?.file !== undefined) log.debug({ keys: config.keys }, `read ${config.file}`);
}
