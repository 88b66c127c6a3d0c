/** VPP's processes on this machine, and the socket that their configuration names. */

import { lookAt, type Machine } from './machine.js';

const MAIN_THREAD = 'vpp_main';

export interface VppProcess {
  readonly pid: number;
  /** State as in /proc/PID/stat: R, S, D, T, t, Z. */
  readonly state: string;
  /** Path of its API socket; only where that is certain. */
  readonly socket?: string;
}

/** All that /proc lets us see; none where there is no /proc. */
export function vppProcesses(machine: Machine): VppProcess[] {
  const pids = attempt(() => machine.list('/proc'))?.filter((name) => /^\d+$/.test(name)) ?? [];
  return pids.flatMap((pid) => {
    if (attempt(() => machine.read(`/proc/${pid}/comm`))?.trim() !== MAIN_THREAD) return [];
    // The name in parentheses may hold anything, spaces and parentheses too.
    const state = /\) (\S)[^)]*$/.exec(attempt(() => machine.read(`/proc/${pid}/stat`)) ?? '')?.[1] ?? '?';
    return [{ pid: Number(pid), state, socket: configuredSocket(pid, machine) }];
  });
}

/** Finds the process that the socket belongs to: by its configuration, or because it is the only one. */
export function ownerOf(socket: string, processes: readonly VppProcess[]): VppProcess | undefined {
  const [only, ...others] = processes.filter((each) => each.socket === undefined || each.socket === socket);
  return others.length === 0 ? only : processes.find((each) => each.socket === socket);
}

/** Reads the command line `vpp -c FILE` or `vpp unix { … } socksvr { … }` (WIRE 3.19). */
function configuredSocket(pid: string, machine: Machine): string | undefined {
  const args = attempt(() => machine.read(`/proc/${pid}/cmdline`))
    ?.split('\0')
    .slice(1);
  const uid = lookAt(`/proc/${pid}`, machine)?.uid;
  if (args === undefined || uid === undefined) return undefined;
  const file = args[0] === '-c' ? args[1] : undefined;
  const text = file === undefined ? args.join(' ') : attempt(() => machine.read(file));
  return text === undefined ? undefined : socketIn(text.replace(/#.*/g, ''), uid);
}

function socketIn(config: string, uid: number): string | undefined {
  const section = /\bsocksvr\s*\{([^}]*)/.exec(config)?.[1] ?? '';
  const named = /\bsocket-name\s+([^\s}]+)/.exec(section)?.[1];
  // Relative paths are relative to a directory that we do not know.
  if (named?.startsWith('/') === false || (named === undefined && /\buse-current-dir\b/.test(config))) return undefined;
  const runtime = /\bruntime-dir\s+([^\s}]+)/.exec(config)?.[1] ?? (uid === 0 ? '/run/vpp' : `/run/user/${uid}/vpp`);
  return named ?? `${runtime}/api.sock`;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined; // it has just ended, or may not be looked at
  }
}
