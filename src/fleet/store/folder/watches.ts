/** Watches of a store in a folder: all of them hear of each round. */

import { isNotAllowed } from '../errors.js';
import type { Change, Content, Prefix, StoreWatch, StoreWatchOptions } from '../store.js';
import type { Contents } from './contents.js';
import { closed } from './leases.js';
import { FolderWatch } from './watch.js';

export interface WatchesHooks {
  /** A snapshot is owed to one. */
  readonly onOwed: () => void;
  /** There is one more, or one less. */
  readonly onCount: () => void;
}

export class FolderWatches {
  private readonly all = new Set<FolderWatch>();
  private isClosed = false;

  constructor(private readonly hooks: WatchesHooks) {}

  get count(): number {
    return this.all.size;
  }

  add(what: Content | Prefix, options: StoreWatchOptions): StoreWatch {
    const { onOwed, onCount } = this.hooks;
    const onEnd = (ended: FolderWatch) => {
      this.all.delete(ended);
      onCount();
    };
    const watch = new FolderWatch(what, options, { onOwed, onEnd });
    if (options.signal?.aborted) return watch;
    if (this.isClosed) watch.close(closed());
    else {
      this.all.add(watch);
      onCount();
    }
    return watch;
  }

  take(changes: readonly Change[], revision: number): void {
    for (const watch of this.all) watch.take(changes, revision);
  }

  owe(because: 'compacted' | 'reset'): void {
    for (const watch of this.all) watch.owe(because);
  }

  serve(contents: Contents): void {
    for (const watch of this.all) watch.serve(contents);
  }

  /** The store could not be read; where this user may not, they end. */
  fail(error: Error): void {
    for (const watch of this.all) {
      watch.lost(error);
      if (isNotAllowed(error)) watch.close(error);
    }
  }

  close(): void {
    this.isClosed = true;
    for (const watch of this.all) watch.close();
  }
}
