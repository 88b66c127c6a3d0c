/** Long work in pieces: lets the event loop turn between them, so that nobody else waits for it. */

import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work without a pause. */
const PIECE = 10;

export class Breath {
  private since = performance.now();

  /** Call between two pieces: pauses when the last pause is long enough ago. */
  take(): Promise<void> | undefined {
    return performance.now() - this.since < PIECE ? undefined : this.pause();
  }

  private async pause(): Promise<void> {
    await turn();
    this.since = performance.now();
  }
}
