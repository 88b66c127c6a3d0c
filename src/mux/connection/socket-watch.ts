/**
 * Tells when a socket file appears, so that nobody waits for a timer when VPP is back.
 *
 * Two ways beside each other: the directory is watched, which tells at once; and every 100 ms the path
 * is looked at, which sees what a watch cannot: a directory made anew (systemd does that to
 * RuntimeDirectory), a symbolic link whose target appears, a system without watches left.
 */

import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { socketFileAt } from '../../socket-file.js';

const LOOK_EVERY = 100;

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
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
    this.timer.unref();
    try {
      this.watcher = watch(dirname(path), { persistent: false }, () => this.look());
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // no such directory, or no watches left: looking does
    }
  }

  /** Looks at once; afterwards it looks by itself. */
  look(): void {
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
