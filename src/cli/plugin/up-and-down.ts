/** Start and end of a plugin under examination, and what is left when it has ended. */

import type { Plugin } from '../../agent/index.js';
import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import { leftOver, type Stock, showLeft } from './left-over.js';
import type { Running } from './stage.js';
import { stepFinding } from './step-finding.js';
import { whereAndWhy } from './where-and-why.js';

/** How long what ends by itself may take to do so. */
const PATIENCE_MS = 1000;
/** Of errors that escape, the first say it all. */
const ESCAPES = 3;

/** Gives whether it runs. */
export async function* takeUp({ watch, stage, signal }: Running, budgetMs: number): AsyncGenerator<Finding, boolean> {
  const failure = await stage.agent.start().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  signal.throwIfAborted();
  let told = false;
  for (const hook of ['create', 'init', 'afterInit'] as const) {
    const steps = watch.steps.filter((step) => step.hook === hook);
    if (failure && steps.length === 0) continue;
    const finding = stepFinding(hook, steps, budgetMs);
    told ||= finding.ok === 'no';
    yield finding;
  }
  // What it gave was not what it had promised, or a plugin that it needs has failed.
  if (failure && !told) yield { check: 'start', ok: 'no', detail: reasonOf(failure.error) };
  return failure === undefined;
}

/** One that did not come up is only closed where its `init` had succeeded. */
export async function* takeDown({ watch, stage }: Running, isUp: boolean, budgetMs: number): AsyncGenerator<Finding> {
  const failure = await stage.close().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const steps = watch.steps.filter(({ hook }) => hook === 'close');
  const finding = stepFinding('close', steps, budgetMs);
  if (failure && finding.ok !== 'no') yield { check: 'close', ok: 'no', detail: reasonOf(failure.error) };
  else if (isUp || steps.length > 0) yield finding;
}

export async function* aftermath(plugin: Plugin, before: Stock, escaped: readonly unknown[]): AsyncGenerator<Finding> {
  const left = await leftOver(before, PATIENCE_MS);
  if (left.length === 0) yield { check: 'left over', ok: 'yes', detail: 'nothing' };
  else {
    const fix = 'end in "close" what create and init have begun; before, when init fails: with the service Closing';
    yield { check: 'left over', ok: 'warn', detail: `${showLeft(left)} after it has closed`, fix };
  }
  for (const error of escaped.slice(0, ESCAPES)) {
    const detail = `nobody caught "${whereAndWhy(error, plugin.file)}", which ends an agent`;
    yield {
      check: 'escaped',
      ok: 'no',
      detail,
      fix: 'catch it in the timer, the listener or the promise that it came from',
    };
  }
}
