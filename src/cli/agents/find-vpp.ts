/**
 * Finds the VPP for a command that names none: the one at the usual place, else that of a running agent. Agents of this
 * user are found by their entries, which are believed; one of another user (a service) is asked for its status. What that
 * answers is anybody's text, since anybody may have taken its port: a socket that it names must be this user's or root's, at
 * a place where nobody else can put another one. It is sent no token.
 */

import { existsSync, lstatSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { MAIN } from '../../agent/for-cli.js';
import { usualSocket } from '../../mux/for-cli.js';
import { printableLine } from '../../printable.js';
import { socketPathProblem } from '../../socket-path.js';
import { propertyOf } from '../../thrown.js';
import { UsageError } from '../errors.js';
import type { Env } from '../files/private-folder.js';
import { replaceablePart } from '../files/replaceable.js';
import { DEFAULT_AGENT, isLocal, localUrl, namedAgent } from './agent-address.js';
import { type AgentRecord, runningAgents, textAt } from './running-agents.js';

/** Longest wait for an agent, which answers from memory. */
const ANSWER_MS = 1000;

export interface FoundVpp {
  readonly socket: string;
  /** Its stats socket, where the agent's configuration names one. */
  readonly statsSocket?: string;
  /** `the agent with pid 4711`, `the agent at 127.0.0.1:9191` */
  readonly from: string;
}

export interface FindOptions {
  /** The socket at the usual place. */
  readonly usual?: string;
  /** The VPP of that dataplane of an agent is wanted, and no other. */
  readonly dataplane?: string | undefined;
}

/**
 * Undefined: the usual place, unless a dataplane is named. Throws UsageError when several agents run and it is not said which, and when none
 * has the dataplane.
 */
export async function findVpp(
  env: Env,
  signal: AbortSignal,
  { usual = usualSocket(), dataplane }: FindOptions = {},
): Promise<FoundVpp | undefined> {
  if (dataplane !== undefined) return (await findAtAgents(env, signal, dataplane)) ?? noDataplane(env, dataplane);
  return existsSync(usual) ? undefined : findAtAgents(env, signal, MAIN);
}

async function findAtAgents(env: Env, signal: AbortSignal, dataplane: string): Promise<FoundVpp | undefined> {
  const named = namedAgent(env);
  const known = ofRecords(runningAgents(env), named, dataplane);
  if (known) return known;
  const url = named ?? new URL(DEFAULT_AGENT);
  // The paths of another machine are of no use here.
  if (!isLocal(url)) return undefined;
  // HTTP is loaded where it is needed: most commands are over by now.
  const { readStatus } = await import('./read-status.js');
  const status = await readStatus(url, { signal, patienceMs: ANSWER_MS }).catch(() => undefined);
  const sections = dataplane === MAIN ? status : propertyOf(propertyOf(status, 'dataplanes'), dataplane);
  const vpp = propertyOf(sections, 'vpp');
  const [socket, stats] = [textAt(vpp, 'socket'), textAt(vpp, 'statsSocket')];
  if (socket === undefined || !isTrusted(socket)) return undefined;
  return {
    socket,
    ...withStats(stats !== undefined && isTrusted(stats) ? stats : undefined),
    from: `the agent at ${url.host}`,
  };
}

const withStats = (statsSocket: string | undefined) => (statsSocket === undefined ? {} : { statsSocket });

function noDataplane(env: Env, dataplane: string): never {
  const known = runningAgents(env).flatMap(
    ({ pid, dataplanes }) => `${[MAIN, ...dataplanes.keys()].join(', ')} (pid ${pid})`,
  );
  const which = known.length === 0 ? 'no agent of this user runs' : `there are ${printableLine(known.join('; '))}`;
  throw new UsageError(`--dataplane ${dataplane}: no running agent has a VPP there: ${which}`);
}

function ofRecords(records: readonly AgentRecord[], named: URL | undefined, dataplane: string): FoundVpp | undefined {
  const wanted = named
    ? records.filter(({ url }) => url !== undefined && localUrl(url) === localUrl(named.href))
    : records;
  const found = wanted.flatMap(({ pid, url, ...sockets }) => {
    const isMain = dataplane === MAIN;
    const socket = isMain ? sockets.socket : sockets.dataplanes.get(dataplane);
    const stats = isMain ? sockets.statsSocket : sockets.statsSockets.get(dataplane);
    if (socket === undefined || !isThere(socket)) return [];
    return [{ socket, ...withStats(stats), url, from: `the agent with pid ${pid}` }];
  });
  const usual = found.find(({ url }) => url !== undefined && localUrl(url) === localUrl(DEFAULT_AGENT));
  if (usual || found.length <= 1) return usual ?? found[0];
  if (new Set(found.map(({ socket }) => socket)).size === 1) return found[0];
  const each = found.map(({ socket, from }) => `${socket} (${from})`).join(', ');
  throw new UsageError(`several agents run, with different VPPs: say which with --socket: ${printableLine(each)}`);
}

/** True for a socket (no link to one) of this user or root, at a path that no other user can replace. */
function isTrusted(socket: string): boolean {
  if (!isThere(socket)) return false;
  try {
    const stat = lstatSync(socket);
    const isOurs = stat.isSocket() && (stat.uid === 0 || stat.uid === process.getuid?.());
    return isOurs && replaceablePart(socket) === undefined;
  } catch {
    return false;
  }
}

function isThere(socket: string): boolean {
  if (!isAbsolute(socket) || socketPathProblem(socket) !== undefined) return false;
  try {
    return statSync(socket).isSocket();
  } catch {
    return false;
  }
}
