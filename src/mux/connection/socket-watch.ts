/**
 * Notices that a socket file appears, so that nobody waits for a timer when VPP is back.
 *
 * It does so in two ways: it watches the directory, which notices immediately; and it checks the path every 100 ms,
 * which sees what a watch cannot: a directory made anew (systemd does that to RuntimeDirectory), a symbolic link whose
 * target appears, a system that has no watches left.
 */

import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { socketFileAt } from '../../socket-file.js';

const CHECK_EVERY_MS = 100;

export class SocketWatch {
  private watcher: FSWatcher | undefined;
  private readonly timer: NodeJS.Timeout;

  /**
   * `onAppear` is called for each new file at `path`, also when nobody listens on it yet. `seen`: the
   * revision of the file that was tried last; another one that is there already counts as new.
   */
  constructor(
    private readonly path: string,
    private seen: string | undefined,
    private readonly onAppear: () => void,
  ) {
    this.timer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.timer.unref();
    try {
      this.watcher = watch(dirname(path), { persistent: false }, () => this.check());
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // no such directory, or no watches left: the timer does
    }
  }

  /** Checks now; afterwards the timer does. */
  check(): void {
    const now = socketFileAt(this.path)?.revision;
    if (now === this.seen) return;
    this.seen = now;
    if (now !== undefined) this.onAppear();
  }

  stop(): void {
    clearInterval(this.timer);
    this.watcher?.close();
  }
}
