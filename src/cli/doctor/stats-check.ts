/**
 * Could a reader of counters reach the stats segment. Its socket is a SOCK_SEQPACKET one, which Node cannot use, but
 * the refusal shows it: Linux says EPROTOTYPE only after it has found that we may connect, and that a process holds it.
 */

import { socketPathProblem } from '../../socket-path.js';
import type { WayReport } from '../../stats/index.js';
import type { Finding } from '../output/finding.js';
import { lookAt, type Machine } from './machine.js';
import { barrierTo, showOwner } from './permission.js';

/** The ways to the memory, and why the others do not work: one is enough. */
function waysFinding(reachable: string, ways: readonly WayReport[]): Finding {
  const works = ways.filter((each) => each.works).map(({ way }) => way);
  const others = ways.filter((each) => !each.works).map(({ way, reason }) => `not by ${way}: ${reason}`);
  const detail = (what: string) => [`${reachable}; ${what}`, ...others].join('; ');
  if (works.length > 0)
    return { check: 'stats', ok: 'yes', detail: detail(`its memory is read by ${works[0]}${also(works)}`) };
  const fix = 'npm install koffi, or install python3, or run as the user of VPP';
  return {
    check: 'stats',
    ok: 'warn',
    detail: detail('no way leads to its memory (fine unless you read counters)'),
    fix,
  };
}

const also = ([, ...others]: readonly string[]) => (others.length === 0 ? '' : ` (${others.join(' and ')} would do)`);

/** Never an error: only who reads counters needs it, and the agent runs without. */
export async function statsFinding(path: string, machine: Machine): Promise<Finding> {
  const warning = (detail: string, fix: string): Finding => ({ check: 'stats', ok: 'warn', detail, fix });
  const refusal = await machine.knock(path);
  const stat = lookAt(path, machine);
  switch (refusal) {
    case 'EPROTOTYPE':
      return waysFinding(`${path}: reachable${stat ? `, ${showOwner(stat)}` : ''}`, await machine.statsWays(path));
    case 'EACCES': {
      const { detail, fix } = barrierTo(path, machine);
      return warning(`${path}: ${detail} (fine unless you read counters)`, fix);
    }
    case 'ENOENT':
    case 'ENOTDIR':
      return warning(
        `no stats socket at ${path} (fine unless you read counters)`,
        'elsewhere (`statseg { socket-name PATH }`)? --stats-socket PATH',
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
