/** Runs a step of a plugin's start: within its time budget, watched, timed, with an error that names plugin and step. */

import { debug } from '../../debug.js';
import { showDuration } from '../../duration.js';
import { isA } from '../../thrown.js';
import { AgentError, reasonOf, stackOf } from '../errors.js';
import { type INTERRUPTED, OVERDUE, within } from '../lifetime/budget.js';
import type { Timing } from '../status/timings.js';
import type { PluginRecord } from './plugin-record.js';

export interface Step<T> {
  readonly step: 'init' | 'afterInit';
  run(): T | Promise<T>;
  /** Called with the result of a step that was given up and has succeeded after all. */
  readonly undo?: (result: T) => unknown;
  /** Milliseconds that it may take. */
  readonly budgetMs: number;
  /** Gives the step up when it is aborted. */
  readonly interrupt: AbortSignal;
  /** Gets an entry for the step, also for one that fails. */
  readonly timings: Timing[];
}

/** The step's result, or INTERRUPTED. Throws PLUGIN_FAILED for its error, PLUGIN_TIMEOUT when it takes too long. */
export async function runStep<T>(record: PluginRecord, given: Step<T>): Promise<T | typeof INTERRUPTED> {
  const { step, undo = () => {}, budgetMs, interrupt: signal, timings } = given;
  const { name } = record.plugin;
  const late = (running: Promise<T>) => {
    running.then(undo).catch((error: unknown) => {
      record.log.warn(stackOf(error), `its ${step}, given up before, failed after all: ${reasonOf(error)}`);
    });
  };
  const began = performance.now();
  const leave = record.loop.enter(name, step);
  let failed = true;
  try {
    const run = () => record.loop.call(name, step, () => given.run());
    const outcome = await within(run, budgetMs, { signal, late });
    if (outcome === OVERDUE) {
      const text = `plugin ${name}: its ${step} has not finished within ${showDuration(budgetMs)} (start-timeout in agent.yaml)`;
      throw new AgentError('PLUGIN_TIMEOUT', text, { plugin: name });
    }
    failed = false;
    return outcome;
  } catch (cause) {
    if (isA(cause, AgentError)) throw cause;
    const text = `plugin ${name}: its ${step} failed: ${reasonOf(cause)}`;
    throw new AgentError('PLUGIN_FAILED', text, { plugin: name, cause });
  } finally {
    leave();
    const ms = performance.now() - began;
    debug.plugins?.(`${step} of ${name} ${failed ? 'failed' : 'ended'} after ${Math.round(ms)} ms`);
    timings.push({ step, plugin: name, ms, failed });
  }
}
