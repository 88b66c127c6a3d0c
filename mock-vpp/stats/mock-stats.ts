/**
 * The stats segment of one run of the mocked VPP. Interfaces are in it as soon as they are made; values are written at each
 * update, between which the traffic goes on.
 */
import type { Dataplane } from '../dataplane/dataplane.js';
import type { Log, StatsOptions } from '../options.js';
import type { Traffic } from '../traffic/traffic.js';
import { Directory, type Known } from './directory.js';
import { SegmentFull } from './memory.js';
import { StatsSegment } from './segment.js';
import { SegmentFile } from './segment-file.js';
import { SegmentSocket } from './segment-socket.js';

/** Bytes of a segment. The file takes no more than what is used of it. */
const SIZE = 64 * 1024 * 1024;
/** Bytes of the main heap: at the start, and for an interface. */
const HEAP = { start: 94_000_000, ofInterface: 4096 };

interface Owner {
  readonly dataplane: Dataplane;
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
  /** Seconds that have passed since the start. */
  private seconds = 0;

  /** Throws where the file cannot be made. */
  constructor(
    private readonly options: StatsOptions,
    private readonly owner: Owner,
  ) {
    this.segment = new StatsSegment(options.size ?? SIZE);
    this.file = new SegmentFile(fileOf(options), this.segment.memory);
    this.directory = new Directory(this.segment, owner.traffic);
    owner.traffic.onInterfaces = () => this.soon();
    owner.traffic.onClear = () => this.directory.cleared(this.seconds);
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
    this.directory.beat(this.known, this.seconds);
    this.file.flush();
  }

  /** Ends it. Resolves when the socket has gone. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.file.close();
    await this.socket?.close();
  }

  /** Follows the interfaces at the end of the tick, however many have changed. */
  private soon(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      if (!this.isClosed) this.follow();
    });
  }

  private follow(): void {
    const { segment, directory, file } = this;
    segment.lock();
    file.flush();
    try {
      directory.follow(this.known);
    } catch (error) {
      if (!(error instanceof SegmentFull)) throw error;
      if (!this.isFull) this.owner.log('warn', `${error.message}: what has been added since is not in it`);
      this.isFull = true;
    }
    file.flush();
    segment.unlock();
    file.flush();
  }

  private get known(): Known {
    const interfaces = [...this.owner.dataplane.interfaces.values()];
    return {
      interfaces,
      bootTime: this.bootTime,
      heapUsed: HEAP.start + interfaces.length * HEAP.ofInterface,
    };
  }
}

/** Throws RangeError when neither a file nor a socket is named. */
function fileOf({ file, socket }: StatsOptions): string {
  if (file !== undefined) return file;
  if (socket === undefined) throw new RangeError('stats: a file or a socket must be named');
  return `${socket}.segment`;
}
