/**
 * Runs an agent as a program: starts it, waits for a signal or an uncaught error, and shuts it down cleanly. The caller
 * exits with the number that it returns.
 */

import type { Logger } from 'pino';
import { AgentError, reasonOf, StartRefused, stackOf } from '../errors.js';
import { createLog } from '../log/log.js';
import { type ProcessLike, ShutdownReason } from '../process/shutdown-reason.js';
import type { Agent, AgentOptions } from './agent.js';
import { createAgent } from './create-agent.js';

export interface RunOptions extends AgentOptions {
  /** Source of the signals and uncaught errors that end the agent. Default: the process. */
  readonly process?: ProcessLike;
  /** Ends the agent as a signal would: exit code 0. */
  readonly signal?: AbortSignal;
  /** Called with the agent before it starts. The function that it returns is called once the agent has closed. */
  readonly attend?: (agent: Agent) => () => void;
  /** Returns a line to log when the start failed with this error, if the caller knows more about it. */
  readonly advise?: (error: unknown) => string | undefined;
}

/**
 * Runs an agent to its end. Returns 0 after SIGINT, SIGTERM or `signal`; 1 when it could not start, after an uncaught
 * error, or when a plugin did not close properly. A second signal exits immediately, with 130 or 143.
 * Call `process.exit` with the result: a plugin that did not close may still hold the event loop.
 */
export async function runAgent(options: RunOptions = {}): Promise<number> {
  const log = options.log ?? createLog({ level: options.logLevel, layOut: options.layOut });
  const shutdown = new ShutdownReason(options.process ?? process, log, options.signal);
  try {
    const agent = await createAgent({ watch: true, ...options });
    shutdown.log = agent.log;
    shutdown.reload = () => agent.reload();
    shutdown.plugins = agent.plugins;
    const detach = options.attend?.(agent);
    try {
      await runUntil(shutdown, agent, options.advise);
    } finally {
      detach?.();
    }
  } catch (error) {
    logRefusal(error, log);
    shutdown.request(1);
  } finally {
    shutdown.dispose();
  }
  return shutdown.exitCode;
}

async function runUntil(shutdown: ShutdownReason, agent: Agent, advise: RunOptions['advise']): Promise<void> {
  const { log } = agent;
  agent.start().catch((error: unknown) => {
    // A plugin's failure has been logged when it happened.
    if (!(error instanceof AgentError)) log.fatal(stackOf(error), reasonOf(error));
    const advice = advise?.(error);
    if (advice !== undefined) log.fatal(advice);
    shutdown.request(1);
  });
  // Keeps the process alive: without open handles of plugins it would end here, silently and without `close`.
  const alive = setInterval(() => {}, 0x7fffffff);
  await shutdown.reached;
  clearInterval(alive);
  try {
    await agent.close();
  } catch (error) {
    for (const failed of error instanceof AggregateError ? error.errors : [error]) {
      log.error(stackOf(rootOf(failed)), reasonOf(failed));
    }
    shutdown.request(1);
  }
  log.info(`${agent.name} has ended${shutdown.exitCode === 0 ? '' : ', not without errors'}`);
}

/** The error that a plugin threw, out of the one that the agent made of it. */
function rootOf(error: unknown): unknown {
  return error instanceof AgentError && error.cause !== undefined ? error.cause : error;
}

/** A line for each problem. */
function logRefusal(error: unknown, log: Logger): void {
  for (const problem of error instanceof StartRefused ? error.problems : [error]) {
    for (const line of reasonOf(problem).split('\n')) log.fatal(stackOf(problem), line);
  }
  log.fatal('the agent did not start');
}
