/** The last things that happened: to VPP, to plugins, to interfaces. Kept in memory, the newest first. */

import type { EventLine } from './protocol/index.js';

const MOST = 50;

export class EventLog {
  private kept: readonly EventLine[] = [];

  /** `now` gives milliseconds since 1970. */
  constructor(private readonly now: () => number = () => Date.now()) {}

  get lines(): readonly EventLine[] {
    return this.kept;
  }

  add(tone: EventLine['tone'], text: string): void {
    this.kept = [{ at: this.now(), tone, text }, ...this.kept].slice(0, MOST);
  }
}
