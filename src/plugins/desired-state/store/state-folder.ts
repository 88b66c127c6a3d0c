/** The folder of a VPP's wish: each VPP socket has its own, so that a wish that was tried on a mock never reaches a router. */

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Characters of a socket's path in the name. */
const MOST_CHARACTERS = 80;

/**
 * `stateDir` of the configuration, else `$STATE_DIRECTORY`, which systemd sets for a unit, else `$XDG_STATE_HOME/vppmux`, else
 * `/var/lib/vppmux` for root and `~/.local/state/vppmux` for others.
 */
export function stateFolder(socket: string, { stateDir, env }: { stateDir?: string; env: Env }): string {
  const path = resolve(socket);
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  const name = path
    .slice(-MOST_CHARACTERS)
    .replace(/[^A-Za-z0-9.]/g, '-')
    .replace(/^-/, '');
  return join(stateDir ?? baseFolder(env), 'wishes-of', `${name}-${digest}`);
}

function baseFolder(env: Env): string {
  const ofUnit = env.STATE_DIRECTORY?.split(':')[0];
  if (ofUnit) return ofUnit;
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, 'vppmux');
  return process.getuid?.() === 0 ? '/var/lib/vppmux' : join(homedir(), '.local', 'state', 'vppmux');
}
