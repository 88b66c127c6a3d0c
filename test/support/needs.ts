/** Names what a test needs and a machine may lack. A skip without a reason is a failure of `npm test`. */

import type { TestOptions } from 'vitest';
import { toolsMissing } from './tools.js';

/**
 * Options of a test or suite that is skipped where something is missing; the summary of `npm test` has the reason.
 * In CI such a skip is a failure. `describe('…', needs(sharedMissing), () => …)`.
 */
export function needs(missing: string | false | undefined): TestOptions {
  return missing ? { skip: true, meta: { needs: missing } } : {};
}

/** Options of a test that is skipped where there is an excuse, in CI as well. */
export function excused(excuse: string | undefined): TestOptions {
  return excuse === undefined ? {} : { skip: true, meta: { excuse } };
}

/** Options of a test that calls programs; where one is missing it is skipped, with the reason, in CI as well. */
export function needsTools(...tools: readonly string[]): TestOptions {
  return excused(toolsMissing(...tools));
}

declare module 'vitest' {
  interface TaskMeta {
    /** The programs that this machine does not have. */
    needs?: string;
    /** Reason why it is no failure, in CI either, that this cannot be tested here. */
    excuse?: string;
  }
}
