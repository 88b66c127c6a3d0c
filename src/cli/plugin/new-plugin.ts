/** A new plugin on disk: its name, and its folder, which is there with all its files or not at all. */

import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PLUGIN_NAME } from '../../agent/for-cli.js';
import { suggesting } from '../../nearest.js';
import { builtIns } from '../../plugins/index.js';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';

/** Valid, and yet nothing but trouble. */
const TAKEN: Readonly<Record<string, string>> = {
  agent: 'its configuration would be agent.yaml, which is the agent’s own',
  vppmux: 'npm lets no package depend on one of its own name',
};

/** Throws UsageError, with the reason and a name that would do, for one that cannot be a plugin's. */
export function refuseBadName(name: string): void {
  if (!PLUGIN_NAME.test(name)) {
    const better = betterName(name);
    const { text: hint } = suggesting(PLUGIN_NAME.test(better) ? [better] : []);
    throw new UsageError(`'${name}' cannot name a plugin: it must be lower-case words joined by dashes${hint}`);
  }
  const reason = Object.hasOwn(builtIns, name) ? 'a plugin of this name comes with vppmux' : TAKEN[name];
  if (reason !== undefined) throw new UsageError(`'${name}' cannot name a plugin of yours: ${reason}`);
}

/** `MyPlugin 2`, `my_plugin_2` → `my-plugin-2`. */
function betterName(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^[-0-9]+|-$/g, '');
}

/** Throws UsageError where something is there already, or there is no place for it. */
export function refusePlace(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })) {
    throw new UsageError(`${folder} is there already, and is left as it is; name another folder with --dir`);
  }
  if (!existsSync(dirname(folder))) throw new UsageError(`there is no folder ${dirname(folder)} to make it in`);
}

/** Throws UsageError when it cannot be made. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  let beside: string | undefined;
  try {
    beside = mkdtempSync(join(dirname(folder), '.vppmux-new-'));
    // One level further in: what mkdtemp makes is for this user alone.
    const made = join(beside, 'folder');
    for (const [path, text] of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), text);
    }
    renameSync(made, folder);
  } catch (cause) {
    throw new UsageError(`${folder} cannot be made: ${reasonOf(cause)}`, { cause });
  } finally {
    if (beside !== undefined) rmSync(beside, { recursive: true, force: true });
  }
}
