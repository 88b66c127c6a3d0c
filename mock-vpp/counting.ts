/** The counters of one run of the mocked VPP: time passes for its traffic, and its stats segment shows what was counted. */
import type { Dataplane } from './dataplane/dataplane.js';
import { traffic } from './kinds/interfaces/traffic.js';
import type { MockOptions } from './options.js';
import { MockStats } from './stats/mock-stats.js';
import { StatsError } from './stats/stats-error.js';

const UPDATE_MS = 1000;

type Options = Pick<MockOptions, 'traffic' | 'stats' | 'updateMs' | 'log'>;

export class Counting {
  private readonly stats: MockStats | undefined;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly options: Options,
    private readonly dataplane: Dataplane,
  ) {
    const { stats, log = () => {} } = options;
    if (stats) this.stats = new MockStats(stats, { traffic: dataplane.of(traffic), log });
  }

  /** Rejects with StatsError where the file of the segment cannot be made, or its socket. */
  static async start(options: Options, dataplane: Dataplane): Promise<Counting> {
    let counting: Counting | undefined;
    try {
      counting = new Counting(options, dataplane);
      await counting.begin();
      return counting;
    } catch (error) {
      await counting?.close();
      throw new StatsError(error);
    }
  }

  private async begin(): Promise<void> {
    const { updateMs = UPDATE_MS, traffic, stats } = this.options;
    await this.stats?.listen();
    if (updateMs === 0 || (traffic === undefined && stats === undefined)) return;
    let before = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      this.advance((now - before) / 1000);
      before = now;
    }, updateMs);
    this.timer.unref();
  }

  /** Lets `seconds` pass. */
  advance(seconds: number): void {
    this.dataplane.of(traffic).advance(seconds);
    this.stats?.update(seconds);
  }

  /** Ends it; the segment goes. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.stats?.close();
  }
}
