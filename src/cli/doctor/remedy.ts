/** Remedies for a VPP that was reached and does not answer, or not as VPP does. */

import type { VppmuxError } from '../../mux/index.js';
import type { Machine } from './machine.js';
import { ownerOf, type VppProcess, vppProcesses } from './vpp-process.js';

const ASIDE = 'the path of its socket is in its startup.conf (socksvr)';

export function remedy({ code }: VppmuxError, socket: string, machine: Machine): string {
  switch (code) {
    case 'HANDSHAKE_TIMEOUT':
    case 'REPLY_TIMEOUT':
      return whyHung(ownerOf(socket, vppProcesses(machine)));
    case 'CONNECTION_LOST':
    case 'NOT_CONNECTED':
      return `if VPP crashes or is restarted, its log says why: \`journalctl -u vpp\`; if it runs on, this is not its socket: ${ASIDE}`;
    default:
      return `another program listens there (\`sudo ss -xlp\`), or VPP is of a kind that vppmux does not know; ${ASIDE}`;
  }
}

/** Causes that keep a process from answering, and what to do, by its state. */
export function whyHung(process: VppProcess | undefined): string {
  const look = (pid: number | string) => `see what its main thread does: \`sudo gdb -p ${pid} -batch -ex bt\``;
  if (process === undefined) {
    return `find the process that listens (\`sudo ss -xlp\`); ${look('PID')}; restart it if it stays so`;
  }
  const { pid, state } = process;
  switch (state) {
    case 'T':
      return `VPP (pid ${pid}) is stopped: \`sudo kill -CONT ${pid}\``;
    case 't':
      return `a debugger holds VPP (pid ${pid}): let it continue, or detach`;
    case 'D':
      return `VPP (pid ${pid}) waits for the kernel (state D): a device or a file system hangs; see dmesg`;
    case 'Z':
      return `VPP (pid ${pid}) has died, and its parent does not know it yet (state Z): start it again`;
    default:
      return `VPP (pid ${pid}) runs, state ${state}; ${look(pid)}; restart it if it stays so`;
  }
}
