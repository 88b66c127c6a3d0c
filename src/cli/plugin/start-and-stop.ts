/** Start and end of a plugin under examination. */

import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import { stepFinding } from './steps.js';
import type { CheckContext } from './test-agent.js';

/** Gives whether it runs. */
export async function* startFindings(
  { recorded, testAgent, signal }: CheckContext,
  budgetMs: number,
): AsyncGenerator<Finding, boolean> {
  const failure = await testAgent.agent.start().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  signal.throwIfAborted();
  let isReported = false;
  for (const hook of ['create', 'init', 'afterInit'] as const) {
    const steps = recorded.steps.filter((step) => step.hook === hook);
    if (failure && steps.length === 0) continue;
    const finding = stepFinding(hook, steps, budgetMs);
    isReported ||= finding.ok === 'no';
    yield finding;
  }
  // It did not provide what it had declared, or a plugin that it needs has failed.
  if (failure && !isReported) yield { check: 'start', ok: 'no', detail: reasonOf(failure.error) };
  return failure === undefined;
}

/** Closes the plugin; one that did not start is only closed where its `init` had succeeded. */
export async function* stopFindings(
  { recorded, testAgent }: CheckContext,
  isUp: boolean,
  budgetMs: number,
): AsyncGenerator<Finding> {
  const failure = await testAgent.close().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const steps = recorded.steps.filter(({ hook }) => hook === 'close');
  const finding = stepFinding('close', steps, budgetMs);
  if (failure && finding.ok !== 'no') yield { check: 'close', ok: 'no', detail: reasonOf(failure.error) };
  else if (isUp || steps.length > 0) yield finding;
}
