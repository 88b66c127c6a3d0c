/** Target of the examination, and its source: flags, govpp.conf as the agent reads it, environment, defaults. */

import { dirname, join } from 'node:path';
import { type ConfigPlaces, configFileOf } from '../../agent/for-cli.js';
import { AgentError } from '../../agent/index.js';
import { settings } from '../../mux/for-cli.js';
import type { ConnectOptions } from '../../mux/index.js';
import { connectOptions as agentOptions } from '../../plugins/for-cli.js';
import { findVpp } from '../agents/find-vpp.js';
import { runningAgents } from '../agents/running-agents.js';
import { readGovppConfig } from '../govpp-conf.js';
import type { Host } from '../host.js';
import { type ConnectionFlags, connectOptions } from '../options.js';

export interface DoctorFlags extends Omit<ConnectionFlags, 'timeout'> {
  readonly configDir?: string;
  readonly statsSocket?: string;
}

export interface Target {
  readonly socket: string;
  /** Source of the path: `--socket`, `VPP_API_SOCKET`, … */
  readonly from: string;
  /** The agent's second VPP, where it has one. */
  readonly backup?: string;
  readonly statsSocket: string;
  readonly options: ConnectOptions;
}

/** The part of it that comes from an agent's configuration or entry. */
interface AgentTarget {
  readonly socket?: string;
  readonly backup?: string;
  readonly apiDir?: string;
  readonly statsSocket?: string;
  readonly from?: string;
}

/** Places of the agent's configuration files. */
export function configPlaces(host: Host, flags: DoctorFlags): ConfigPlaces {
  return { dir: flags.configDir, env: host.io.env };
}

/**
 * The configuration to check: where nobody names a folder or a VPP, and one agent of this user runs, the one that it runs with.
 * `whose` says so.
 */
export function configToCheck(
  host: Host,
  flags: DoctorFlags,
): { readonly places: ConfigPlaces; readonly whose?: string } {
  const places = configPlaces(host, flags);
  if (places.dir !== undefined || flags.socket !== undefined || host.io.env.VPP_API_SOCKET) return { places };
  const [agent, ...others] = runningAgents(host.io.env);
  if (agent?.configDir === undefined || others.length > 0) return { places };
  return { places: { ...places, dir: agent.configDir }, whose: `the agent with pid ${agent.pid}` };
}

/** Throws BAD_OPTION for a path that no socket can have. */
export async function targetOf(host: Host, flags: DoctorFlags): Promise<Target> {
  const given = connectOptions(host, flags);
  const agent = agentTarget(configPlaces(host, flags)) ?? (await runningTarget(host, given));
  const options: ConnectOptions = agent
    ? { ...given, socket: flags.socket ?? agent.socket ?? given.socket, apiDir: flags.apiDir ?? agent.apiDir }
    : given;
  const { socket } = settings(options);
  const elsewhere = agent?.from ?? (host.io.env.VPP_API_SOCKET ? 'VPP_API_SOCKET' : 'the default');
  return {
    socket,
    from: flags.socket === undefined ? elsewhere : '--socket',
    backup: flags.socket === undefined ? agent?.backup : undefined,
    // VPP makes both in its runtime directory.
    statsSocket: flags.statsSocket ?? agent?.statsSocket ?? join(dirname(socket), 'stats.sock'),
    options: { ...options, socket },
  };
}

/** The VPP of the agent that runs, where nobody names one and there is none at the usual place. */
async function runningTarget(host: Host, { socket }: ConnectOptions): Promise<AgentTarget | undefined> {
  return socket === undefined ? findVpp(host.io.env, host.signal) : undefined;
}

/** The socket that the agent would connect to; undefined where no agent is configured, or its file is wrong, which another check reports. */
function agentTarget(places: ConfigPlaces): AgentTarget | undefined {
  if (places.dir === undefined && !places.env?.GOVPP_CONFIG) return undefined;
  try {
    const file = configFileOf('govpp', places);
    const config = readGovppConfig(places);
    const { socket, backup, apiDir } = agentOptions(config);
    const key = backup === undefined ? 'binapi-socket-path' : 'dataplanes.primary';
    return {
      socket,
      backup: backup?.socket,
      apiDir,
      statsSocket: config['stats-socket-path'] || undefined,
      from: socket === undefined ? undefined : `${key} of ${file}`,
    };
  } catch (error) {
    if (error instanceof AgentError) return undefined;
    throw error;
  }
}
