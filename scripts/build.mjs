/** `npm run build`: installs what is missing and compiles to dist, if a source is newer than the last build. */

import { checkNode, ensureBuilt, ensureInstalled, orExplain, say } from './tree.mjs';

orExplain(() => {
  checkNode();
  ensureInstalled();
  if (ensureBuilt() === 0) say('the build is up to date');
});
