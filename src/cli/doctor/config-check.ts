/** Checks whether the agent would start with these configuration files. The same code reads them; nothing is started. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type ConfigPlaces, showProblem } from '../../agent/for-cli.js';
import { type Agent, AgentError, ConfigError, createAgent, createLog, StartRefused } from '../../agent/index.js';
import { builtIns } from '../../plugins/index.js';
import { type Finding, notChecked } from '../output/finding.js';

const PATIENCE_MS = 2000;

/**
 * A finding for each problem; one when there is none. Rejects with the reason of `signal` when that is aborted. `whose`: the
 * running agent that has it.
 */
export async function configFindings(places: ConfigPlaces, signal: AbortSignal, whose?: string): Promise<Finding[]> {
  const warnings: string[] = [];
  const log = createLog({
    level: 'warn',
    pretty: false,
    stream: { write: (line) => void warnings.push((JSON.parse(line) as { msg: string }).msg) },
  });
  let agent: Agent | undefined;
  try {
    agent = await inTime(createAgent({ builtIns, configDir: places.dir, env: places.env, log }), signal);
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    return problemsOf(error).map((detail) => ({ check: 'config', ok: 'no', detail }));
  }
  if (!agent) return [notChecked('config', `a plugin takes longer than ${PATIENCE_MS / 1000} s to load`)];
  if (warnings.length > 0) return warnings.map((detail) => ({ check: 'config', ok: 'warn', detail }));
  const names = agent.plugins.map(({ name }) => name).join(', ');
  const where =
    places.dir === undefined
      ? 'no --config-dir: the defaults'
      : `${places.dir}${whose === undefined ? '' : ` of ${whose}`} is valid`;
  return [{ check: 'config', ok: 'yes', detail: `${where}; plugins ${names}` }];
}

/** A plugin's file is loaded along with its configuration, and may never end doing so: undefined then. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    const patience = sleep(PATIENCE_MS, undefined, { signal: AbortSignal.any([signal, enough.signal]) });
    return await Promise.race([work, patience]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    enough.abort();
  }
}

/** Each of the reasons not to start, with its place. */
export function problemsOf(error: AgentError): string[] {
  if (error instanceof StartRefused) return error.problems.flatMap(problemsOf);
  return error instanceof ConfigError ? error.problems.map(showProblem) : [error.message];
}
