/**
 * Keeps the segment of one VPP open: reaches it when it is first needed, and again when VPP was started anew. That shows in the socket
 * file, which is another one; in the process, which is gone; in the boot time, for a file that was written anew.
 */
import { fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import { socketFileAt } from '../socket-file.js';
import { reasonOf } from '../thrown.js';
import { StatsError } from './errors.js';
import { Heartbeat } from './heartbeat.js';
import { SegmentMemory } from './segment/memory.js';
import { Segment } from './segment/segment.js';
import type { StatsState, StatsWay } from './types.js';
import type { Way } from './ways/way.js';
import { away, type Opened, reachSegment } from './ways/ways.js';

/** Milliseconds between attempts to reach a VPP that could not be reached, while its socket file stays the same. */
const RETRY = 1000;

export interface SourceOptions {
  readonly socket?: () => string;
  readonly file?: string;
  readonly ways: readonly Way[];
}

interface Open {
  readonly segment: Segment;
  readonly way: StatsWay | 'file';
  readonly path: string;
  /** Identity of the socket file, or of the file itself. */
  readonly place: string;
  /** Identity of the memory. */
  readonly memory: string;
  readonly process?: { readonly pid: number; readonly started: string };
}

export class SegmentSource {
  /** Counts the VPPs that were seen: one more after each restart. */
  generation = 0;
  readonly heartbeat = new Heartbeat();
  private open: Open | undefined;
  private memory: string | undefined;
  private bootTime = 0n;
  private failure: { readonly error: StatsError; readonly place: string | undefined; readonly at: number } | undefined;
  private kind: StatsState['state'] = 'away';
  private reason: string | undefined = 'not read yet';
  private since = Date.now();
  private lastRead: number | undefined;

  constructor(private readonly options: SourceOptions) {}

  get state(): StatsState {
    const { kind, reason, since, lastRead, open } = this;
    return {
      socket: this.path,
      ...(open && { way: open.way }),
      state: kind,
      ...(reason !== undefined && { reason }),
      since,
      ...(lastRead !== undefined && { lastRead }),
    };
  }

  /** The segment of the VPP that runs now. Rejects with StatsError. */
  async segment(): Promise<Segment> {
    const place = this.placeNow();
    if (this.open !== undefined) {
      const gone = this.gone(this.open, place);
      if (gone === undefined) return this.open.segment;
      this.leave(gone);
    }
    try {
      return await this.reach(place);
    } catch (error) {
      const known = error instanceof StatsError ? error : new StatsError('STATS_UNREACHABLE', reasonOf(error));
      if (known !== this.failure?.error) this.failure = { error: known, place, at: performance.now() };
      this.enter('away', known.message);
      throw known;
    }
  }

  /** Notes what a read has seen. `bootTime` is 0 until VPP has set it. */
  succeeded(seen: { readonly heartbeat: bigint | undefined; readonly bootTime: bigint | undefined }): void {
    const { bootTime = 0n } = seen;
    if (this.bootTime !== 0n && bootTime !== 0n && bootTime !== this.bootTime) {
      this.generation++;
      this.heartbeat.forget();
    }
    this.bootTime = bootTime;
    this.lastRead = Date.now();
    const still = this.options.socket === undefined ? undefined : this.heartbeat.see(seen.heartbeat, performance.now());
    if (still === undefined) this.enter('reading');
    else this.enter('stale', `VPP's heartbeat stands still since ${Math.round(still / 1000)} s: its main thread hangs`);
  }

  /** Notes that a segment that is there could not be read. */
  failed(error: unknown): void {
    this.enter('stale', reasonOf(error));
    if (error instanceof StatsError && error.code === 'STATS_INVALID') this.leave(error.message);
  }

  close(): void {
    this.leave('closed');
  }

  private get path(): string {
    const { socket, file } = this.options;
    return socket?.() ?? (file as string);
  }

  private placeNow(): string | undefined {
    return this.options.file === undefined ? socketFileAt(this.path)?.identity : fileAt(this.path);
  }

  /** Why what is open is of the past; undefined where it is not. */
  private gone({ path, place: before, process }: Open, place: string | undefined): string | undefined {
    if (path !== this.path) return `${this.path} has its place`;
    if (process !== undefined && startOf(process.pid) !== process.started) return `process ${process.pid} is gone`;
    if (place === before) return undefined;
    // A socket that somebody removed says nothing of a process that is there.
    if (place === undefined) return process === undefined ? 'it is gone' : undefined;
    return 'it was made anew';
  }

  private async reach(place: string | undefined): Promise<Segment> {
    const { file, ways } = this.options;
    const { path } = this;
    if (place === undefined) throw away(path, 'there is no such file');
    const { failure } = this;
    // A python3 for each of many reads would be too much.
    if (failure?.place === place && performance.now() - failure.at < RETRY) throw failure.error;
    const opened = file === undefined ? await reachSegment(path, ways) : openFile(file);
    this.failure = undefined;
    const started = opened.pid === undefined ? undefined : startOf(opened.pid);
    this.open = {
      segment: new Segment(new SegmentMemory(opened.fd, opened.size)),
      way: file === undefined ? opened.way : 'file',
      path,
      place,
      memory: opened.identity,
      ...(opened.pid !== undefined && started !== undefined && { process: { pid: opened.pid, started } }),
    };
    if (this.memory !== opened.identity) {
      if (this.memory !== undefined) this.generation++;
      this.memory = opened.identity;
      this.bootTime = 0n;
      this.heartbeat.forget();
    }
    return this.open.segment;
  }

  private leave(reason: string): void {
    this.open?.segment.close();
    this.open = undefined;
    this.enter('away', reason);
  }

  private enter(kind: StatsState['state'], reason?: string): void {
    if (this.kind !== kind) this.since = Date.now();
    this.kind = kind;
    this.reason = reason;
  }
}

/** A number of a file that was removed is soon another one's. */
const identityOf = ({ dev, ino, birthtimeMs }: Stats) => `${dev}:${ino}:${birthtimeMs}`;

/** Its content may change. */
function fileAt(path: string): string | undefined {
  try {
    return identityOf(statSync(path));
  } catch {
    return undefined;
  }
}

function openFile(path: string): Opened {
  const fd = openSync(path, 'r');
  const file = fstatSync(fd);
  return { fd, size: file.size, identity: identityOf(file), way: 'proc' };
}

/** When a process started, in ticks since the machine did: its number may be another one's by now. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may have spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
