/** A folder for the caches of a run's tests, and of the programs that they start; gives what removes it. A worker of vitest may be killed before it can. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function makeCacheFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-caches-'));
  process.env.CACHES_OF_TESTS = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
