import { onAbort } from '../../abort.js';
import { LONGEST_TIMER_MS } from '../../duration.js';

/** Wakes one waiter; a ring while nobody waits is kept for the next wait. */
export class Bell {
  private isRung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.isRung = true;
    this.wake?.();
  }

  /** All that was rung for is known. */
  hush(): void {
    this.isRung = false;
  }

  /** Resolves when it is rung, after `ms`, or when the signal is aborted. */
  async wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
    if (!this.isRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        const forget = onAbort(signal, resolve);
        const timer = ms === undefined ? undefined : setTimeout(resolve, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
        this.wake = () => {
          clearTimeout(timer);
          forget();
          resolve();
        };
      });
      this.wake?.();
      this.wake = undefined;
    }
    this.isRung = false;
  }
}
