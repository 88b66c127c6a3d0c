/** For all tests: what is waited for may take its time on a machine that does other work as well; vitest gives it a second. */

import { vi } from 'vitest';

const waitFor = vi.waitFor;

vi.waitFor = (callback, options) =>
  waitFor(callback, { timeout: 120_000, ...(typeof options === 'number' ? { timeout: options } : options) });
