/** Raises the limits of all tests, because a machine that does other work is slow; vitest's own limit is a second. */

import { vi } from 'vitest';

const waitFor = vi.waitFor;

const patiently: typeof waitFor = (callback, options) =>
  waitFor(callback, { timeout: 120_000, ...(typeof options === 'number' ? { timeout: options } : options) });

// Files that share a process come here one after the other.
if (waitFor.name !== patiently.name) vi.waitFor = patiently;
