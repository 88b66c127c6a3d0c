/** The build of this tree, for tests of the built program. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds when a source is newer; installs nothing, since other tests are using what is installed. `npm test` has built before
 * its tests begin: a source that is edited meanwhile changes nothing for them.
 */
export function builtTree(): void {
  if (process.env.VPPMUX_BUILT === 'yes') return;
  const { status, stderr } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`these tests need the build:\n${stderr}`);
}
