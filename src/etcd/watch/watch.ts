/**
 * A watch of a key or prefix that outlives its streams: each goes on behind the last revision that the reader has, so that no change
 * is lost and none comes twice. Where that cannot be, the reader gets a snapshot: everything as it is.
 *
 *   snapshot ─▶ following ─▶ lost ──(delay)──▶ following …
 *      ▲                  └▶ compacted, too slow, other data ─┐
 *      └──────────────────────────────────────────────────────┘
 */

import { onAbort } from '../../abort.js';
import { backoffDelay } from '../../backoff.js';
import { ItemQueue } from '../../item-queue.js';
import { pause } from '../../pause.js';
import { type EtcdError, EtcdUnavailableError } from '../errors.js';
import { listPrefix } from '../kv/list-prefix.js';
import { keyValue, rangeOf, shownKey } from '../kv/ranges.js';
import type { Rpc } from '../link/rpc.js';
import type { Content, Listing, Prefix } from '../types.js';
import type { RawKeyValue } from '../wire/messages.js';
import { DELETE_EVENT } from '../wire/messages.js';
import { RANGE } from '../wire/methods.js';
import type { Change, SnapshotReason, WatchItem } from './items.js';
import { WatchCall, type WatchEnd, type WatchResponse } from './watch-call.js';

export interface WatchOptions {
  /** The first revision to hear of. Default: a snapshot comes first, then all that happens after it. */
  readonly fromRevision?: number;
  /** False: no snapshot first, only what happens from now on. */
  readonly snapshot?: boolean;
  /** Give each change the value before it. Default false. */
  readonly prevKv?: boolean;
  /** Items and bytes that wait for the reader; what is beyond becomes a snapshot. Default: 1,000 and 16 MiB. */
  readonly maxItems?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Hears when the watch is lost, and when it is live again. */
  readonly onState?: (state: WatchState) => void;
}

export type WatchState =
  | { readonly state: 'live' }
  /** The reader may not know the latest. */
  | { readonly state: 'lost'; readonly since: Date; readonly error: EtcdError };

/** Milliseconds that a stream has to live before failures count from 1 again. */
const GOOD_LIFE_MS = 5000;

