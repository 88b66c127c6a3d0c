/**
 * Decides when the primary serves again after the backup had to: once it has been healthy for a while without a break. A
 * primary that fails again soon has to be healthy for twice as long the next time, so that one that comes and goes does not
 * cause a switch each time.
 */

import { debug } from '../../debug.js';
import type { Settings } from '../options.js';
import type { DataplaneRole } from '../types.js';

const LONGEST_HOLD = 3_600_000;

export class FailBack {
  /** Time of the fail-back, if nothing happens before. */
  at: Date | undefined;
  private holdMs: number;
  private timer: NodeJS.Timeout | undefined;
  /** Time since when the primary serves after a fail-back. */
  private servesSince: number | undefined;
  /** True when the program has chosen the backup itself. */
  private isPinned = false;

  constructor(
    private readonly options: NonNullable<Settings['backup']>,
    private readonly goBack: () => void,
  ) {
    this.holdMs = options.failBackAfterMs;
  }

  /** Begins or ends the wait; `isHealthy`: the primary does not serve, and is healthy. */
  look(isHealthy: boolean): void {
    if (!isHealthy || this.isPinned || this.options.failBack !== 'auto') {
      if (this.at)
        debug.standby?.(
          `no fail-back: ${isHealthy ? 'the program has chosen the backup' : 'the primary is not healthy'}`,
        );
      this.stop();
    } else if (!this.at) {
      this.at = new Date(Date.now() + this.holdMs);
      debug.standby?.(`the primary is healthy: fail-back in ${this.holdMs} ms, if it stays so`);
      this.timer = setTimeout(() => {
        this.at = undefined;
        this.goBack();
      }, this.holdMs);
    }
  }

  /** Notes the role that the program has chosen itself. */
  pin(role: DataplaneRole): void {
    this.isPinned = role === 'backup';
    if (this.isPinned) this.stop();
  }

  /** Notes that `role` serves from now on. */
  onSwitch(role: DataplaneRole, isPlanned: boolean): void {
    this.isPinned = false;
    this.stop();
    const now = performance.now();
    if (role === 'primary') this.servesSince = now;
    else if (this.servesSince !== undefined && !isPlanned) {
      const { failBackAfterMs } = this.options;
      const lasted = now - this.servesSince >= this.holdMs;
      this.holdMs = lasted ? failBackAfterMs : Math.min(this.holdMs * 2, Math.max(LONGEST_HOLD, failBackAfterMs));
      debug.standby?.(
        `the primary ${lasted ? 'had lasted' : 'did not last'}: the next fail-back waits ${this.holdMs} ms`,
      );
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.at = undefined;
  }
}
