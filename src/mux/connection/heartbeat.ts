/**
 * Is VPP alive? Sends the probe at a fixed pace and counts the ones that nothing came back from.
 *
 * Any whole message from VPP counts as life, not only the probe's answer: a VPP that is busy with a long dump is
 * not dead. Bytes of a message that does not end (link/frame-age.ts) are none: nobody is answered behind them. A probe goes out each interval even while an earlier one is unanswered, so that
 * `not-responding` is reached within interval × threshold + timeout.
 *
 * While VPP is at a request that may take long (progress.ts), no probe goes out and none counts: VPP would answer it
 * after that request, and until the deadline of that request silence is no news.
 *
 *   ready ──1 missed──▶ degraded ──threshold missed──▶ not-responding
 *     ◀────────────── any message from VPP ───────────────┘
 */

import { debug } from '../../debug.js';
import { TimeoutError } from '../errors.js';

export interface HeartbeatOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly threshold: number;
  /** Sends the probe; settles when it is answered or its deadline has passed. */
  readonly probe: (timeoutMs: number) => Promise<unknown>;
  /** Whole frames received so far: changes when VPP says anything. */
  readonly framesIn: () => number;
  /** VPP is at a request that may take as long as it does. */
  readonly isExcused?: () => boolean;
  readonly onMissed: (missed: number, since: number) => void;
  readonly onAlive: () => void;
  /** The probe cannot be asked at all, which says nothing of VPP. */
  readonly onUnusable: (error: Error) => void;
}

export class Heartbeat {
  private missed = 0;
  private framesAtLastLife: number;
  private lastLife = Date.now();
  private readonly timer: NodeJS.Timeout;
  private stopped = false;

  constructor(private readonly options: HeartbeatOptions) {
    this.framesAtLastLife = options.framesIn();
    this.timer = setInterval(() => this.beat(), options.intervalMs);
    this.timer.unref();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  private beat(): void {
    this.look();
    const { probe, framesIn, timeoutMs, isExcused } = this.options;
    if (isExcused?.()) {
      debug.health?.('no probe: VPP is at a request that may take long');
      return;
    }
    const framesAtStart = framesIn();
    probe(timeoutMs).then(
      () => void this.look(),
      (error: Error) => {
        if (this.stopped || this.look() || framesIn() !== framesAtStart || isExcused?.()) return;
        if (!(error instanceof TimeoutError)) this.options.onUnusable(error);
        else {
          this.missed++;
          debug.health?.(
            `a probe was not answered within ${timeoutMs} ms, and nothing else came: ${this.missed} in a row, threshold ${this.options.threshold}`,
          );
          this.options.onMissed(this.missed, this.lastLife);
        }
      },
    );
  }

  /** True, and all is forgiven, when VPP has said anything since the last look. */
  private look(): boolean {
    if (this.stopped) return false;
    const frames = this.options.framesIn();
    if (frames === this.framesAtLastLife) return false;
    this.framesAtLastLife = frames;
    this.lastLife = Date.now();
    if (this.missed > 0) {
      debug.health?.(`a message came from VPP: ${this.missed} missed probes are forgotten`);
      this.missed = 0;
      this.options.onAlive();
    }
    return true;
  }
}
