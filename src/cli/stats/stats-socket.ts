/** Finds the stats socket for a command that reads VPP's counters: the one that is named, else the one next to VPP's API socket. */

import { dirname, join } from 'node:path';
import { usualSocket } from '../../mux/for-cli.js';
import { findVpp } from '../agents/find-vpp.js';
import type { Host } from '../host.js';

export interface StatsSocketFlags {
  /** VPP's API socket. */
  readonly socket?: string;
  readonly statsSocket?: string;
  /** One of the running agent's dataplanes. */
  readonly dataplane?: string;
}

/** VPP makes both sockets in its runtime directory. */
export async function statsSocket(
  { io, signal }: Pick<Host, 'io' | 'signal'>,
  flags: StatsSocketFlags,
): Promise<string> {
  if (flags.statsSocket !== undefined) return flags.statsSocket;
  const { dataplane } = flags;
  const named = flags.socket ?? (dataplane === undefined ? io.env.VPP_API_SOCKET : undefined);
  const api = named || (await findVpp(io.env, signal, { dataplane }))?.socket;
  return join(dirname(api ?? usualSocket()), 'stats.sock');
}
