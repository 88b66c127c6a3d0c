/**
 * npm runs this after installing in a clone, and before packing: then `npx vppmux` works at once. Without the
 * compiler (`npm ci --omit=dev`) there is nothing to do it with, which is no failure.
 */

import { canBuild, ensureBuilt, orExplain, say } from './tree.mjs';

if (canBuild()) orExplain(ensureBuilt);
else say('dependencies for building are left out: nothing is built');
