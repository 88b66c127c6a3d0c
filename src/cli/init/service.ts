/** Finds how a service on this machine reaches this vppmux: which Node, which program, which group, and what it cannot read. */

import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { account, accountNamed, GROUPS } from '../../mux/for-cli.js';
import { packageRoot } from '../version.js';

export const programFile = () => fileURLToPath(new URL('bin/vppmux.js', packageRoot));

/** The command `name` of PATH where it is `file` itself: that path outlives an update, the one behind its links may not. */
export function commandFor(name: string, file: string, path = ''): string | undefined {
  const candidates = path.split(delimiter).filter((folder) => folder.startsWith('/') && !isNpms(folder));
  return candidates.map((folder) => join(folder, name)).find((candidate) => isSame(candidate, file));
}

/** npm puts it on the path of what it runs, as npx does; a terminal does not have it. */
const isNpms = (folder: string) => /\/node_modules\/\.bin\/?$/.test(folder);

function isSame(candidate: string, file: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return realpathSync(candidate) === realpathSync(file);
  } catch {
    return false;
  }
}

/** The group that may use VPP's socket; the one of VPP's package where there is no socket, or it is for root alone. */
export function groupOf(socket: string): string {
  const found = statSync(socket, { throwIfNoEntry: false });
  if (!found?.isSocket() || found.gid === 0 || (found.mode & 0o020) === 0) return 'vpp';
  const name = account(GROUPS, found.gid)?.[0];
  return name !== undefined && isAccountName(name) ? name : String(found.gid);
}

/** The names that useradd and systemd allow: others have spaces, which would make two of one in a unit. */
export const isAccountName = (name: string) => /^(\d+|[a-z_][a-z0-9_-]{0,30}\$?)$/i.test(name);

/** The path, and where it leads: `/usr/local/bin/node` may be a link into somebody's home. */
export function withTarget(path: string): string[] {
  try {
    return [...new Set([path, realpathSync(path)])];
  } catch {
    return [path];
  }
}

/** The first part of the path to `file` that users other than its owner and its group may not pass. */
export function closedPart(file: string): string | undefined {
  const above = dirname(file);
  const closed = above === file ? undefined : closedPart(above);
  if (closed !== undefined || !existsSync(file)) return closed;
  const found = statSync(file);
  const need = found.isDirectory() ? 0o001 : 0o004;
  return (found.mode & need) === 0 ? file : undefined;
}

/** A group by number works too; it needs no name. */
export function groupIsThere(group: string): boolean {
  return /^\d+$/.test(group) || accountNamed(GROUPS, group) !== undefined;
}
