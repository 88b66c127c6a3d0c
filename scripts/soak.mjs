/** `npm run soak -- --minutes 10`: whatever is missing is installed and built, then the soak runs. Arguments: test/faults/soak.ts. */

import { checkNode, ensureBuilt, ensureInstalled, orExplain } from './tree.mjs';

orExplain(() => {
  checkNode();
  ensureInstalled();
  ensureBuilt();
});

await import('../dist/test/faults/soak.js');
