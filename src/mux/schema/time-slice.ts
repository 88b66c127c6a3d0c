/** Long work in pieces: lets the event loop turn between them, so that nobody else waits for it. */

import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work without a pause. */
const SLICE = 10;

export class TimeSlice {
  private since = performance.now();

  /** Pauses when the slice is used up. Call it between two pieces of work. */
  pauseIfOver(): Promise<void> | undefined {
    return performance.now() - this.since < SLICE ? undefined : this.pause();
  }

  private async pause(): Promise<void> {
    await turn();
    this.since = performance.now();
  }
}
