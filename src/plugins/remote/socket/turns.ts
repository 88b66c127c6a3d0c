/**
 * Spreads work that comes for many at once over turns of the event loop: an event that a thousand clients get would otherwise hold up
 * everybody's requests until the last of them has it.
 */

/**
 * Milliseconds of one turn: about what one client's events take to be written and given to the kernel. A request waits for a turn on its
 * way to VPP, and its answer for another one on its way back.
 */
const TURN_MS = 0.02;

export class Turns {
  private queue: (() => void)[] = [];
  private isScheduled = false;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Has `work` done soon, behind what was added before. It must not throw. */
  add(work: () => void): void {
    this.queue.push(work);
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled || this.queue.length === 0) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.run();
    });
  }

  private run(): void {
    const until = this.now() + TURN_MS;
    let done = 0;
    while (done < this.queue.length) {
      this.queue[done++]();
      if (this.now() > until) break;
    }
    this.queue = this.queue.slice(done);
    this.schedule();
  }
}
