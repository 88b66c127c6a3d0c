/**
 * Tells when a socket file appears, so that nobody waits for a timer when VPP is back.
 *
 * Watches the directory of the socket, or, while that is missing too (VPP makes /run/vpp when it
 * starts), the nearest one that exists. Where watching fails (no inotify watches left, odd file
 * systems) it looks every 100 ms instead.
 */

import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

const LOOK_EVERY = 100;

export class SocketWatch {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** `onAppear` may be called more than once, also for a file that is there but not yet listened on. */
  constructor(
    private readonly path: string,
    private readonly onAppear: () => void,
  ) {
    this.start();
  }

  stop(): void {
    this.stopped = true;
    this.watcher?.close();
    clearInterval(this.timer);
  }

  private start(): void {
    this.watcher?.close();
    const directory = nearestDirectory(dirname(this.path));
    const atHome = directory === dirname(this.path);
    try {
      this.watcher = watch(directory, { persistent: false }, (_event, file) => {
        if (this.stopped) return;
        if (!atHome || !existsSync(directory)) this.start();
        if ((!atHome || file === null || file === basename(this.path)) && existsSync(this.path)) this.onAppear();
      });
      this.watcher.on('error', () => this.look());
    } catch {
      this.look();
    }
  }

  private look(): void {
    if (this.stopped || this.timer) return;
    let there = existsSync(this.path);
    this.timer = setInterval(() => {
      const now = existsSync(this.path);
      if (now && !there) this.onAppear();
      there = now;
    }, LOOK_EVERY);
    this.timer.unref();
  }
}

function nearestDirectory(path: string): string {
  let directory = path;
  while (!existsSync(directory) && directory !== dirname(directory)) directory = dirname(directory);
  return directory;
}
