/**
 * Closes plugins, the last started first, whatever happens to any of them, within one time budget.
 *
 * Each gets its share: the remaining time divided by the number of remaining plugins. One that takes longer is logged and
 * the next begins, while it goes on next to them until the whole budget is used up.
 */

import { showDuration } from '../../duration.js';
import { AgentError, reasonOf } from '../errors.js';
import { OVERDUE, within } from '../lifetime/budget.js';
import type { OperationsRegistry } from '../operations/registry.js';
import type { Timing } from '../status/timings.js';
import type { PluginRecord, RunningPlugin } from './plugin-record.js';

/** Closes all plugins. Resolves with a CLOSE_FAILED for each that did not close properly. Adds to `timings`. */
export async function stopPlugins(
  started: readonly RunningPlugin[],
  operations: OperationsRegistry,
  stopMs: number,
  timings: Timing[],
): Promise<AgentError[]> {
  operations.stop();
  for (const { record } of started) record.status.life('closed', 'closing');
  return stopSome(started, 'the agent is closing', operations, stopMs, timings);
}

/** Closes some plugins while the others run on; `why` is the reason that their services give from then on. */
export async function stopSome(
  started: readonly RunningPlugin[],
  why: string,
  operations: OperationsRegistry,
  stopMs: number,
  timings: Timing[],
): Promise<AgentError[]> {
  const deadline = performance.now() + stopMs;
  const errors: AgentError[] = [];
  const stragglers: Promise<void>[] = [];
  for (const [before, up] of [...started.entries()].reverse()) {
    const { record } = up;
    const share = Math.max(1, (deadline - performance.now()) / (before + 1));
    const closed = closeOne(up, why, operations, share, timings)
      .catch((error: unknown) => void errors.push(closeFailed(record, reasonOf(error), error)))
      .finally(() => record.end.complete(why));
    if ((await within(() => closed, share)) !== OVERDUE) continue;
    if (before > 0) record.log.warn(`it is slow to close (${showDuration(share)} so far); going on with the others`);
    stragglers.push(
      within(() => closed, Math.max(1, deadline - performance.now())).then((outcome) => {
        const reason = `it did not finish within ${showDuration(stopMs)} (stop-timeout in agent.yaml)`;
        if (outcome !== OVERDUE) return;
        errors.push(closeFailed(record, reason));
        record.end.complete(why);
      }),
    );
  }
  await Promise.all(stragglers);
  return errors;
}

/** Ends its operations first, within half of its share. Everything that it has opened works until it is closed. */
async function closeOne(
  { record, instance }: RunningPlugin,
  why: string,
  operations: OperationsRegistry,
  share: number,
  timings: Timing[],
): Promise<void> {
  const { name } = record.plugin;
  const began = performance.now();
  const leave = record.loop.enter(name, 'close');
  let failed = true;
  try {
    await operations.retire(name, share / 2);
    record.end.announce();
    await record.control.end();
    await instance.close?.();
    failed = false;
    record.status.end('closed', 'closed');
  } finally {
    leave();
    await operations.dismiss(name, record.end.because(why), share / 4);
    timings.push({ step: 'close', plugin: name, ms: performance.now() - began, failed });
  }
}

function closeFailed(record: PluginRecord, reason: string, cause?: unknown): AgentError {
  const { name } = record.plugin;
  const text = `plugin ${name}: its close failed: ${reason}`;
  record.status.end('error', text);
  return new AgentError('CLOSE_FAILED', text, { plugin: name, cause });
}
