/** The entry of the bundled commands (`scripts/cli.mjs`). */

import { processIo } from './io.js';
import { runProgram } from './program.js';
import { QUICK_COMMANDS } from './quick-commands.js';

/** Runs the command line, which asks for one of the bundled commands, on this process and ends it. */
export async function runProcess(argv: readonly string[]): Promise<never> {
  process.exit(await runProgram(argv, processIo(), QUICK_COMMANDS));
}
