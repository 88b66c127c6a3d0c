/**
 * Raises the limits of all tests, because a machine that does other work is slow; vitest's own limit is a second. And lets none of them, nor
 * the programs that they start, write to the user's cache.
 */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';

const waitFor = vi.waitFor;

const patiently: typeof waitFor = (callback, options) =>
  waitFor(callback, { timeout: 120_000, ...(typeof options === 'number' ? { timeout: options } : options) });

// Files that share a process come here one after the other.
if (waitFor.name !== patiently.name) vi.waitFor = patiently;

const caches = process.env.CACHES_OF_TESTS as string;
if (!process.env.XDG_CACHE_HOME?.startsWith(caches)) process.env.XDG_CACHE_HOME = mkdtempSync(join(caches, 'process-'));
// Wishes that somebody has applied on this machine are no affair of a test.
process.env.XDG_STATE_HOME = join(process.env.XDG_CACHE_HOME, 'state');
