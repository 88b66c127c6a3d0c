/**
 * The stats segment of one run of the mocked VPP. Interfaces are in it as soon as they are made; values are written at each
 * update, between which the traffic goes on.
 */
import type { Log, StatsOptions } from '../options.js';
import type { Traffic } from '../traffic/traffic.js';
import { Directory, type Known } from './directory.js';
import { SegmentFull } from './memory.js';
import { StatsSegment } from './segment.js';
import { SegmentFile } from './segment-file.js';
import { SegmentSocket } from './segment-socket.js';

/** Bytes of a segment. The file takes no more than what is used of it. */
const SIZE = 128 * 1024 * 1024;
const LEAST_SIZE = 64 * 1024;
const MOST_SIZE = 2 ** 31;
/** Bytes of the main heap: at the start, and for an interface. */
const HEAP = { start: 94_000_000, ofInterface: 4096 };

interface Owner {
  readonly traffic: Traffic;
  readonly log: Log;
}

export class MockStats {
  private readonly segment: StatsSegment;
  private readonly directory: Directory;
  private readonly file: SegmentFile;
  private readonly bootTime = Math.floor(Date.now() / 1000);
  private socket: SegmentSocket | undefined;
  private isDue = false;
  private isClosed = false;
  private isFull = false;
  private isUnwritable = false;
  /** Seconds that have passed since the start. */
  private seconds = 0;

  /** Throws where the file cannot be made, or has no room for what is there without an interface. */
  constructor(
    private readonly options: StatsOptions,
    private readonly owner: Owner,
  ) {
    this.segment = new StatsSegment(sizeOf(options));
    this.directory = new Directory(this.segment, owner.traffic);
    this.file = new SegmentFile(fileOf(options), this.segment.memory);
    for (const swIfIndex of owner.traffic.indices()) this.directory.note(swIfIndex);
    owner.traffic.onInterface = (swIfIndex) => {
      this.directory.note(swIfIndex);
      this.soon();
    };
    owner.traffic.onRename = () => this.soon();
    owner.traffic.onClear = (swIfIndex) => {
      this.directory.cleared(this.seconds, swIfIndex);
      this.soon();
    };
    this.follow();
    this.update(0);
  }

  /** Opens the socket, where one is asked for. Rejects where that cannot be. */
  async listen(): Promise<void> {
    const { socket } = this.options;
    if (socket === undefined) return;
    this.socket = await SegmentSocket.listen(socket, this.file.path, (reason) =>
      this.owner.log('warn', `the stats socket ${socket} is gone: ${reason}`),
    );
  }

  /** Writes the counters, `seconds` after the last time. */
  update(seconds: number): void {
    this.seconds += seconds;
    if (this.directory.isBehind) this.follow();
    this.directory.beat(this.known, this.seconds);
    this.flush();
  }

  /** Ends it. Resolves when the socket has gone. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.file.close();
    await this.socket?.close();
  }

  /** Shows what has changed at the end of the tick, however much it is. */
  private soon(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      if (this.isClosed) return;
      if (this.directory.isBehind) this.follow();
      else this.flush();
    });
  }

  private follow(): void {
    const { segment, directory } = this;
    segment.lock();
    this.flush();
    try {
      directory.follow();
    } catch (error) {
      if (!(error instanceof SegmentFull)) throw error;
      if (!this.isFull) this.owner.log('warn', `${error.message}: what has been added since is not in it`);
      this.isFull = true;
    }
    this.flush();
    segment.unlock();
    this.flush();
  }

  /** A disk that is full must not end the mock; what could not be written is written the next time. */
  private flush(): void {
    try {
      this.file.flush();
    } catch (error) {
      if (!this.isUnwritable)
        this.owner.log('warn', `the stats segment cannot be written: ${(error as Error).message}`);
      this.isUnwritable = true;
    }
  }

  private get known(): Known {
    const { bootTime, owner } = this;
    return { bootTime, heapUsed: HEAP.start + owner.traffic.count * HEAP.ofInterface };
  }
}

/** Throws RangeError for a size that no segment has. */
function sizeOf({ size = SIZE }: StatsOptions): number {
  if (Number.isSafeInteger(size) && size >= LEAST_SIZE && size <= MOST_SIZE) return size;
  throw new RangeError(`stats: size is a whole number from ${LEAST_SIZE} to ${MOST_SIZE}, not ${size}`);
}

/** Throws RangeError when neither a file nor a socket is named. */
function fileOf({ file, socket }: StatsOptions): string {
  if (file !== undefined) return file;
  if (socket === undefined) throw new RangeError('stats: a file or a socket must be named');
  return `${socket}.segment`;
}
