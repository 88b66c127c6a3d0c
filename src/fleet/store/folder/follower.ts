/**
 * Calls `round` whenever another process may have written to the folder: the system tells, and where it does not (network disks),
 * the folder is looked at twice a second.
 */

import { type FSWatcher, watch } from 'node:fs';

const POLL_MS = 500;

export class Follower {
  private watcher: FSWatcher | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isActive = false;
  private isRung = false;
  private isBusy = false;

  constructor(
    private readonly folder: string,
    /** False where the folder is not there or cannot be read. */
    private readonly round: () => Promise<boolean>,
  ) {}

  start(): void {
    this.isActive = true;
    this.ring();
  }

  stop(): void {
    this.isActive = false;
    clearTimeout(this.timer);
    this.forgetFolder();
  }

  /** There is something to look at. */
  ring(): void {
    this.isRung = true;
    if (this.isActive && !this.isBusy) void this.run();
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    clearTimeout(this.timer);
    while (this.isRung && this.isActive) {
      this.isRung = false;
      // Before it is read, so that nothing is written in between.
      this.watchFolder();
      if (!(await this.round())) this.forgetFolder();
    }
    this.isBusy = false;
    if (this.isActive) this.timer = setTimeout(() => this.ring(), POLL_MS);
  }

  private watchFolder(): void {
    if (this.watcher) return;
    try {
      this.watcher = watch(this.folder, () => this.ring());
      this.watcher.on('error', () => this.forgetFolder());
    } catch {
      // The folder is away, or the system has no watches left.
    }
  }

  private forgetFolder(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }
}