export class Watch implements AsyncIterableIterator<WatchItem, undefined> {
  private readonly queue: ItemQueue<WatchItem>;
  private readonly ending = new AbortController();
  private readonly forget: () => void;
  private readonly shown: string;
  /** Why a snapshot comes next; undefined while there is none to come. */
  private owed: SnapshotReason | undefined;
  /** The first revision that the reader does not know; 0: the next one. */
  private nextRevision: number;
  private clusterId: bigint | undefined;
  private failures = 0;
  /** Consecutive refusals; a token that has run out looks like one (etcd 3.4). */
  private refusals = 0;
  private call: WatchCall | undefined;
  private state: WatchState | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly what: Content | Prefix,
    private readonly options: WatchOptions = {},
    private readonly onEnd: (watch: Watch) => void = () => {},
  ) {
    const { fromRevision, snapshot = true, maxItems = 1000, maxBytes = 16 * 1024 * 1024, signal } = options;
    this.queue = new ItemQueue(maxItems, maxBytes);
    this.shown = shownKey(what);
    this.owed = snapshot && fromRevision === undefined ? 'start' : undefined;
    this.nextRevision = fromRevision ?? 0;
    this.forget = signal && !signal.aborted ? onAbort(signal, () => this.close()) : () => {};
    if (signal?.aborted) this.close();
    else void this.run();
  }

  /** The last revision that the reader knows of, or has waiting. */
  get revision(): number {
    return Math.max(0, this.nextRevision - 1);
  }

  /** Rejects once with the EtcdError that ends the watch: of permission, user or options. All others are waited out. */
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

  /** Ends it; what waits is dropped, unless there is an error to tell. */
  close(error?: EtcdError): void {
    if (this.ending.signal.aborted) return;
    this.ending.abort();
    this.forget();
    if (error === undefined) this.queue.clear();
    this.queue.end(error);
    this.call?.stop();
    this.onEnd(this);
  }

  private async run(): Promise<void> {
    while (!this.ending.signal.aborted) {
      const begun = performance.now();
      try {
        if (this.owed !== undefined) await this.sendSnapshot(this.owed);
        const end = await this.follow();
        if (end.why === 'compacted') this.owed = 'compacted';
        if (end.why === 'lost' || end.why === 'refused') throw end.error;
      } catch (error) {
        if (performance.now() - begun > GOOD_LIFE_MS) this.failures = 0;
        await this.failed(error as EtcdError);
      }
    }
  }

  /** Waits before the next attempt, or ends the watch with an error that waiting does not mend. */
  private async failed(error: EtcdError): Promise<void> {
    const { signal } = this.ending;
    if (signal.aborted) return;
    if (error.code === 'ETCD_TOO_LARGE') this.owed ??= 'slow';
    this.failures++;
    if (!(error instanceof EtcdUnavailableError) && error.code !== 'ETCD_TOO_LARGE') {
      this.refusals++;
      const mayHelp = this.refusals === 1 && this.rpc.renewToken(this.call?.token);
      if (!mayHelp) {
        this.close(error);
        return;
      }
    }
    this.change({ state: 'lost', since: new Date(), error });
    await pause(backoffDelay(this.failures, this.rpc.settings.backoff), signal);
  }

  private async sendSnapshot(because: SnapshotReason): Promise<void> {
    // A reader that was too slow gets the state of when it is ready for it.
    if (because === 'slow') await this.queue.asked();
    const { signal } = this.ending;
    if (signal.aborted) return;
    const { kvs, revision } = await this.read(signal);
    this.queue.replace({ kind: 'snapshot', because, kvs, revision });
    this.nextRevision = revision + 1;
    this.owed = undefined;
  }

  private async read(signal: AbortSignal): Promise<Listing> {
    const { what, rpc } = this;
    if (typeof what === 'object' && 'prefix' in what) return listPrefix(rpc, what, { signal });
    const { header, kvs } = await rpc.request(RANGE, rangeOf(what), { signal }, { key: this.shown });
    return { kvs: kvs.map(keyValue), revision: header?.revision ?? 0 };
  }

  private async follow(): Promise<WatchEnd> {
    const { ending, rpc, options, shown } = this;
    if (ending.signal.aborted) return { why: 'stopped' };
    const { prevKv = false } = options;
    const request = { ...rangeOf(this.what), startRevision: this.nextRevision, prevKv };
    this.call = new WatchCall(rpc, request, shown, {
      created: (revision, clusterId) => this.created(revision, clusterId),
      events: (response, bytes) => this.take(response, bytes),
      progress: (revision) => {
        this.nextRevision = Math.max(this.nextRevision, revision + 1);
      },
    });
    await this.call.open(ending.signal);
    if (ending.signal.aborted) this.call.stop();
    return this.call.over;
  }

  private created(revision: number, clusterId: bigint): void {
    const isOther = this.clusterId !== undefined && clusterId !== this.clusterId;
    this.clusterId = clusterId;
    this.refusals = 0;
    if (this.nextRevision === 0) this.nextRevision = revision + 1;
    this.change({ state: 'live' });
    if (isOther) this.reset();
    // A member that is behind the others says a lower one, too: all of them are asked.
    else if (revision < this.nextRevision - 1) void this.checkRevision();
  }

  /** Finds out whether the store went back, restored from a backup: this watch would wait for years. */
  private async checkRevision(): Promise<void> {
    const { call, rpc } = this;
    try {
      const request = { ...rangeOf(this.what), limit: 1, keysOnly: true };
      const { header } = await rpc.request(RANGE, request, { signal: this.ending.signal }, { key: this.shown });
      if (call === this.call && header !== undefined && header.revision < this.nextRevision - 1) this.reset();
    } catch {
      // The stream is lost as well, and its successor looks again.
    }
  }

  private reset(): void {
    this.owed = 'reset';
    this.call?.stop();
  }

  /** False where the reader is too slow. */
  private take({ events }: WatchResponse, bytes: number): boolean {
    let at = 0;
    while (at < events.length) {
      const revision = events[at].kv?.modRevision ?? 0;
      const changes: Change[] = [];
      for (; at < events.length && events[at].kv?.modRevision === revision; at++) {
        const { type, kv, prevKv } = events[at];
        changes.push(change(type, kv as RawKeyValue, prevKv));
      }
      // Sent before, on a stream that was lost.
      if (revision < this.nextRevision) continue;
      if (!this.queue.put({ kind: 'changes', changes, revision }, (bytes / events.length) * changes.length)) {
        this.queue.clear();
        this.owed = 'slow';
        return false;
      }
      this.nextRevision = revision + 1;
    }
    return true;
  }

  private change(state: WatchState): void {
    if (this.state?.state === state.state) return;
    this.state = state;
    this.options.onState?.(state);
  }
}

function change(type: number, kv: RawKeyValue, prevKv: RawKeyValue | undefined): Change {
  const key = kv.key.toString();
  const prev = prevKv === undefined ? {} : { prev: keyValue(prevKv) };
  return type === DELETE_EVENT ? { type: 'delete', key, ...prev } : { type: 'put', key, kv: keyValue(kv), ...prev };
}
