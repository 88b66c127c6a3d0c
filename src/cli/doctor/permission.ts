/** Owner and mode of a socket, our own user and groups, and how we get permission. */

import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { account, GROUPS, named, USERS } from '../../mux/for-cli.js';
import { lookAt, type Machine } from './machine.js';

const WRITE = 0o2;
const ENTER = 0o1;

type Owned = Pick<Stats, 'uid' | 'gid' | 'mode'>;

/** `owner root (0), group vpp (112), mode 0775` */
export function showOwner({ uid, gid, mode }: Owned): string {
  const bits = (mode & 0o7777).toString(8).padStart(4, '0');
  return `owner ${named(USERS, uid)}, group ${named(GROUPS, gid)}, mode ${bits}`;
}

/** `we are joe (1000), in the groups joe (1000), vpp (112)` */
export function showUs({ uid, gids }: Machine): string {
  const groups = gids.map((gid) => named(GROUPS, gid)).join(', ');
  return `we are ${named(USERS, uid)}, in the group${gids.length === 1 ? '' : 's'} ${groups || '(none)'}`;
}

export interface Barrier {
  readonly detail: string;
  readonly fix: string;
}

/** Finds the obstacle to connecting to `socket`: the first directory we may not enter, else the socket itself. */
export function barrierTo(socket: string, machine: Machine): Barrier {
  const closed = directoriesTo(socket).find((directory) => !machine.mayEnter(directory));
  const path = closed ?? socket;
  const stat = lookAt(path, machine);
  const what = closed === undefined ? 'it' : `directory ${closed}`;
  const us = showUs(machine);
  if (!stat) return { detail: `no permission for ${what}; ${us}`, fix: 'run as its owner, or ask them to let you in' };
  return {
    detail: `no permission: ${what} has ${showOwner(stat)}; ${us}`,
    fix: closed === undefined ? socketFix(path, stat, machine) : directoryFix(path, stat, machine),
  };
}

/** From the root down to the one that holds `socket`. */
function directoriesTo(socket: string): string[] {
  const found: string[] = [];
  for (let at = dirname(resolve(socket)); ; at = dirname(at)) {
    found.unshift(at);
    if (at === dirname(at)) return found;
  }
}

function socketFix(path: string, stat: Owned, machine: Machine): string {
  return (
    groupFix(stat, WRITE, machine) ??
    `let VPP give it to a group: \`unix { gid vpp }\` in startup.conf, restart VPP, \`sudo usermod -aG vpp ${userName(machine)}\`, log in again; ` +
      `until VPP's next start: \`sudo chgrp vpp ${path} && sudo chmod g+w ${path}\``
  );
}

function directoryFix(path: string, stat: Owned, machine: Machine): string {
  return (
    groupFix(stat, ENTER, machine) ?? `\`sudo chmod o+x ${path}\`, or a socket elsewhere (socksvr in startup.conf)`
  );
}

/** Joining the group, where its members may what we want; root's own group is not for joining. */
function groupFix({ gid, mode, uid }: Owned, need: number, machine: Machine): string | undefined {
  const groupMay = (mode & (need << 3)) !== 0;
  if (!groupMay || gid === 0 || uid === machine.uid || machine.gids.includes(gid)) return undefined;
  const [group, , , members = ''] = account(GROUPS, gid) ?? [String(gid)];
  const user = userName(machine);
  if (members.split(',').includes(user)) {
    return `${user} has joined group ${group} after this login: log in again, or \`newgrp ${group}\`; a service: restart it`;
  }
  return `\`sudo usermod -aG ${group} ${user}\`, then log in again; a service: restart it`;
}

const userName = ({ uid }: Machine) => account(USERS, uid)?.[0] ?? String(uid);
