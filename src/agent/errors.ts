/**
 * Every error of the agent, in one table: code → what it means and what to do. Messages name the plugin,
 * the file, or the key; a start that fails for several reasons lists all of them in `problems`.
 */

import { errorCopy, propertyOf } from '../thrown.js';

export { reasonOf } from '../thrown.js';

/** code → what it means and what to do. */
export const AGENT_ERROR_CODES = {
  CONFIG_INVALID: 'a configuration file has an unknown key or a bad value; file, line and column are named',
  CONFIG_NOT_FOUND: 'a configuration file that was named explicitly is not there; nothing is assumed in its place',
  PLUGIN_NOT_FOUND: 'no plugin of this name, or no file at this path; the nearest names are given',
  PLUGIN_INVALID:
    'a plugin definition lacks something, or the file cannot be loaded or does not register exactly one plugin',
  PLUGIN_UNSAFE:
    'everybody can write the plugin file or a folder above it, or another user has put it into a folder that all share; nothing of it is run',
  API_MISMATCH: 'a plugin was built for another version of the agent API; both versions are named',
  DUPLICATE_PLUGIN: 'two plugins of one name',
  DUPLICATE_PROVIDER: 'two plugins provide the same service; remove one of them',
  MISSING_PROVIDER: 'a plugin requires a service that no plugin in the list provides',
  CIRCULAR_NEED: 'plugins require each other in a circle; the whole circle is named',
  PLUGIN_FAILED: 'a plugin threw in one of its life-cycle steps; cause is what it threw',
  PLUGIN_TIMEOUT: 'a plugin did not finish a life-cycle step within its time budget',
  PLUGIN_ENDED:
    'a plugin that has been closed, or that failed to start, went on using a service; what it had opened is closed',
  CLOSE_FAILED: 'one or more plugins did not close properly; all others did',
  OPERATION_INVALID:
    'the definition of an operation is wrong, or a plugin lists something as an operation that is none',
  OPERATION_CONFLICT: 'two plugins define an operation of one name differently; both are named',
  DUPLICATE_ROUTE:
    'two plugins serve the same path over HTTP; both are named: give one of them another path, or remove it',
  BAD_STATE: 'a call that the life cycle does not allow now (started twice, started after close)',
} as const;

export type AgentErrorCode = keyof typeof AGENT_ERROR_CODES;

/** Base of all errors of the agent: `code` is stable, `message` is for people. */
export class AgentError extends Error {
  readonly code: AgentErrorCode;
  /** The plugin that it is about, if any. */
  readonly plugin?: string;
  /** The configuration file that it is about, if any. */
  readonly file?: string;

  constructor(
    code: AgentErrorCode,
    message: string,
    options: { plugin?: string; file?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.plugin = options.plugin;
    this.file = options.file;
  }
}

/** Several reasons not to start, found together so that they can be fixed together. */
export class StartRefused extends AgentError {
  constructor(readonly problems: readonly AgentError[]) {
    super(problems[0].code, problems.map((problem) => problem.message).join('\n'), { plugin: problems[0].plugin });
  }
}

/** Throws the one problem itself, or several as one StartRefused; nothing where there are none. */
export function refuseIfAny(problems: readonly AgentError[]): void {
  if (problems.length === 1) throw problems[0];
  if (problems.length > 1) throw new StartRefused(problems);
}

/**
 * The fields to log next to the message: the error with its stack, for errors without a code (a TypeError in a plugin).
 * Errors with a code are written for people, and their stack would only hide the message. It is a copy, because a logger
 * reads every field of an error.
 */
export function stackOf(thrown: unknown): { err?: Error } {
  const err = typeof propertyOf(thrown, 'code') === 'string' ? undefined : errorCopy(thrown);
  return err === undefined ? {} : { err };
}
