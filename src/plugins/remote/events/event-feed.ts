/**
 * One event stream of one caller, which all of its requests for the same event with the same fields share. It goes on for a while after
 * the last of them has left, so that a client that was cut off finds what it has missed.
 */

import { firstAbort } from '../../../abort.js';
import type { Untyped } from '../../../mux/index.js';
import type { Channel, EventItem, Fields } from '../../../sdk/index.js';
import { EventRing, type RingBounds } from './event-ring.js';
import { sseText } from './sse.js';

/** A request that reads the feed. */
export interface FeedReader {
  /** Called when there is more to read. */
  wake(): void;
  /** Called when the feed has ended: by an error, or because its caller's time here is over. */
  end(error?: unknown): void;
}

export interface FeedOptions {
  readonly channel: Channel<Untyped>;
  readonly event: string;
  readonly want: Fields;
  readonly subscribe: boolean;
  readonly form: (event: Fields) => unknown;
  readonly ring: RingBounds;
  /** Aborted when the feed's caller has to leave. */
  readonly signal: AbortSignal;
  /** Called once, when it has ended. */
  readonly ended: () => void;
}

export class EventFeed {
  readonly ring: EventRing;
  /** Resolves when VPP has the registration; rejects with why it cannot have it. */
  readonly ready: Promise<void>;
  private readonly readers = new Set<FeedReader>();
  private readonly stop = new AbortController();
  private isOver = false;

  constructor(private readonly options: FeedOptions) {
    const { channel, event, want, subscribe, ring, signal } = options;
    this.ring = new EventRing(ring);
    const end = firstAbort([signal, this.stop.signal]);
    const stream = channel.events(event, { want, subscribe, signal: end.signal });
    this.ready = stream.ready();
    // Given to those who ask for it; the loop below meets it as well.
    this.ready.catch(() => {});
    void this.follow(stream).finally(end.forget);
  }

  add(reader: FeedReader): void {
    this.readers.add(reader);
  }

  remove(reader: FeedReader): void {
    this.readers.delete(reader);
  }

  /** Ends it, and with it its readers. */
  close(): void {
    this.stop.abort(new Error('nobody reads it any more'));
  }

  private async follow(stream: AsyncIterable<EventItem>): Promise<void> {
    let failure: unknown;
    try {
      for await (const item of stream) {
        this.take(item);
        for (const reader of this.readers) reader.wake();
      }
    } catch (error) {
      failure = error;
    }
    if (this.isOver) return;
    this.isOver = true;
    for (const reader of this.readers) reader.end(failure);
    this.readers.clear();
    this.options.ended();
  }

  private take(item: EventItem): void {
    const { form } = this.options;
    this.ring.add((id) => {
      if ('gap' in item) return sseText({ gap: item.gap }, { id, name: 'gap' });
      if ('resync' in item) return sseText(item.resync, { id, name: 'resync' });
      return sseText(form(item), { id });
    });
  }
}
