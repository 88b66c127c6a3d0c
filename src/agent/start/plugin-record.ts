/** A plugin in an agent: with its configuration before it starts, with its instance once it runs. */

import type { Logger } from 'pino';
import type { PluginEntry } from '../config/agent-config.js';
import type { PluginArguments } from '../config/arguments.js';
import type { ControlQueue } from '../control/control-queue.js';
import type { PluginEnd } from '../lifetime/plugin-end.js';
import type { AnyInstance, Plugin } from '../plugin/plugin.js';
import type { LoopWatch } from '../process/loop-watch.js';
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
