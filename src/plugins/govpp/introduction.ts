/** Waits until VPP has introduced itself: it reports its version and process id soon after a session has begun. */

import type { ConnectionStatus } from '../../mux/index.js';

/** Milliseconds after which a VPP that reports nothing is taken as it is. */
const LONGEST_MS = 1000;

export class Introduction {
  private readonly done: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(done: () => void) {
    this.done = done;
  }

  /** Calls `done` immediately when `status` has both, else when a further one has, or after a second. */
  await({ version, pid }: ConnectionStatus): void {
    if (version !== undefined && pid !== undefined) this.finish();
    else this.timer ??= setTimeout(() => this.finish(), LONGEST_MS);
  }

  /** Waits no longer; `done` is not called. */
  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private finish(): void {
    this.cancel();
    this.done();
  }
}
