/**
 * An event subscription as the user sees it. Events wait for a slow reader up to `replyBuffer` messages
 * or `replyBytes`; what does not fit is counted, and the reader finds `{ gap: n }` in its place.
 */

import type { Observable } from 'rxjs';
import { type CallSite, callSite, leadTo, throwAtCaller, withSite } from '../call-site.js';
import { VppmuxError } from '../errors.js';
import { observable } from '../rx.js';
import type { EventSink } from '../session/subscription.js';
import type { EventItem, EventStream } from '../types.js';
import type { Buffers } from './buffers.js';
import { Reader } from './reader.js';

export interface EventBounds {
  readonly replyBuffer: number;
  readonly replyBytes: number;
  readonly onGap: () => void;
  readonly buffers: Buffers;
  /** True when the call sites of its readers are remembered, for the stacks of their errors. */
  readonly callSites: boolean;
}

/** Subscribes and returns what ends it. */
export type StartEvents = (sink: EventSink) => () => void;

export function makeEvents(start: StartEvents, bounds: EventBounds): EventStream {
  let latest: EventIterator | undefined;
  /** Iterator that `ready()` made for the next reader. */
  let early: EventIterator | undefined;
  const siteOf = (callee: () => unknown) => (bounds.callSites ? callSite(callee) : undefined);
  const events: EventStream = {
    ready() {
      if (!latest || latest.ended) {
        early = new EventIterator(start, bounds, siteOf(events.ready));
        latest = early;
      }
      return latest.ready();
    },
    [Symbol.asyncIterator]() {
      latest = early && !early.ended ? early : new EventIterator(start, bounds, siteOf(events[Symbol.asyncIterator]));
      early = undefined;
      return latest;
    },
    // An observer awaits nothing that the error's stack could lead to.
    observe: () => observe(start, callSite(events.observe)),
  };
  return events;
}

function observe(start: StartEvents, site: CallSite): Observable<EventItem> {
  return observable((listener) =>
    start({
      next: (item) => listener.next(item),
      ready() {},
      error: (error) => listener.error(leadTo(error, observe, site) as Error),
      complete: () => listener.complete(),
    }),
  );
}

class EventIterator implements AsyncIterator<EventItem, undefined> {
  private readonly buffer: EventBuffer;
  private stop: (() => void) | undefined;

  constructor(
    begin: StartEvents,
    bounds: EventBounds,
    private readonly site: CallSite | undefined,
  ) {
    this.buffer = new EventBuffer(bounds, () => this.stop?.(), site);
    this.stop = begin(this.buffer);
  }

  get ended(): boolean {
    return this.buffer.reader.ended;
  }

  /** Resolves when VPP sends the events. */
  ready(): Promise<void> {
    const { buffer, site } = this;
    return site ? withSite(buffer.registered, site) : buffer.registered.catch(throwAtCaller);
  }

  next(): Promise<IteratorResult<EventItem, undefined>> {
    return this.buffer.reader.next();
  }

  return(): Promise<IteratorResult<EventItem, undefined>> {
    return this.buffer.reader.return();
  }
}

/** Keeps events for a reader; where they do not fit, it counts them. */
class EventBuffer implements EventSink {
  readonly reader: Reader<EventItem>;
  /** Resolves when VPP sends the events. */
  readonly registered: Promise<void>;
  private settleRegistered!: { resolve(): void; reject(error: Error): void };
  private missed = 0;
  /** Lets a source go on that waits for room. */
  private goOn: (() => void) | undefined;

  constructor(
    private readonly bounds: EventBounds,
    onLeave: () => void,
    site: CallSite | undefined,
  ) {
    this.registered = new Promise((resolve, reject) => {
      this.settleRegistered = { resolve, reject };
    });
    this.registered.catch(() => {}); // reported by next() as well
    this.reader = new Reader<EventItem>(() => this.taken(), onLeave, site);
    bounds.buffers.add(this.reader);
  }

  next(item: EventItem, size: number): void {
    const { reader, bounds } = this;
    const isMarker = size === 0;
    const fits = reader.waiting < bounds.replyBuffer && reader.bytes + size <= bounds.replyBytes;
    if (!fits && !isMarker) {
      this.missed++;
      bounds.onGap();
      return;
    }
    if (this.missed > 0) this.putGap();
    reader.put(item, size);
  }

  ready(): void {
    this.settleRegistered.resolve();
  }

  error(error: Error): void {
    this.finish(error);
  }

  complete(): void {
    this.finish();
  }

  room(goOn: () => void): void {
    if (this.hasRoom) goOn();
    else this.goOn = goOn;
  }

  private get hasRoom(): boolean {
    const { reader, bounds } = this;
    return reader.waiting < bounds.replyBuffer / 2 && reader.bytes < bounds.replyBytes / 2;
  }

  /** Puts the gap in place once everything before it has been read. */
  private taken(): void {
    if (this.missed > 0 && this.reader.waiting === 0) this.putGap();
    const { goOn } = this;
    if (!goOn || !this.hasRoom) return;
    this.goOn = undefined;
    goOn();
  }

  private putGap(): void {
    const gap = this.missed;
    this.missed = 0;
    this.reader.put({ gap }, 0);
  }

  private finish(error?: Error): void {
    if (this.missed > 0) this.putGap();
    this.settleRegistered.reject(error ?? endedEarly());
    this.reader.end(error);
  }
}

function endedEarly(): VppmuxError {
  return new VppmuxError('ABORTED', 'the subscription was ended by this program before VPP had it', {
    outcome: 'not-sent',
  });
}
