/** The fleet as the store has it. It is read at most once in two seconds, for all who ask. */

import { type FleetStatus, fleetStatus } from '../../fleet/index.js';
import type { Opened } from './membership.js';

const FRESH_MS = 2000;

export class FleetView {
  private latest: { readonly of: Opened; readonly at: number; readonly status: Promise<FleetStatus> } | undefined;

  /** Rejects as the store does. */
  read(opened: Opened): Promise<FleetStatus> {
    const { latest } = this;
    if (latest?.of === opened && performance.now() - latest.at < FRESH_MS) return latest.status;
    const status = fleetStatus(opened.store, opened.keys);
    const mine = { of: opened, at: performance.now(), status };
    this.latest = mine;
    // A failure is asked about again.
    status.catch(() => {
      if (this.latest === mine) this.latest = undefined;
    });
    return status;
  }

  /** A request of a person has changed it. */
  forget(): void {
    this.latest = undefined;
  }
}
