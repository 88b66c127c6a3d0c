/** The files of a new plugin: the template's, with its name and its dependencies. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
import { ownPackage, packageRoot } from '../version.js';

/** The name that the template's plugin has. */
const PLACEHOLDER = 'my-plugin';
/** npm leaves the one out of packages, and tools take the other for a package: they have other names in the template. */
const RENAMED: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'package.template.json': 'package.json',
};
/** Packages whose versions are those that vppmux is built with. */
const TOOLS = ['typescript', '@types/node'];

/** Path → text of each file. `vppmux` is what package.json depends on. */
export function pluginFiles(name: string, vppmux: string): Map<string, string> {
  const template = fileURLToPath(new URL('templates/plugin/', packageRoot));
  const all = readdirSync(template, { recursive: true, encoding: 'utf8' });
  const paths = all.filter((path) => statSync(join(template, path)).isFile()).sort();
  const files = new Map(
    paths.map((path) => [
      (RENAMED[path] ?? path).replaceAll(PLACEHOLDER, name),
      renamed(readFileSync(join(template, path), 'utf8'), name),
    ]),
  );
  const description = { ...JSON.parse(files.get('package.json') ?? '{}'), dependencies: { vppmux } };
  const { devDependencies } = ownPackage();
  description.devDependencies = Object.fromEntries(TOOLS.map((tool) => [tool, devDependencies[tool]]));
  return files.set('package.json', `${JSON.stringify(description, null, 2)}\n`);
}

/** Metrics have an underscore where a plugin's name has a dash. */
function renamed(text: string, name: string): string {
  return text.replaceAll(PLACEHOLDER, name).replaceAll(PLACEHOLDER.replaceAll('-', '_'), name.replaceAll('-', '_'));
}

/**
 * The dependency on vppmux for the package.json in `folder`: the folder or the packed file that was named, the
 * checkout that runs, else what was installed: a packed file, an address, or a version of the registry. Throws
 * UsageError for a path that is no vppmux.
 */
export function vppmuxDependency(
  folder: string,
  named: string | undefined,
  running = realpathSync(fileURLToPath(packageRoot)),
): string {
  const isInstalled = basename(dirname(running)) === 'node_modules';
  const source = named === undefined && isInstalled ? sourceOf(dirname(running)) : undefined;
  if (source !== undefined && !source.startsWith('file:')) return source;
  const path = source === undefined ? resolve(named ?? running) : resolve(dirname(dirname(running)), source.slice(5));
  if (!isVppmux(path)) {
    const problem =
      named === undefined
        ? `this vppmux was installed from ${path}, which is gone; with --vppmux`
        : `--vppmux ${named}: there is no vppmux;`;
    throw new UsageError(`${problem} name its folder, or the file that npm pack made of it`);
  }
  // As npm itself writes it: the two may be moved together.
  const from = join(realpathSync(dirname(folder)), basename(folder));
  return `file:${relative(from, realpathSync(path))}`;
}

/** The source that npm installed it from, by the list in node_modules. */
function sourceOf(modules: string): string {
  const version = `^${ownPackage().version}`;
  try {
    const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
    const source: unknown = packages['node_modules/vppmux'].resolved;
    // A registry's address is of one version, and the user's own affair.
    return typeof source === 'string' && !/^https?:/.test(source) ? source : version;
  } catch {
    return version;
  }
}

function isVppmux(path: string): boolean {
  if (/\.(tgz|tar\.gz)$/.test(path)) return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  try {
    return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).name === 'vppmux';
  } catch {
    return false;
  }
}
