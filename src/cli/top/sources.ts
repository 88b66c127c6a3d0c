/** Sources of what is shown: VPP's counters, and a running agent where there is one. */

import { openStats, type Stats } from '../../stats/index.js';
import { agentUrl, namedAgent } from '../agents/agent-address.js';
import { type AgentFlags, authorization } from '../agents/agent-options.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { findStatsSocket, type StatsSocketFlags } from '../stats/stats-socket.js';
import type { AgentAddress } from './agent/agent-reading.js';

export interface SourceFlags extends AgentFlags, StatsSocketFlags {
  /** A copied segment in place of a socket. */
  readonly file?: string;
}

export interface Sources {
  readonly stats: Stats;
  /** An agent to ask, or the reason why none is asked. */
  readonly agent: AgentAddress | { readonly missing: string };
  /** The dataplane that was asked for. */
  readonly dataplane?: string | undefined;
}

/** Throws UsageError. Nothing is read yet. */
export async function openSources(host: Host, flags: SourceFlags): Promise<Sources> {
  const agent = agentOf(host, flags);
  const { file, dataplane } = flags;
  const stats = openStats(
    file === undefined ? { socket: await findStatsSocket(asking(host, flags), flags) } : { file },
  );
  return { stats, agent, dataplane };
}

/** The socket of a dataplane is known by the agent that is asked. */
function asking({ io, signal }: Host, { agent, dataplane }: SourceFlags): Pick<Host, 'io' | 'signal'> {
  const isNamed = agent !== undefined && dataplane !== undefined;
  return { io: isNamed ? { ...io, env: { ...io.env, VPPMUX_AGENT: agent } } : io, signal };
}

/** Several agents are an error only for who wants one. */
function agentOf(host: Host, flags: SourceFlags): Sources['agent'] {
  try {
    return { url: agentUrl(host, flags), headers: { ...authorization(host, flags) }, dataplane: flags.dataplane };
  } catch (error) {
    const isWanted =
      flags.dataplane !== undefined ||
      flags.agent !== undefined ||
      flags.tokenFile !== undefined ||
      namedAgent(host.io.env) !== undefined;
    if (!(error instanceof UsageError) || isWanted) throw error;
    return { missing: error.message };
  }
}
