/** Checks that the socket exists, that we may use it, and that a process listens on it. */

import { dirname } from 'node:path';
import { VppmuxError } from '../../mux/index.js';
import type { Finding } from '../output/finding.js';
import { lookAt, type Machine } from './machine.js';
import { barrierTo, showOwner, showUs } from './permission.js';
import { whyHung } from './remedy.js';
import type { Target } from './target.js';
import { ownerOf, type VppProcess, vppProcesses } from './vpp-process.js';

/** `refusal`: what connecting to it gave, unless it worked. */
export function socketFinding(
  { socket, from }: Pick<Target, 'socket' | 'from'>,
  refusal: unknown,
  machine: Machine,
): Finding {
  const named = `${socket} (${from})`;
  const wrong = (detail: string, fix: string): Finding => ({ check: 'socket', ok: 'no', detail, fix });
  const stat = lookAt(socket, machine);
  if (!isSocketRefusal(refusal)) {
    const owner = stat ? `${showOwner(stat)}; ` : '';
    return { check: 'socket', ok: 'yes', detail: `${named}: ${owner}${showUs(machine)}` };
  }
  const system = (refusal.cause as NodeJS.ErrnoException | undefined)?.code;
  if (refusal.code === 'SOCKET_PERMISSION') {
    const { detail, fix } = barrierTo(socket, machine);
    return wrong(`${named}: ${detail}`, fix);
  }
  const processes = vppProcesses(machine);
  if (refusal.code === 'SOCKET_MISSING') {
    const directory = dirname(socket);
    const there = lookAt(directory, machine);
    const around = there ? `its directory is there (${showOwner(there)})` : `there is no directory ${directory} either`;
    return wrong(`no socket at ${named}; ${around}`, missingFix(socket, processes));
  }
  if (stat && !stat.isSocket()) {
    const what = stat.isDirectory() ? 'a directory' : 'a plain file';
    return wrong(`${named} is ${what}, not a socket`, `give VPP's socket with --socket; ${elsewhere(processes)}`);
  }
  if (refusal.code === 'WRONG_SOCKET') {
    const [what] = refusal.message.replace(socket, named).split('; ');
    return wrong(what, `give VPP's API socket, api.sock next to it by default; ${elsewhere(processes)}`);
  }
  const owner = ownerOf(socket, processes);
  if (system === 'EAGAIN') return wrong(`${named} takes no connections: its queue is full`, whyHung(owner));
  if (refusal.code === 'SOCKET_REFUSED') {
    const fix = owner
      ? `VPP (pid ${owner.pid}) may still be starting: try again; else restart it`
      : elsewhere(processes);
    return wrong(`${named}: the file is there, but nobody listens`, fix);
  }
  return wrong(refusal.message, 'see what the system says of it: ls -l, dmesg');
}

/** The socket itself was the obstacle, not who listens on it. */
export function isSocketRefusal(error: unknown): error is VppmuxError {
  return error instanceof VppmuxError && (error.code.startsWith('SOCKET_') || error.code === 'WRONG_SOCKET');
}

function missingFix(socket: string, processes: readonly VppProcess[]): string {
  const owner = processes.find((each) => each.socket === socket);
  if (!owner) return elsewhere(processes);
  return `VPP (pid ${owner.pid}) is to have it there: it is still starting, or the file was removed, or it runs in a container; restart VPP, or mount its directory`;
}

/** Sockets of the VPPs that run, as far as known. */
function elsewhere(processes: readonly VppProcess[]): string {
  if (processes.length === 0) {
    return 'no VPP runs here: start it (`sudo systemctl start vpp`); to try things out without one: `vppmux mock --socket PATH`';
  }
  const each = processes.map(
    ({ pid, socket }) => `VPP (pid ${pid}) runs${socket === undefined ? '' : ` with ${socket}`}`,
  );
  const where = processes.some(({ socket }) => socket === undefined)
    ? 'the path of its socket is in its startup.conf (socksvr { socket-name PATH })'
    : 'give that with --socket, VPP_API_SOCKET or binapi-socket-path';
  return `${each.join(', ')}; ${where}`;
}
