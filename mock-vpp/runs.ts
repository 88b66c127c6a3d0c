/** The runs of a mocked VPP, from a start to a kill each: every run has a dataplane, message ids and a pid of its own. */
import { rmSync } from 'node:fs';
import { Counting } from './counting.js';
import type { Log, MockOptions } from './options.js';
import type { Server } from './server/server.js';

export interface RestartOptions {
  /** Use other message ids afterwards. Default true, as after a restart with other plugins. */
  readonly renumber?: boolean;
  /** Milliseconds between the death and the next start. Default 0. */
  readonly downMs?: number;
}

/** The parts of a run that differ from those of the one before. */
export interface Run {
  readonly pid: number;
  /** Message ids are others for each number. */
  readonly numbering: number;
}

export class Runs {
  /** The server of the present run; undefined while the mock is down. */
  server: Server | undefined;
  private counting: Counting | undefined;
  /** Resolves when the counters of the last run have gone. */
  private ended: Promise<void> = Promise.resolve();
  private count = 0;
  private deaths = 0;
  private stops = 0;
  private numbering = 0;
  /** A socket file of ours that nobody listens on. */
  private leftSocket = false;

  constructor(
    private readonly options: MockOptions,
    private readonly log: Log,
    private readonly serverOf: (run: Run) => Server,
  ) {}

  get pid(): number {
    return (this.options.pid ?? process.pid) + Math.max(0, this.count - 1);
  }

  /** Throws while the mock is down. */
  get present(): Server {
    if (this.server === undefined) throw new Error('mock-vpp is down; start() it first');
    return this.server;
  }

  /** Throws when it is up, or when the socket is another process's. Stopped meanwhile, it is down. */
  async start(): Promise<void> {
    const { socket } = this.options;
    if (this.server !== undefined) throw new Error(`mock-vpp is listening on ${socket} already`);
    this.count++;
    const { stops } = this;
    const server = this.serverOf({ pid: this.pid, numbering: this.numbering });
    let counting: Counting | undefined;
    try {
      await this.ended;
      counting = await Counting.start(this.options, server.vpp.dataplane);
      await server.listen(socket);
    } catch (error) {
      this.count--;
      await counting?.close();
      throw error;
    }
    if (this.stops !== stops) {
      // It was stopped while it started.
      server.kill(socket, false);
      await counting.close();
      return;
    }
    this.server = server;
    this.counting = counting;
    this.leftSocket = false;
    this.log('info', `mock-vpp listens on ${socket}`, { socket, pid: this.pid });
  }

  kill(leaveSocket: boolean): void {
    if (this.server === undefined) return;
    this.server.kill(this.options.socket, leaveSocket);
    this.server = undefined;
    this.ended = this.counting?.close() ?? this.ended;
    this.counting = undefined;
    this.deaths++;
    this.leftSocket = leaveSocket;
  }

  async restart({ renumber = true, downMs = 0 }: RestartOptions): Promise<void> {
    this.kill(false);
    if (renumber) this.numbering++;
    const death = this.deaths;
    if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs));
    // It may have been stopped, or started by hand, meanwhile.
    if (this.deaths === death && this.server === undefined) await this.start();
  }

  /** Lets `seconds` pass for the counters. Throws while the mock is down. */
  advance(seconds: number): void {
    if (this.counting === undefined) throw new Error('mock-vpp is down; start() it first');
    this.counting.advance(seconds);
  }

  /** Stops for good and removes the socket file. */
  async stop(): Promise<void> {
    this.stops++;
    this.kill(false);
    this.deaths++;
    await this.ended;
    if (this.leftSocket) rmSync(this.options.socket, { force: true });
    this.leftSocket = false;
  }
}
