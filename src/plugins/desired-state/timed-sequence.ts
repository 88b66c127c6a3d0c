/** One thing at a time, and a timer for what is due next while nothing is done. */

import { fault } from '../../sdk/index.js';
import { Sequence } from '../../sequence.js';
import type { Clock } from './clock.js';

export interface TimedSequenceParts {
  readonly clock: Clock;
  /** When something is due; the clock's milliseconds, infinite for never. */
  readonly next: () => number;
  /** Does what is due. */
  readonly tick: () => Promise<void>;
  /** Called after each thing that was done. */
  readonly changed: () => void;
}

export class TimedSequence {
  private readonly sequence = new Sequence();
  private isRunning = false;
  private isClosed = false;
  private stopTimer = () => {};

  constructor(private readonly parts: TimedSequenceParts) {}

  get isBusy(): boolean {
    return this.isRunning;
  }

  /** Runs `run` when everything before has ended. Rejects with ENOTCONN when the agent ends before. */
  take<T>(run: () => Promise<T>): Promise<T> {
    return this.sequence.take(async () => {
      if (this.isClosed) throw fault('ENOTCONN', 'the agent is ending');
      this.isRunning = true;
      try {
        return await run();
      } finally {
        this.isRunning = false;
        if (!this.isClosed) {
          this.schedule();
          this.parts.changed();
        }
      }
    });
  }

  /** Sets the timer anew: what is due next has changed. */
  schedule(): void {
    this.stopTimer();
    const { clock, next, tick } = this.parts;
    const at = next();
    if (this.isClosed || this.isRunning || at === Number.POSITIVE_INFINITY) return;
    const run = () => void this.take(tick).catch(() => {});
    this.stopTimer = clock.after(Math.max(0, at - clock.now()), run);
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.sequence.idle();
  }

  /** Ends when what is under way has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopTimer();
    await this.sequence.idle();
  }
}
