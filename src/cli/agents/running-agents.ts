/** Lists the running agents of this user by their entries in the private folder. An entry left behind does not count. */

import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRegularFile } from '../../regular-file.js';
import { type Env, privateFoldersThere } from '../files/private-folder.js';

/** Their place in the private folder. */
const AGENTS = 'agents';

/** The entry of the process `pid`. Those of other containers, whose processes cannot be looked at, have other names. */
export const fileOf = (folder: string, pid: number) => join(folder, AGENTS, `${pidNamespace()}-${pid}.json`);

const KEYS = ['started', 'socket', 'url', 'traceFile', 'configDir'];
const MOST_BYTES = 16 * 1024;

export interface AgentRecord {
  readonly pid: number;
  /** The start of the process, as the kernel has it: another process may get its number. */
  readonly started?: string;
  /** VPP's socket that the agent uses now. */
  readonly socket?: string;
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
  return records.filter(runs).sort((a, b) => a.pid - b.pid);
}

/** Removes what killed agents have left. */
export function forgetDeadAgents(env: Env): void {
  for (const file of filesIn(env)) {
    const record = readRecord(file);
    if (record === undefined || !runs(record)) rmSync(file, { force: true });
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
    const [started, socket, url, traceFile, configDir] = KEYS.map((key) => textAt(content, key));
    const known = url !== undefined && URL.canParse(url) ? url : undefined;
    return { pid, started, socket, url: known, traceFile, configDir };
  } catch {
    // It has just ended, or the file is none of ours.
    return undefined;
  }
}

function runs({ pid, started }: AgentRecord): boolean {
  if (started !== undefined) return processStart(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The string at `key` of what may be anything. */
export function textAt(section: unknown, key: string): string | undefined {
  if (typeof section !== 'object' || section === null) return undefined;
  const value = (section as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}

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
