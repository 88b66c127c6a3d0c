/**
 * `npm start`: whatever is missing is installed and built, then the agent runs with the samples in conf/.
 * Arguments are passed on: `npm start -- --verbose`.
 *
 * The agent runs in this very process: with one process less between it and the terminal, Ctrl-C reaches it
 * once, and its exit code is npm's.
 */

import { join } from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, orExplain, root } from './tree.mjs';

orExplain(() => {
  checkNode();
  ensureInstalled();
  ensureBuilt();
});

const { runProcess } = await import('../dist/src/cli/main.js');
await runProcess(['run', '--config-dir', join(root, 'conf'), '--mock', 'auto', ...process.argv.slice(2)]);
