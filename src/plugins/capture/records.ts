/**
 * Records of what is traced and captured, in a folder of this user: an agent that crashed has left its record, by which the next
 * one undoes it; and a process that finds the record of another one that runs leaves that VPP alone.
 */

import { createHash } from 'node:crypto';
import { linkSync, lstatSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { isRunning, processStart } from '../../process-identity.js';
import { readRegularFile } from '../../regular-file.js';
import type { Lease } from './lease.js';
import type { Traces } from './undo.js';

const MOST_BYTES = 16 * 1024;
const KINDS: readonly unknown[] = ['packet-trace', 'pcap'];

/** One run of VPP: its process, and the socket file that it made. */
export interface VppRun {
  readonly pid: number;
  readonly socketFile?: string;
}

export interface CaptureRecord extends Lease {
  readonly vpp: VppRun;
  readonly traces: Traces;
  /** The process that has it. */
  readonly pid: number;
  readonly started?: string;
}

export const isSameRun = (a: VppRun, b: VppRun) => a.pid === b.pid && a.socketFile === b.socketFile;

/**
 * `$XDG_CACHE_HOME/vppmux/captures`, by default below `~/.cache`. A user without a home, such as one that systemd makes for a unit,
 * has `$CACHE_DIRECTORY`, or a folder in /tmp.
 */
export function recordsFolder(env: Readonly<Record<string, string | undefined>>, home = homedir): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'vppmux', 'captures');
  try {
    return join(home(), '.cache', 'vppmux', 'captures');
  } catch {
    return join(env.CACHE_DIRECTORY?.split(':')[0] || join(tmpdir(), `vppmux-${process.getuid?.()}`), 'captures');
  }
}

export class Records {
  private readonly own = new Set<string>();

  constructor(private readonly folder: string) {}

  /** The record of the VPP at this socket; undefined where there is none. */
  read(socket: string): CaptureRecord | undefined {
    try {
      if (!this.isOwn()) return undefined;
      return recordIn(JSON.parse(readRegularFile(this.fileOf(socket), { max: MOST_BYTES }).toString('utf8')));
    } catch {
      return undefined;
    }
  }

  /** Whether somebody else has it: a process that runs, or another part of this one. */
  isOthers({ id, pid, started }: CaptureRecord): boolean {
    return !this.own.has(id) && isRunning(pid, started);
  }

  /** Throws EEXIST where there is one, and the system's error where none can be written. */
  write(socket: string, record: Omit<CaptureRecord, 'pid' | 'started'>): void {
    makeFolders(this.folder, 0o700);
    if (!this.isOwn()) throw new Error(`${this.folder} is not a folder of this user`);
    const own = { ...record, pid: process.pid, started: processStart(process.pid) };
    const file = this.fileOf(socket);
    const part = `${file}.${record.id}`;
    try {
      // Others see it whole or not at all: half a record would be taken for none, and removed.
      writeFileSync(part, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
      linkSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
    this.own.add(record.id);
  }

  /** Removes the record; with an `id`, only that of this lease: another process may have written its own by now. */
  remove(socket: string, id?: string): void {
    if (id === undefined || this.read(socket)?.id === id) rmSync(this.fileOf(socket), { force: true });
  }

  /** In /tmp, another user may have been there before. */
  private isOwn(): boolean {
    const stat = lstatSync(this.folder, { throwIfNoEntry: false });
    return stat?.isDirectory() === true && stat.uid === process.getuid?.();
  }

  /** The file of the VPP at this socket. */
  fileOf(socket: string): string {
    return join(this.folder, `${createHash('sha256').update(resolve(socket)).digest('hex').slice(0, 16)}.json`);
  }
}

/** Reads a record; undefined for what is none. Names in it go into messages and paths: they must be of our making. */
function recordIn(content: unknown): CaptureRecord | undefined {
  const { id, kind, owner, since, until, vpp, traces, pid, started } = (content ?? {}) as Record<string, never>;
  const times = [new Date(since), new Date(until)];
  const isWhole =
    /^[0-9a-f]{16}$/.test(String(id)) &&
    KINDS.includes(kind) &&
    typeof owner === 'string' &&
    times.every((time) => !Number.isNaN(time.getTime())) &&
    Number.isSafeInteger(pid) &&
    Number.isSafeInteger((vpp as VppRun | undefined)?.pid);
  const { pcap, traceFunction, pcapFunction } = (traces ?? {}) as Traces;
  const names = [traceFunction, pcapFunction].every((name) => name === undefined || /^\w{1,60}$/.test(name));
  if (!isWhole || !names || (pcap !== undefined && pcap !== pcapPrefix(id))) return undefined;
  return { id, kind, owner, since: times[0], until: times[1], vpp, traces, pid, started };
}

/** The beginning of the names of a capture's files. What follows cannot be guessed: VPP writes where a link of that name would lead. */
export const pcapPrefix = (id: string) => `vppmux-${id}-`;
