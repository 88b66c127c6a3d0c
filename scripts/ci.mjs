/** All that CI does, in parts (.ci/run): the tests, the faults in their short form, a short soak. The last line is `N passed, N failed`. */

import { writeSync } from 'node:fs';
import { runParts } from './ci-parts.mjs';

// Silent: npm's own remarks on a failure say nothing that is not said above them.
const npm = (script, ...more) => ['npm', 'run', '--silent', script, ...more];

const { line, exitCode } = runParts(
  [
    { name: 'tests', command: npm('test') },
    { name: 'faults', command: npm('test:faults', '--', '--short') },
    { name: 'soak', command: npm('soak', '--', '--minutes', '3', '--seconds', '15'), counts: false },
  ],
  (text) => writeSync(1, `ci: ${text}\n`),
);
writeSync(1, `${line}\n`);
process.exitCode = exitCode;
