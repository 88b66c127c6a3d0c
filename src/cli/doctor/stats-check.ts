/**
 * Could a reader of counters reach the stats segment. Its socket is a SOCK_SEQPACKET one, which Node cannot use, but
 * the refusal shows it: Linux says EPROTOTYPE only after it has found that we may connect, and that a process holds it.
 */

import { socketPathProblem } from '../../socket-path.js';
import type { Finding } from '../output/finding.js';
import { lookAt, type Machine } from './machine.js';
import { barrierTo, showOwner } from './permission.js';

/** Never an error: only who reads counters needs it, and nothing of vppmux does. */
export async function statsFinding(path: string, machine: Machine): Promise<Finding> {
  const warning = (detail: string, fix: string): Finding => ({ check: 'stats', ok: 'warn', detail, fix });
  const refusal = await machine.knock(path);
  const stat = lookAt(path, machine);
  switch (refusal) {
    case 'EPROTOTYPE':
      return { check: 'stats', ok: 'yes', detail: `${path}: reachable${stat ? `, ${showOwner(stat)}` : ''}` };
    case 'EACCES': {
      const { detail, fix } = barrierTo(path, machine);
      return warning(`${path}: ${detail} (fine unless you read counters)`, fix);
    }
    case 'ENOENT':
    case 'ENOTDIR':
      return warning(
        `no stats socket at ${path} (fine unless you read counters)`,
        'VPP makes it in its runtime directory, or where startup.conf says: `statseg { socket-name PATH }`; look there with --stats-socket PATH',
      );
    case 'ENAMETOOLONG':
      return warning(
        `the path of the stats socket ${socketPathProblem(path)} (${path}; fine unless you read counters)`,
        'look elsewhere with --stats-socket PATH',
      );
    case undefined:
      return warning(
        `${path} is a stream socket, not VPP's stats socket (fine unless you read counters)`,
        'look elsewhere with --stats-socket PATH',
      );
    default: {
      const what = stat && !stat.isSocket() ? 'is no socket' : `has nobody behind it (${refusal})`;
      return warning(
        `${path} ${what} (fine unless you read counters)`,
        "VPP died and left it behind, or it is not VPP's; VPP makes it anew when it starts",
      );
    }
  }
}
