/** What a test needs and a machine may lack. A skip without a reason is a failure of `npm test`. */

import type { TestOptions } from 'vitest';

/**
 * Options of a test or suite that is skipped where something is missing; the summary of `npm test` has the reason.
 * In CI such a skip is a failure. `describe('…', needs(sharedMissing), () => …)`.
 */
export function needs(missing: string | false | undefined): TestOptions {
  return missing ? { skip: true, meta: { needs: missing } } : {};
}

declare module 'vitest' {
  interface TaskMeta {
    /** What this machine does not have. */
    needs?: string;
    /** Why it is no failure, in CI either, that this cannot be tested here. */
    excuse?: string;
  }
}
