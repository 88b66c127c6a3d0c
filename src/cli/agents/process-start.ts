/** Identifies processes by their start, since the kernel reuses their numbers, and each container has its own. */

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
