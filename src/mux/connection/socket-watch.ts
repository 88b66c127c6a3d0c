/**
 * Tells when a socket file appears, so that nobody waits for a timer when VPP is back.
 *
 * Two ways beside each other: the directory is watched, which tells at once; and every 100 ms the path
 * is looked at, which sees what a watch cannot: a directory made anew (systemd does that to
 * RuntimeDirectory), a symbolic link whose target appears, a system without watches left.
 */

import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

const LOOK_EVERY = 100;

export class SocketWatch {
  private watcher: FSWatcher | undefined;
  private readonly timer: NodeJS.Timeout;
  /** Which file was seen last: a new socket has another inode or time. */
  private seen: string | undefined;

  /** `onAppear` is called for each new file at `path`, also when nobody listens on it yet. */
  constructor(
    private readonly path: string,
    private readonly onAppear: () => void,
  ) {
    this.seen = identity(path);
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
    this.timer.unref();
    try {
      this.watcher = watch(dirname(path), { persistent: false }, () => this.look());
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // no such directory, or no watches left: looking does
    }
  }

  stop(): void {
    clearInterval(this.timer);
    this.watcher?.close();
  }

  private look(): void {
    const now = identity(this.path);
    if (now === this.seen) return;
    this.seen = now;
    if (now !== undefined) this.onAppear();
  }
}

function identity(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.dev}:${stat.ino}:${stat.ctimeNs}`;
}
