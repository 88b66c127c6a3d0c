/**
 * npm runs this after installing in a clone, and before packing: then `npx vppmux` works immediately. Without the
 * compiler (`npm ci --omit=dev`) there is nothing to do it with, which is no failure.
 */

import { canBuild, ensureBuilt, orExplain, say } from './tree.mjs';

// `npm start` and `npm run build` compile after the installation: a failure there is none of npm or the network.
if (process.env.VPPMUX_BUILD_LATER === '1') process.exit(0);
if (canBuild()) orExplain(ensureBuilt);
else say('no dependencies for building are installed: nothing is built');
