/** One run of VPP, by its process id and the time when it was started: whether the same one is behind a link that was made anew. */

import type { Fields } from '../codec/codec.js';

export interface VppRun {
  readonly pid: number;
  /** Time of its start, milliseconds on this machine's clock. */
  readonly startedAt: number;
}

/** VPP answers both at different times, and its clock is not this one, milliseconds. */
const TOLERANCE_MS = 2000;

/** Asks VPP; resolves with undefined where it does not say. */
export async function runOf(ask: (name: string) => Promise<Fields>): Promise<VppRun | undefined> {
  try {
    const [{ vpe_pid: pid }, { vpe_system_time: seconds }] = await Promise.all([
      ask('control_ping'),
      ask('show_vpe_system_time'),
    ]);
    return { pid: Number(pid), startedAt: Date.now() - Number(seconds) * 1000 };
  } catch {
    return undefined;
  }
}

/** Returns whether both are known, and are one run. */
export function isSameVpp(a: VppRun | undefined, b: VppRun | undefined): boolean {
  return a !== undefined && b !== undefined && a.pid === b.pid && Math.abs(a.startedAt - b.startedAt) <= TOLERANCE_MS;
}
