/**
 * Makes this work tree ready to run: dependencies installed, `dist` built. Plain Node built-ins only:
 * it runs on a fresh clone, before anything is installed.
 *
 * Both steps are skipped when they are newer than what they are made from, so that a start costs nothing.
 */

import { spawnSync } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { replaceTree } from './replace-tree.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Made from these: a change in any of them makes `dist` stale. */
const SOURCES = [
  'src',
  'mock-vpp',
  'test',
  'examples',
  'web',
  'scripts/web.mjs',
  'scripts/cli.mjs',
  'scripts/cli',
  'messages',
  'tsconfig.json',
  'package.json',
  'node_modules/.package-lock.json',
];
const STAMP = join(root, 'dist', '.built');
const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** A step that failed in a way the person can mend; its message is all they need to see. */
export class StepFailed extends Error {}

/** Output of these scripts and the commands they run: stderr, unless nothing else goes to stdout. */
export const voice = { fd: 2 };

export const say = (line) => writeSync(voice.fd, `vppmux: ${line}\n`);

/** Throws unless this Node is one that package.json asks for. */
export function checkNode() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace(/^>=/, '');
  if (isOlder(process.versions.node, wanted)) {
    throw new StepFailed(`Node.js ${wanted} or newer is needed; this is ${process.versions.node}`);
  }
}

/** Installs the dependencies, those for building included, when they are missing or older than the lock file. */
export function ensureInstalled() {
  const installed = mtime(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= mtime(join(root, 'package-lock.json')) && existsSync(TSC)) return;
  say(
    `${installed === 0 ? 'the dependencies are not installed yet' : 'package-lock.json has changed'}: running npm ci …`,
  );
  checkWritable();
  const started = performance.now();
  // NODE_ENV=production or a user's omit=dev must not leave out the compiler.
  const result = run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    VPPMUX_BUILD_LATER: '1',
  });
  if (result !== 0) {
    throw new StepFailed(
      `npm ci failed (exit code ${result}; its reasons are above). It needs the npm registry: ` +
        'check the network, a proxy (npm config get proxy) and the registry (npm config get registry), then try again',
    );
  }
  say(`dependencies installed (${seconds(started)})`);
}

/**
 * Compiles to `dist` when that is missing or older than a source. Gives the milliseconds it took, 0 when it was up to date.
 * One of several processes builds, and the others wait for it (build-lock.mjs).
 */
export function ensureBuilt() {
  if (isBuilt()) return 0;
  checkWritable();
  const started = performance.now();
  return withBuildLock(root, () => {
    if (isBuilt()) return 0;
    say(`${existsSync(STAMP) ? 'sources are newer than the build' : 'there is no build yet'}: compiling …`);
    compile();
    say(`built (${seconds(started)})`);
    return performance.now() - started;
  });
}

const isBuilt = () => mtime(STAMP) >= Math.max(...SOURCES.map((path) => newestMtime(join(root, path))));

/** Programs of this tree may be running meanwhile: what they read from `dist` is whole at any time. */
function compile() {
  const begun = new Date();
  // As deep as `dist`: source maps have paths from there to the sources.
  const fresh = join(root, `.dist-${process.pid}`);
  try {
    const result = run(process.execPath, [TSC, '-p', 'tsconfig.json', '--outDir', fresh]);
    if (result !== 0) throw new StepFailed('the build failed: the compiler names the files above');
    const bundled = run(process.execPath, [join('scripts', 'web.mjs'), join(fresh, 'ui')]);
    if (bundled !== 0) throw new StepFailed('the build failed: the page of the dashboard could not be bundled');
    const quick = run(process.execPath, [join('scripts', 'cli.mjs'), join(fresh, 'cli')]);
    if (quick !== 0) throw new StepFailed('the build failed: the commands could not be bundled');
    // Declarations are no output of the compiler.
    cpSync(join(root, 'messages'), join(fresh, 'messages'), { recursive: true });
    replaceTree(fresh, join(root, 'dist'));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  // Dated to the start, so that what was edited during the build counts as newer.
  closeSync(openSync(STAMP, 'w'));
  utimesSync(STAMP, begun, begun);
}

/** Else npm and the compiler would say it in many lines, and blame the network. */
function checkWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new StepFailed(`this user may not write to ${root}; run npm start as its owner first`);
  }
}

/** Whether the compiler is there: after `npm ci --omit=dev` it is not, and the build is left alone. */
export const canBuild = () => existsSync(TSC);

/** Runs a command in the project's root on this terminal; gives its exit code. */
export function run(command, args, env = {}) {
  const { status, error, signal } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', voice.fd, 2],
    env: { ...process.env, ...env },
  });
  if (error) throw new StepFailed(`cannot run ${command}: ${error.message}`);
  if (signal) throw new StepFailed(`${command} was ended by ${signal}`);
  return status;
}

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs `step` and ends the process with 1 and one line when it throws a StepFailed. */
export function orExplain(step) {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    process.exit(1);
  }
}

function mtime(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestMtime(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMtime(join(path, name))), 0);
}

function isOlder(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  const at = b.findIndex((part, index) => (a[index] ?? 0) !== part);
  return at >= 0 && (a[at] ?? 0) < b[at];
}
