/**
 * Creates an agent: reads agent.yaml, chooses the plugins, orders them, reads their configuration, and returns the agent
 * that can be started. No code of a plugin runs before all of that is known to be right.
 */

import { closestOrAll } from '../../nearest.js';
import { type Chosen, choosePlugins } from '../choose/choose-plugins.js';
import { defaultPlugins } from '../choose/load-plugin.js';
import type { AgentFile } from '../config/agent-config.js';
import { ConfigState } from '../config/config-state.js';
import { Configuration } from '../config/configuration.js';
import { unknownFiles } from '../config/locate.js';
import { AgentError, reasonOf, refuseIfAny, stackOf } from '../errors.js';
import { createLog } from '../log/log.js';
import { orderPlugins } from '../order/order-plugins.js';
import { placePlugins } from '../order/place-plugins.js';
import { blame } from '../process/blame.js';
import { LoopWatch } from '../process/loop-watch.js';
import { recordOf } from '../start/plugin-record.js';
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
  const sources = { builtIns, given: options.plugins, agent: file, env, more: options.morePlugins ?? [] };
  const { chosen, skipped: unusable } = await choosePlugins(sources);
  const byDefault = Object.values(builtIns).filter((other) => typeof other !== 'function');
  const { placed, dataplanes, problems } = placePlugins(chosen, file, (owner) =>
    namesOf(owner, chosen, configuration, file),
  );
  refuseIfAny(problems);
  const { ordered, skipped: impossible } = orderPlugins(placed, byDefault);
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
  const parts = { log, board, loop, state, controlMs: file.value['control-timeout'] };
  const records = ordered.map((each) => recordOf(each, configs.get(each.plugin.name), parts));
  for (const { plugin, isMisspelt, text } of uncollected(ordered.map((each) => each.plugin))) {
    const own = records.find((record) => record.plugin.name === plugin)?.log;
    own?.[isMisspelt ? 'warn' : 'debug'](text);
  }
  for (const line of unknownFiles(places.dir, [...names, ...Object.keys(builtIns)])) log.warn(line);
  for (const { name, version, error } of [...unusable, ...impossible]) {
    log.error(`${error.message}; skipped, since it is optional`);
    board.add({ name, version, optional: true }).end('error', error.message);
  }
  return assemble({ options, configuration, file, log, board, loop, state, records, dataplanes });
}

/** The names of a plugin's dataplanes. Where its configuration has mistakes, those of all plugins are thrown with them. */
function namesOf(
  owner: Chosen,
  chosen: readonly Chosen[],
  configuration: Configuration,
  file: AgentFile,
): readonly string[] {
  try {
    return owner.plugin.dataplanes?.names(configuration.readPlugin(owner, file).value) ?? [];
  } catch (error) {
    configuration.readPlugins(chosen, file);
    throw error;
  }
}

function listenerFault(error: unknown, chosen: readonly Chosen[]): string {
  const plugin = blame(
    error,
    chosen.map((each) => each.plugin),
  );
  const whose = plugin ? ` of plugin ${plugin.name}` : '';
  return `a listener${whose} for changes of the status has failed: ${reasonOf(error)} (logged once)`;
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
