/** `npm run bench`: whatever is missing is installed and built, then the benchmarks run. Arguments: test/bench/options.ts. */

import { checkNode, ensureBuilt, ensureInstalled, orExplain } from './tree.mjs';

orExplain(() => {
  checkNode();
  ensureInstalled();
  ensureBuilt();
});

await import('../dist/test/bench/main.js');
