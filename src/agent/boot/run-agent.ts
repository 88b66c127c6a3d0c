/**
 * An agent as a program: it starts, goes on until a signal or an error that nobody caught, and leaves in order.
 * The caller turns the number it gives into the exit code.
 */

import type { Logger } from 'pino';
import { AgentError, reasonOf, StartRefused, stackOf } from '../errors.js';
import { createLog } from '../log/log.js';
import { Ending, type ProcessLike } from '../process/shutdown-reason.js';
import type { Agent, AgentOptions } from './agent.js';
import { createAgent } from './create-agent.js';

export interface RunOptions extends AgentOptions {
  /** Whose signals and escaped errors end the agent. Default: the process. */
  readonly process?: ProcessLike;
  /** Ends the agent as a signal would: exit code 0. */
  readonly signal?: AbortSignal;
  /** Called with the agent before it starts; what it gives back is called once the agent has closed. */
  readonly attend?: (agent: Agent) => () => void;
  /** Gives a line to add to the log of a start that failed with this error, if the caller knows more of it. */
  readonly advise?: (error: unknown) => string | undefined;
}

/**
 * Runs an agent to its end. Gives 0 after SIGINT, SIGTERM or `signal`; 1 when it could not start, when an error
 * escaped, or when a plugin did not close properly. A second signal exits at once, with 130 or 143.
 * Call `process.exit` with the result: a plugin that did not close may still hold the event loop.
 */
export async function runAgent(options: RunOptions = {}): Promise<number> {
  const log = options.log ?? createLog({ level: options.logLevel, layOut: options.layOut });
  const ending = new Ending(options.process ?? process, log, options.signal);
  try {
    const agent = await createAgent({ watch: true, ...options });
    ending.log = agent.log;
    ending.reload = () => agent.reload();
    ending.plugins = agent.plugins;
    const leave = options.attend?.(agent);
    try {
      await runUntil(ending, agent, options.advise);
    } finally {
      leave?.();
    }
  } catch (error) {
    logRefusal(error, log);
    ending.leave(1);
  } finally {
    ending.dispose();
  }
  return ending.exitCode;
}

async function runUntil(ending: Ending, agent: Agent, advise: RunOptions['advise']): Promise<void> {
  const { log } = agent;
  agent.start().catch((error: unknown) => {
    // What a plugin failed with has been told when it happened.
    if (!(error instanceof AgentError)) log.fatal(stackOf(error), reasonOf(error));
    const advice = advise?.(error);
    if (advice !== undefined) log.fatal(advice);
    ending.leave(1);
  });
  // Plugins that hold nothing open would let the process end here, without a word and without `close`.
  const alive = setInterval(() => {}, 0x7fffffff);
  await ending.reached;
  clearInterval(alive);
  try {
    await agent.close();
  } catch (error) {
    for (const failed of error instanceof AggregateError ? error.errors : [error]) {
      log.error(stackOf(rootOf(failed)), reasonOf(failed));
    }
    ending.leave(1);
  }
  log.info(`${agent.name} has ended${ending.exitCode === 0 ? '' : ', not without errors'}`);
}

/** What a plugin threw, inside what the agent says of it. */
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
