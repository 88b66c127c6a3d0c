/** Finds the stats socket for a command that reads VPP's counters: the one that is named, else the one next to VPP's API socket. */

import { dirname, join } from 'node:path';
import { usualSocket } from '../../mux/for-cli.js';
import { type FoundVpp, findVpp } from '../agents/find-vpp.js';
import type { Host } from '../host.js';

export interface StatsSocketFlags {
  /** VPP's API socket. */
  readonly socket?: string;
  readonly statsSocket?: string;
  /** One of the running agent's dataplanes. */
  readonly dataplane?: string;
}

/** VPP makes both sockets in its runtime directory. `onFound` gets the VPP of an agent that nobody has named. */
export async function findStatsSocket(
  { io, signal }: Pick<Host, 'io' | 'signal'>,
  flags: StatsSocketFlags,
  onFound: (found: FoundVpp) => void = () => {},
): Promise<string> {
  if (flags.statsSocket !== undefined) return flags.statsSocket;
  const { dataplane } = flags;
  const named = flags.socket ?? (dataplane === undefined ? io.env.VPP_API_SOCKET : undefined);
  const found = named ? undefined : await findVpp(io.env, signal, { dataplane });
  if (found) onFound(found);
  return found?.statsSocket ?? join(dirname(named || found?.socket || usualSocket()), 'stats.sock');
}
