/**
 * `npm test` and `npm run test:faults`: whatever is missing is installed, then type check and build, lint, and the tests. The
 * last line is `N passed, N failed`; the exit code is 1 when anything failed. Arguments go to vitest:
 * `npm test -- test/cli -t 'ping'`. What belongs to the faults: vitest.config.ts.
 *
 *   --faults   the faults, in their long form and one file after the other, since it has bounds of time
 *   --short    their short form
 *
 * The tests of a file run in another order each time; VPPMUX_TEST_SEED repeats the one of a run (test-order.mjs).
 *
 * With CI=true a skipped test counts as a failure: there, all that tests need is in place. Excused are those whose
 * `meta.excuse` names a reason outside of the machine: a package registry that cannot be reached. VPPMUX_SUMMARY names a
 * file that gets counts and notes as JSON.
 */

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderArgs, seedOf } from './test-order.mjs';
import { summarize } from './test-summary.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root, run, StepFailed, say, seconds, voice } from './tree.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);
const inCi = process.env.CI === 'true' || process.env.CI === '1';
const own = ['--faults', '--short'].filter((option) => process.argv.includes(option));
const given = process.argv.slice(2).filter((argument) => !own.includes(argument));
const faults = own.includes('--faults');
const long = faults && !own.includes('--short');
/** Files that are named are run, whichever they belong to. */
const named = given.some((argument) => /^(test|examples)\/|^--project\b/.test(argument));
/** Tests that `-t NAME` excludes are skipped, too. */
const selected = given.some((argument) => /^(-t|--testNamePattern)\b/.test(argument));
const failedSteps = [];
let seed;
voice.fd = 1;

/** Runs a step, says how long it took, and notes whether it failed. */
function step(name, action) {
  const started = performance.now();
  try {
    action();
    say(`${name}: ok (${seconds(started)})`);
    return true;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    failedSteps.push(name);
    say(`${name}: FAILED (${seconds(started)}): ${error.message}`);
    return false;
  }
}

/** The build bundles the page without looking at its types. */
const checkPage = () => {
  const args = [bin('typescript', 'bin', 'tsc'), '-p', 'web/tsconfig.json'];
  if (run(process.execPath, args) !== 0) throw new StepFailed('the compiler names the files above');
};

const lint = () => {
  if (run(process.execPath, [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']) !== 0) {
    throw new StepFailed('`npx biome check --write` mends most of it');
  }
};

/**
 * Runs the tests, whose temporary files go with the run; gives vitest's own report, or undefined when it did not get as
 * far as writing one. The folder has a short name, since the path of a socket has 107 bytes, and the mode of /tmp, since some
 * tests run programs as other users.
 */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'vt-'));
  chmodSync(folder, 0o1777);
  const report = join(folder, 'report.json');
  try {
    const vitest = [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
    const project = named ? [] : [`--project=${faults ? 'faults' : '!faults'}`];
    const args = [
      ...vitest,
      `--outputFile.json=${report}`,
      ...project,
      ...orderArgs(seed),
      ...(long ? ['--no-file-parallelism'] : []),
      ...given,
    ];
    // No test builds again, also when a source is edited meanwhile.
    const own = { TMPDIR: folder, VPPMUX_BUILT: 'yes' };
    const code = run(process.execPath, args, { ...own, ...(long && { VPPMUX_FAULTS: 'long' }) });
    return { code, ...JSON.parse(readFileSync(report, 'utf8')) };
  } catch (error) {
    if (error instanceof StepFailed || error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ready =
  step('install', () => {
    checkNode();
    seed = seedOf(process.env);
    ensureInstalled();
  }) && step('type check and build', ensureBuilt);
if (ready && !faults) {
  step('type check of the dashboard', checkPage);
  step('lint', lint);
}
const started = performance.now();
const report = ready ? runTests() : undefined;
if (ready)
  say(`tests: ${report ? 'run' : 'FAILED to run'} (${seconds(started)}), in the order of VPPMUX_TEST_SEED=${seed}`);

const summary = summarize(report, { ran: ready, failedSteps, inCi, selected });
for (const line of summary.notes) say(line);
if (process.env.VPPMUX_SUMMARY) writeFileSync(process.env.VPPMUX_SUMMARY, JSON.stringify(summary));
console.log(summary.line);
process.exitCode = summary.exitCode;
