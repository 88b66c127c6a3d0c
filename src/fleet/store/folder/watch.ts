/** A watch of a folder: a snapshot, and then every change. Where it cannot go on with changes, its reader gets a snapshot again. */

import { onAbort } from '../../../abort.js';
import type { SnapshotReason } from '../../../etcd/index.js';
import { ItemQueue } from '../../../item-queue.js';
import type {
  Change,
  Content,
  KeyValue,
  Prefix,
  StoreWatch,
  StoreWatchOptions,
  WatchItem,
  WatchState,
} from '../store.js';
import type { Contents } from './contents.js';
import { textOf } from './evaluate.js';

/** Items and bytes that wait for a reader. */
const MOST_ITEMS = 1000;
const MOST_BYTES = 16 * 1024 * 1024;

export interface WatchHooks {
  /** A snapshot is owed. */
  readonly onOwed: () => void;
  readonly onEnd: (watch: FolderWatch) => void;
}

export class FolderWatch implements StoreWatch {
  private readonly queue = new ItemQueue<WatchItem>(MOST_ITEMS, MOST_BYTES);
  private readonly fits: (key: string) => boolean;
  private readonly read: (contents: Contents) => readonly KeyValue[];
  private readonly forget: () => void;
  /** Why a snapshot comes next. */
  private owed: SnapshotReason | undefined = 'start';
  /** A reader that was too slow gets the state of when it is ready for it. */
  private isReady = true;
  private state: WatchState['state'] | undefined;
  private isOver = false;

  constructor(
    what: Content | Prefix,
    private readonly options: StoreWatchOptions,
    private readonly hooks: WatchHooks,
  ) {
    if (typeof what === 'string' || what instanceof Uint8Array) {
      const wanted = textOf(what);
      this.fits = (key) => key === wanted;
      this.read = (contents) => [contents.get(wanted)].filter((kv) => kv !== undefined);
    } else {
      const { prefix } = what;
      this.fits = (key) => key.startsWith(prefix);
      this.read = (contents) => contents.below(prefix);
    }
    const { signal } = options;
    this.forget = signal && !signal.aborted ? onAbort(signal, () => this.close()) : () => {};
    if (signal?.aborted) this.close();
  }

  /** Rejects once with the StoreError that ends the watch: of permission. All others are waited out. */
  next(): Promise<IteratorResult<WatchItem, undefined>> {
    return this.queue.next();
  }

  return(): Promise<IteratorResult<WatchItem, undefined>> {
    this.close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  close(error?: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.forget();
    if (error === undefined) this.queue.clear();
    this.queue.end(error);
    this.hooks.onEnd(this);
  }

  /** The store has been read, and these are its contents. */
  serve(contents: Contents): void {
    if (this.isOver) return;
    if (this.owed !== undefined && this.isReady) {
      const kvs = this.read(contents);
      this.queue.replace({ kind: 'snapshot', because: this.owed, kvs, revision: contents.revision });
      this.owed = undefined;
    }
    this.change({ state: 'live' });
  }

  take(all: readonly Change[], revision: number): void {
    if (this.owed !== undefined || this.isOver) return;
    const changes = all.filter(({ key }) => this.fits(key));
    if (changes.length === 0) return;
    if (this.queue.put({ kind: 'changes', changes, revision }, bytesOf(changes))) return;
    this.queue.clear();
    this.owe('slow');
    this.isReady = false;
    void this.queue.asked().then(() => {
      this.isReady = true;
      this.hooks.onOwed();
    });
  }

  owe(because: SnapshotReason): void {
    this.owed ??= because;
  }

  lost(error: Error): void {
    if (!this.isOver) this.change({ state: 'lost', since: new Date(), error });
  }

  private change(state: WatchState): void {
    if (this.state === state.state) return;
    this.state = state.state;
    this.options.onState?.(state);
  }
}

const bytesOf = (changes: readonly Change[]) =>
  changes.reduce((sum, one) => sum + one.key.length + (one.type === 'put' ? one.kv.value.length : 0), 0);
