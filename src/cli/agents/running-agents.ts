/** Lists the running agents of this user by their entries in the private folder. An entry left behind does not count. */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN } from '../../agent/for-cli.js';
import { printableLine } from '../../printable.js';
import { isRunning, pidNamespace } from '../../process-identity.js';
import { readRegularFile } from '../../regular-file.js';
import { UsageError } from '../errors.js';
import { type Env, privateFoldersThere } from '../files/private-folder.js';

/** Their place in the private folder. */
const AGENTS = 'agents';

/** The entry of the process `pid`. Those of other containers, whose processes cannot be looked at, have other names. */
export const fileOf = (folder: string, pid: number) => join(folder, AGENTS, `${pidNamespace()}-${pid}.json`);

const KEYS = ['started', 'socket', 'statsSocket', 'url', 'traceFile', 'configDir'];
const MOST_BYTES = 16 * 1024;

export interface AgentRecord {
  readonly pid: number;
  /** The start of the process, as the kernel has it: another process may get its number. */
  readonly started?: string;
  /** VPP's socket that the agent uses now. */
  readonly socket?: string;
  /** VPP's stats socket, where the agent's configuration names one. */
  readonly statsSocket?: string;
  /** Sockets of its other dataplanes, by their names. */
  readonly dataplanes: ReadonlyMap<string, string>;
  /** Their stats sockets, as far as they are named. */
  readonly statsSockets: ReadonlyMap<string, string>;
  /** Its HTTP server. */
  readonly url?: string;
  /** Its trace.conf. */
  readonly traceFile?: string;
  /** The folder of its configuration, an absolute path; none where it runs with the defaults. */
  readonly configDir?: string;
}

/** Oldest process number first. */
export function runningAgents(env: Env): AgentRecord[] {
  const records = filesIn(env).flatMap((file) => readRecord(file) ?? []);
  return records.filter(({ pid, started }) => isRunning(pid, started)).sort((a, b) => a.pid - b.pid);
}

/** Throws UsageError where the agent has no dataplane of this name. An agent that is not known may have it. */
export function checkDataplane(agent: AgentRecord | undefined, name: string | undefined): void {
  if (agent === undefined || name === undefined || name === MAIN || agent.dataplanes.has(name)) return;
  const all = [MAIN, ...agent.dataplanes.keys()].join(', ');
  throw new UsageError(
    `--dataplane ${name}: the agent with pid ${agent.pid} has no dataplane ${name}: there are ${printableLine(all)}`,
  );
}

/** Removes what killed agents have left. */
export function forgetDeadAgents(env: Env): void {
  for (const file of filesIn(env)) {
    const record = readRecord(file);
    if (record === undefined || !isRunning(record.pid, record.started)) rmSync(file, { force: true });
  }
}

function filesIn(env: Env): string[] {
  const ours = `${pidNamespace()}-`;
  return privateFoldersThere(env).flatMap((folder) => {
    try {
      const names = readdirSync(join(folder, AGENTS));
      return names
        .filter((name) => name.startsWith(ours) && /^\d+\.json$/.test(name.slice(ours.length)))
        .map((name) => join(folder, AGENTS, name));
    } catch {
      return [];
    }
  });
}

function readRecord(file: string): AgentRecord | undefined {
  try {
    const content = JSON.parse(readRegularFile(file, { max: MOST_BYTES }).toString('utf8'));
    const pid = Number(content?.pid);
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    const [started, socket, statsSocket, url, traceFile, configDir] = KEYS.map((key) => textAt(content, key));
    const known = url !== undefined && URL.canParse(url) ? url : undefined;
    const others = { dataplanes: textsIn(content.dataplanes), statsSockets: textsIn(content.statsSockets) };
    return { pid, started, socket, statsSocket, ...others, url: known, traceFile, configDir };
  } catch {
    // It has just ended, or the file is none of ours.
    return undefined;
  }
}

function textsIn(section: unknown): ReadonlyMap<string, string> {
  const entries = typeof section === 'object' && section !== null ? Object.entries(section) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The string at `key` of what may be anything. */
export function textAt(section: unknown, key: string): string | undefined {
  if (typeof section !== 'object' || section === null) return undefined;
  const value = (section as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}
