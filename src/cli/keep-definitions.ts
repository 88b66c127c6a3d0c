/** Keeps what a command has made of VPP's definitions for the next one, in the user's cache folder. */

import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, keepModels } from '../mux/for-cli.js';
import { packageRoot, packageVersion } from './version.js';

export function keepDefinitions(env: Readonly<Record<string, string | undefined>>): void {
  const folder = cacheFolder(env as NodeJS.ProcessEnv);
  if (folder) keepModels(join(dirname(folder), 'models'), `${packageVersion()} ${buildId()}`);
}

/** Tells builds of a clone apart, which have one version. The bundled commands and the others, of one build, have the same. */
function buildId(): string {
  const own = fileURLToPath(import.meta.url);
  const bundle = fileURLToPath(new URL('dist/cli/vppmux.cjs', packageRoot));
  const isBuilt = own.startsWith(fileURLToPath(new URL('dist/', packageRoot)));
  const { size, mtimeMs } = (isBuilt && statSync(bundle, { throwIfNoEntry: false })) || statSync(own);
  return `${size} ${mtimeMs}`;
}
