/**
 * The material next to the project (definitions, vectors, captures), for tests that can use it. Found through
 * VPPMUX_SHARED, else `../shared`. Without it those tests are skipped; in CI that is a failure.
 */

import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env.VPPMUX_SHARED || '../shared';
const root = isAbsolute(wanted) ? wanted : resolve(project, wanted);

/** Reason to skip tests that need the material; false when it is there. For `needs(sharedMissing)`. */
export const sharedMissing: string | false = existsSync(join(root, 'vpp-api'))
  ? false
  : `no shared material in ${root} (VPPMUX_SHARED)`;

if (sharedMissing) {
  if (process.env.CI === 'true') throw new Error(`CI must have the shared material: ${sharedMissing}`);
}

/** Path of something in the shared material. */
export function sharedPath(...parts: string[]): string {
  return join(root, ...parts);
}
