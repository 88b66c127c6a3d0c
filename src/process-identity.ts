/** Tells processes apart: a number alone is reused. */

import { readFileSync, readlinkSync } from 'node:fs';

/** The start of a process as the kernel has it, in ticks since boot; undefined where there is no such process, or no /proc. */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything; `starttime` is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** The number of the PID namespace: a container has one of its own, and may share /tmp with others. `0` without /proc. */
export function pidNamespace(): string {
  try {
    // pid:[4026531836]
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

/** Whether the process still runs that had this number and start; without a start, whether any process has the number. */
export function isRunning(pid: number, started: string | undefined): boolean {
  if (started !== undefined) return processStart(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
