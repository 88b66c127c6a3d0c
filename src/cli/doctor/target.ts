/** Target of the examination, and its source: flags, govpp.conf as the agent reads it, environment, defaults. */

import { dirname, join } from 'node:path';
import { type ConfigPlaces, configFileOf, MAIN } from '../../agent/for-cli.js';
import { AgentError } from '../../agent/index.js';
import { settings } from '../../mux/for-cli.js';
import type { ConnectOptions } from '../../mux/index.js';
import { connectOptions as agentOptions, configOf, dataplaneNames } from '../../plugins/for-cli.js';
import { findVpp } from '../agents/find-vpp.js';
import { runningAgents } from '../agents/running-agents.js';
import { UsageError } from '../errors.js';
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
  /** Where the agent has several dataplanes: the one that is looked at, and the others. */
  readonly dataplane?: { readonly name: string; readonly others: readonly string[] };
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
  /** All dataplanes by name, `main` first. */
  readonly dataplanes?: readonly string[];
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
  const isVppNamed = flags.socket !== undefined || (flags.dataplane === undefined && host.io.env.VPP_API_SOCKET);
  if (places.dir !== undefined || isVppNamed) return { places };
  const [agent, ...others] = runningAgents(host.io.env);
  if (agent?.configDir === undefined || others.length > 0) return { places };
  return { places: { ...places, dir: agent.configDir }, whose: `the agent with pid ${agent.pid}` };
}

/** Throws BAD_OPTION for a path that no socket can have, and UsageError for a dataplane that there is not. */
export async function targetOf(host: Host, flags: DoctorFlags): Promise<Target> {
  const given = connectOptions(host, flags);
  const agent = agentTarget(configPlaces(host, flags), flags.dataplane) ?? (await runningTarget(host, flags, given));
  const options: ConnectOptions = agent
    ? { ...given, socket: flags.socket ?? agent.socket ?? given.socket, apiDir: flags.apiDir ?? agent.apiDir }
    : given;
  const { socket } = settings(options);
  const elsewhere = agent?.from ?? (host.io.env.VPP_API_SOCKET ? 'VPP_API_SOCKET' : 'the default');
  return {
    socket,
    from: flags.socket === undefined ? elsewhere : '--socket',
    backup: flags.socket === undefined ? agent?.backup : undefined,
    dataplane: flags.socket === undefined ? dataplaneOf(host, socket, flags.dataplane, agent?.dataplanes) : undefined,
    // VPP makes both in its runtime directory.
    statsSocket: flags.statsSocket ?? agent?.statsSocket ?? join(dirname(socket), 'stats.sock'),
    options: { ...options, socket },
  };
}

/** The VPP of the agent that runs, where nobody names one and there is none at the usual place. */
async function runningTarget(
  { io, signal }: Host,
  { dataplane }: DoctorFlags,
  { socket }: ConnectOptions,
): Promise<AgentTarget | undefined> {
  if (dataplane === undefined && socket !== undefined) return undefined;
  return findVpp(io.env, signal, { dataplane });
}

/**
 * The socket that the agent would connect to; undefined where no agent is configured, or its file is wrong, which another check reports,
 * unless the dataplane that is named is looked for in it.
 */
function agentTarget(places: ConfigPlaces, dataplane?: string): AgentTarget | undefined {
  if (places.dir === undefined && !places.env?.GOVPP_CONFIG) return undefined;
  try {
    const file = configFileOf('govpp', places);
    const all = readGovppConfig(places);
    const dataplanes = [MAIN, ...dataplaneNames(all)];
    const name = dataplane ?? MAIN;
    if (!dataplanes.includes(name)) {
      throw new UsageError(`--dataplane ${name}: there is none of this name: ${file} has ${dataplanes.join(', ')}`);
    }
    const config = configOf(all, name);
    const { socket, backup, apiDir } = agentOptions(config);
    const own = name === MAIN ? '' : `dataplanes.${name}.`;
    const key = backup === undefined ? `${own}binapi-socket-path` : `${own || 'dataplanes.'}primary`;
    return {
      ...{ socket, apiDir, dataplanes },
      backup: backup?.socket,
      statsSocket: config['stats-socket-path'] || undefined,
      from: socket === undefined ? undefined : `${key} of ${file}`,
    };
  } catch (error) {
    if (error instanceof AgentError && dataplane === undefined) return undefined;
    throw error;
  }
}

/** The dataplane with this socket, of those that are configured, else of an agent that runs; undefined where there is one only. */
function dataplaneOf(
  { io }: Host,
  socket: string,
  named: string = MAIN,
  configured?: readonly string[],
): Target['dataplane'] {
  const running = runningAgents(io.env).map(
    (agent) => new Map([...(agent.socket === undefined ? [] : [[MAIN, agent.socket] as const]), ...agent.dataplanes]),
  );
  const having = configured ? undefined : running.find((sockets) => [...sockets.values()].includes(socket));
  const names = configured ?? [...(having?.keys() ?? [])];
  if (names.length < 2) return undefined;
  const name = [...(having ?? [])].find(([, each]) => each === socket)?.[0] ?? named;
  return { name, others: names.filter((each) => each !== name) };
}
