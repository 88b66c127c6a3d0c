/** The fleet as the store has it. It is read at most once in two seconds, for all who ask. */

import { type FleetStatus, fleetStatus } from '../../fleet/index.js';
import type { Opened } from './membership.js';

const FRESH_MS = 2000;

interface Reading {
  readonly of: Opened;
  readonly status: Promise<FleetStatus>;
  /** When it was known, on `performance.now()`; undefined while it is read. */
  knownAt?: number;
}

export class FleetView {
  private latest: Reading | undefined;

  /** Rejects as the store does. */
  read(opened: Opened): Promise<FleetStatus> {
    const { latest } = this;
    if (latest?.of === opened && performance.now() - (latest.knownAt ?? performance.now()) < FRESH_MS) {
      return latest.status;
    }
    const reading: Reading = { of: opened, status: fleetStatus(opened.store, opened.keys) };
    this.latest = reading;
    reading.status.then(
      () => {
        reading.knownAt = performance.now();
      },
      // A failure is asked about again.
      () => {
        if (this.latest === reading) this.latest = undefined;
      },
    );
    return reading.status;
  }

  /** A request of a person has changed it. */
  forget(): void {
    this.latest = undefined;
  }
}
