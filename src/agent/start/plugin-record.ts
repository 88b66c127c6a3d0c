/** A plugin in an agent: with its configuration before it starts, with its instance once it is up. */

import type { Logger } from 'pino';
import type { PluginEntry } from '../config/agent-config.js';
import type { ControlQueue } from '../control/control-queue.js';
import type { PluginEnd } from '../lifetime/plugin-end.js';
import type { Part } from '../part.js';
import type { AnyInstance, Plugin, PluginArguments } from '../plugin.js';
import type { LoopWatch } from '../process/loop-watch.js';

/** A plugin with what its start needs. */
export interface Member {
  readonly plugin: Plugin;
  /** What names it in agent.yaml or on the command line, if anything does. */
  readonly entry?: PluginEntry;
  readonly args: PluginArguments;
  /** Whether the agent goes on without it. */
  readonly optional: boolean;
  readonly log: Logger;
  readonly part: Part;
  /** What is published to it, and its configuration in force, checked against its schema. */
  readonly control: ControlQueue;
  /** Told of its end, and of why. */
  readonly end: PluginEnd;
  /** Told what it is doing. */
  readonly loop: LoopWatch;
}

/** A member whose init succeeded, and which is therefore to be closed. */
export interface Up {
  readonly member: Member;
  readonly instance: AnyInstance;
}
