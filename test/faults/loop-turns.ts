/**
 * The longest turn of the event loop. Counted is the time that this process computed in it, at most: on a machine that
 * is busy with other things a turn lasts longer than it works, and that is nobody's fault here.
 */

const EVERY = 5;

export class LoopTurns {
  /** Milliseconds. */
  longest = 0;
  private at = performance.now();
  private cpu = process.cpuUsage();
  private readonly timer = setInterval(() => this.turn(), EVERY);

  stop(): void {
    clearInterval(this.timer);
  }

  private turn(): void {
    const { user, system } = process.cpuUsage(this.cpu);
    const computed = (user + system) / 1000;
    const lasted = performance.now() - this.at;
    this.longest = Math.max(this.longest, Math.min(computed, lasted));
    this.at = performance.now();
    this.cpu = process.cpuUsage();
  }
}
