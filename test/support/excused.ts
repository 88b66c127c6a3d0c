/** Tests that this machine cannot run, for a reason that is no fault of the project. */

import type { TestContext } from 'vitest';
import { toolsMissing } from './tools.js';

/** Skips the rest of the test; the summary of `npm test` shows the reason. */
export function excuse({ task, skip }: TestContext, reason: string): never {
  Object.assign(task.meta, { excuse: reason });
  return skip(reason);
}

/** Skips the test unless it runs as root, and can start programs as somebody else. */
export function needsRoot(context: TestContext): void {
  if (process.geteuid?.() !== 0) excuse(context, 'only root can act as another user');
  const missing = toolsMissing('setpriv');
  if (missing !== undefined) excuse(context, missing);
}
