/** The event streams of all callers over SSE: one for each caller, event and fields. Those that nobody reads any more end after a time. */

import type { IncomingMessage } from 'node:http';
import type { Fields } from '../../../mux/index.js';
import type { Http, HttpCaller } from '../../../sdk/index.js';
import type { Callers } from '../callers.js';
import { EventFeed, type FeedOptions } from './event-feed.js';
import type { RingBounds } from './event-ring.js';

/** Streams of one caller that go on without a reader. */
const MOST_IDLE = 16;

export interface FeedBounds {
  readonly ring: RingBounds;
  /** Milliseconds that a stream goes on without a reader. */
  readonly resumeMs: number;
}

/** The stream that a caller asks for. */
export interface Wanted extends Pick<FeedOptions, 'event' | 'want' | 'subscribe' | 'form'> {
  readonly caller: HttpCaller;
  readonly request: IncomingMessage;
}

interface OpenFeed {
  readonly feed: EventFeed;
  readonly owner: string;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

export class EventFeeds {
  /** In the order in which they were last read. */
  private readonly open = new Map<string, OpenFeed>();

  constructor(
    private readonly callers: Callers,
    private readonly bounds: () => FeedBounds,
    private readonly onWithdrawn: Http['onWithdrawn'],
  ) {}

  /** The stream, begun where there is none. `leave` is to be called when its reader has left. */
  take(wanted: Wanted): { readonly feed: EventFeed; readonly leave: () => void } {
    const { caller, request, event, want, subscribe } = wanted;
    const owner = [caller.name, caller.access, request.socket.remoteAddress].join('\n');
    const key = [owner, event, subscribe, canonical(want)].join('\n');
    const entry = this.open.get(key) ?? { feed: this.begin(key, wanted), owner, users: 0, idle: undefined };
    clearTimeout(entry.idle);
    entry.idle = undefined;
    entry.users += 1;
    this.open.delete(key);
    this.open.set(key, entry);
    return { feed: entry.feed, leave: () => this.left(key, entry) };
  }

  /** Ends all of them. */
  close(): void {
    for (const { feed, idle } of this.open.values()) {
      clearTimeout(idle);
      feed.close();
    }
    this.open.clear();
  }

  private begin(key: string, { caller, request, ...asked }: Wanted): EventFeed {
    // Its own visit: it stays when the request that began it has left.
    const visit = this.callers.enter(caller, request.socket.remoteAddress);
    const { ring: bounds } = this.bounds();
    try {
      const ring = { ...bounds, bytes: visit.reserve(bounds.bytes).bytes };
      const { shared: channel, signal } = visit;
      const feed = new EventFeed({
        ...{ ...asked, channel, signal, ring },
        ended: () => {
          clearTimeout(this.open.get(key)?.idle);
          this.open.delete(key);
          visit.leave();
        },
      });
      visit.until(this.onWithdrawn(request, caller, () => feed.close()));
      return feed;
    } catch (error) {
      visit.leave();
      throw error;
    }
  }

  private left(key: string, entry: OpenFeed): void {
    entry.users -= 1;
    if (entry.users > 0 || this.open.get(key) !== entry) return;
    entry.idle = setTimeout(() => entry.feed.close(), this.bounds().resumeMs).unref();
    const idle = [...this.open.values()].filter((each) => each.owner === entry.owner && each.idle !== undefined);
    for (const { feed } of idle.slice(0, -MOST_IDLE)) feed.close();
  }
}

/** The same text for the same fields, whatever their order. */
const canonical = (want: Fields) =>
  JSON.stringify(
    Object.entries(want).sort(([a], [b]) => (a < b ? -1 : 1)),
    big,
  );
const big = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);
