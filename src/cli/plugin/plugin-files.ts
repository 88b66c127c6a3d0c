/** The files of a new plugin: the template's, with its name and its dependencies. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../usage-error.js';
import { ownPackage, packageRoot } from '../version.js';

/** The name that the template's plugin has. */
const PLACEHOLDER = 'my-plugin';
/** npm leaves such files out of packages, so they have other names in the template. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };
/** Of those that vppmux is built with. */
const TOOLS = ['typescript', '@types/node'];

/** Path → text of each file. `vppmux` is what package.json depends on. */
export function pluginFiles(name: string, vppmux: string): Map<string, string> {
  const template = fileURLToPath(new URL('templates/plugin/', packageRoot));
  const all = readdirSync(template, { recursive: true, encoding: 'utf8' });
  const paths = all.filter((path) => statSync(join(template, path)).isFile()).sort();
  const files = new Map(
    paths.map((path) => [
      (RENAMED[path] ?? path).replaceAll(PLACEHOLDER, name),
      readFileSync(join(template, path), 'utf8').replaceAll(PLACEHOLDER, name),
    ]),
  );
  const description = { ...JSON.parse(files.get('package.json') ?? '{}'), dependencies: { vppmux } };
  const { devDependencies } = ownPackage();
  description.devDependencies = Object.fromEntries(TOOLS.map((tool) => [tool, devDependencies[tool]]));
  return files.set('package.json', `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * What the package.json in `folder` has to say to get vppmux: the folder or the packed file that was named, the
 * checkout that runs, else the version that was installed. Throws UsageError for a path that is no vppmux.
 */
export function vppmuxDependency(folder: string, named: string | undefined): string {
  const running = realpathSync(fileURLToPath(packageRoot));
  if (named === undefined && running.includes(`${sep}node_modules${sep}`)) return `^${ownPackage().version}`;
  const path = named === undefined ? running : resolve(named);
  if (!isVppmux(path)) {
    throw new UsageError(
      `--vppmux ${named}: there is no vppmux; name its folder, or the file that npm pack made of it`,
    );
  }
  // As npm itself writes it: the two may be moved together.
  const from = join(realpathSync(dirname(folder)), basename(folder));
  return `file:${relative(from, realpathSync(path))}`;
}

function isVppmux(path: string): boolean {
  if (/\.(tgz|tar\.gz)$/.test(path)) return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  try {
    return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).name === 'vppmux';
  } catch {
    return false;
  }
}
