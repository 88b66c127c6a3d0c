/** Lets plugins finish what others have begun with them, before anything is closed: all at the same time, each within its own time. */

import { showDuration } from '../../duration.js';
import { reasonOf, stackOf } from '../errors.js';
import { OVERDUE, within } from '../lifetime/budget.js';
import type { RunningPlugin } from './plugin-record.js';

/** Resolves when every plugin is done, or has used up its time. What goes wrong is logged: the plugins are closed anyway. */
export async function drainPlugins(running: readonly RunningPlugin[]): Promise<void> {
  await Promise.all(running.map(drainOne));
}

async function drainOne({ record, instance }: RunningPlugin): Promise<void> {
  const { plugin, log, loop } = record;
  try {
    const drain = loop.call(plugin.name, 'drain', () => instance.drain?.());
    if (drain === undefined) return;
    const outcome = await within(() => drain.done, drain.timeoutMs);
    if (outcome === OVERDUE) log.warn(`it has not drained within ${showDuration(drain.timeoutMs)}; closing`);
  } catch (error) {
    log.error(stackOf(error), `it could not drain: ${reasonOf(error)}`);
  }
}
