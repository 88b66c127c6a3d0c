/** The file that `npm pack` makes of this tree, and folders that have it installed. */

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../support/built.js';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; never rejects for its exit code. */
export function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  return new Promise<Ended>((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** An empty folder, and what removes it. */
export function emptyFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-package-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Packs the build into `folder` and gives the file's path. npm changes package.json while it packs, so it packs a copy:
 * other tests read the tree's own.
 */
export async function packInto(folder: string): Promise<string> {
  const copy = join(folder, 'tree');
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // The ones that begin with ! are left out of what is listed.
  const listed = (files as string[]).filter((path) => !path.startsWith('!'));
  for (const path of ['package.json', 'scripts', ...listed]) {
    cpSync(join(root, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
  const ended = await run('npm', ['pack', '--no-ignore-scripts', '--pack-destination', folder], copy, OWN_NPM);
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (ended.code !== 0 || file === undefined) throw new Error(`npm pack failed:\n${ended.stdout}${ended.stderr}`);
  return join(folder, file);
}

/** Lists the files in a packed file: paths without `package/`, and bytes. */
export function contentsOf(file: string): { readonly path: string; readonly bytes: number }[] {
  const tar = gunzipSync(readFileSync(file));
  const field = (at: number, length: number) => tar.toString('utf8', at, at + length).split('\0', 1)[0];
  const found: { path: string; bytes: number }[] = [];
  for (let at = 0; tar[at] !== 0; ) {
    const bytes = Number.parseInt(field(at + 124, 12), 8);
    const [prefix, name] = [field(at + 345, 155), field(at, 100)];
    found.push({ path: join(prefix, name).replace(/^package\//, ''), bytes });
    at += 512 + Math.ceil(bytes / 512) * 512;
  }
  return found;
}

/** `npm test` is npm, too, and its settings for this tree are none of the other one's business. */
const OWN_NPM = { npm_config_local_prefix: undefined, npm_config_dry_run: 'false' };

/** Npm's error codes for a registry that it cannot reach. */
const UNREACHABLE =
  /npm error (?:code|errno) (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)/;
/** Instead of npm's own, which take minutes for each package of a machine that has no network. */
const ATTEMPTS = 3;

/**
 * Installs `file` in `folder`, where nothing else is, as a stranger would: `npm install`, strict about Node's version,
 * without scripts. What `npm ci` has fetched for this tree is taken from npm's cache. `unreachable` says why it
 * could not be tried.
 */
export async function installInto(folder: string, file: string): Promise<Ended & { readonly unreachable?: string }> {
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }\n');
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = [file, `@types/node@${devDependencies['@types/node']}`];
  const strict = ['--engine-strict', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const own = ['--prefix', folder, '--no-global', '--loglevel=warn', '--prefer-offline', '--fetch-retries=0'];
  for (let attempt = 1; ; attempt++) {
    const ended = await run('npm', ['install', ...packages, ...strict, ...own], folder, OWN_NPM);
    const [, code] = UNREACHABLE.exec(ended.stderr) ?? [];
    if (code === undefined) return ended;
    const unreachable = `npm cannot reach its registry (${code}), and its cache does not have everything`;
    if (attempt === ATTEMPTS) return { ...ended, unreachable };
  }
}
