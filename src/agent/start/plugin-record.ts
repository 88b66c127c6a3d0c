/** A plugin in an agent: with its configuration before it starts, with its instance once it runs. */

import type { Logger } from 'pino';
import type { Chosen } from '../choose/choose-plugins.js';
import type { PluginEntry } from '../config/agent-config.js';
import { misplacedArguments, type PluginArguments } from '../config/arguments.js';
import { showProblem } from '../config/config-error.js';
import type { ConfigState } from '../config/config-state.js';
import type { PluginConfig } from '../config/configuration.js';
import { ControlQueue } from '../control/control-queue.js';
import { PluginEnd } from '../lifetime/plugin-end.js';
import type { AnyInstance, Plugin } from '../plugin/plugin.js';
import type { LoopWatch } from '../process/loop-watch.js';
import type { StatusBoard } from '../status/status-board.js';
import type { StatusEntry } from '../status/status-entry.js';

/** A plugin with everything that its start needs. */
export interface PluginRecord {
  readonly plugin: Plugin;
  /** The entry of agent.yaml or of the command line that names it, if any. */
  readonly entry?: PluginEntry;
  readonly args: PluginArguments;
  /** Whether the agent continues without it when it fails. */
  readonly optional: boolean;
  readonly log: Logger;
  readonly status: StatusEntry;
  /** Its control events, and its configuration in effect. */
  readonly control: ControlQueue;
  /** Its end, as signals for its services. */
  readonly end: PluginEnd;
  /** Notified of its activity. */
  readonly loop: LoopWatch;
}

/** A plugin whose init succeeded, and which is therefore to be closed. */
export interface RunningPlugin {
  readonly record: PluginRecord;
  readonly instance: AnyInstance;
}

/** The parts of the agent that a plugin is connected to. */
export interface AgentParts {
  readonly log: Logger;
  readonly board: StatusBoard;
  readonly loop: LoopWatch;
  readonly state: ConfigState;
  /** Milliseconds for each hook of a control event. */
  readonly controlMs: number;
}

/** Gives a chosen plugin its log, its entry on the status board and its control events, and logs its warnings. */
export function recordOf(
  { plugin, entry, optional }: Chosen,
  config: PluginConfig | undefined,
  { log: agentLog, board, loop, state, controlMs }: AgentParts,
): PluginRecord {
  const { name, version, dataplane } = plugin;
  const log = agentLog.child({ plugin: name, ...(dataplane !== undefined && { dataplane }) });
  const owner = { name, log, status: board.add({ name, version, optional, dataplane }), loop, state };
  const args = entry?.arguments ?? {};
  for (const warning of config?.warnings ?? []) log.warn(showProblem(warning));
  if (config?.file !== undefined) log.debug({ keys: config.keys }, `read ${config.file}`);
  for (const warning of misplacedArguments(plugin, args)) log.warn(warning);
  const control = new ControlQueue(owner, config?.value, controlMs);
  return { plugin, entry, args, optional, control, end: new PluginEnd(name), ...owner };
}
