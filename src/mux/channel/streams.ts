/** The event streams of one channel: they end with it, and leave nothing behind when they end before. */

import { onAbort } from '../../abort.js';
import type { Fields } from '../codec/codec.js';
import type { ChannelGuard } from '../interceptors/channel-guard.js';
import { streamBytes } from '../options/stream-bytes.js';
import type { ArrivedEvent } from '../session/arrived-event.js';
import type { Counters } from '../session/counters.js';
import type { Plan } from '../session/message-catalogue.js';
import type { EventSink, Subscriber } from '../session/subscription.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { EventOptions, EventStream } from '../types.js';
import type { Buffers } from './buffers.js';
import { type EventBounds, makeEvents } from './events.js';

export class ChannelStreams {
  /** Events that did not fit. */
  gaps = 0;
  private readonly streams = new Set<OpenStream>();
  private readonly bounds: Omit<EventBounds, 'buffers'>;
  /** Error of the closed channel: nothing can be opened any more. */
  private closedBy: Error | undefined;

  constructor(
    private readonly subscriptions: Subscriptions,
    counters: Counters,
    { replyBuffer, replyBytes, callSites }: Omit<EventBounds, 'buffers' | 'onGap'>,
    private readonly guard: () => ChannelGuard | undefined,
  ) {
    const onGap = () => {
      counters.gaps++;
      this.gaps++;
    };
    this.bounds = { replyBuffer, replyBytes, callSites, onGap };
  }

  open(event: string, options: EventOptions, buffers: Buffers): EventStream {
    const replyBytes = streamBytes(options.replyBytes, this.bounds.replyBytes);
    return makeEvents((sink) => this.start(event, sink, options), { ...this.bounds, replyBytes, buffers });
  }

  /** Ends all streams; later ones fail with `why`. */
  close(why: Error): void {
    this.closedBy = why;
    for (const stream of [...this.streams]) stream.end();
  }

  /** Ends the streams that the channel may not have any more, with an error. */
  recheck(): void {
    for (const stream of [...this.streams]) {
      const refused = this.guard()?.recheckEvent(stream.event, stream.request, stream.want);
      if (refused) stream.end(refused);
    }
  }

  private start(event: string, sink: EventSink, { want = {}, subscribe, signal }: EventOptions): () => void {
    // Listeners that are asked may close the channel meanwhile.
    const refused = this.closedBy ?? this.guard()?.subscribe(event) ?? this.closedBy;
    if (refused) {
      sink.error(refused);
      return () => {};
    }
    const stream = new OpenStream(this.streams, this.guard, event, sink, want);
    if (signal && !signal.aborted) stream.endsWith(signal);
    stream.begin(this.subscriptions, subscribe !== false);
    if (signal?.aborted) stream.end();
    return () => stream.ended();
  }
}

/** Event stream from its subscription to its end. */
class OpenStream implements Subscriber {
  /** Request that makes VPP send the event; undefined where none is needed, or before a session has shown it. */
  request: Plan | undefined;
  private isOver = false;
  private remove = () => {};
  private forgetSignal = () => {};

  constructor(
    private readonly open: Set<OpenStream>,
    private readonly guard: () => ChannelGuard | undefined,
    readonly event: string,
    private readonly sink: EventSink,
    /** Fields of the request, as they are sent once that is known. */
    public want: Fields,
  ) {
    open.add(this);
  }

  endsWith(signal: AbortSignal): void {
    this.forgetSignal = onAbort(signal, () => this.end());
  }

  /** A subscription may end while it is being made, so everything that ends it is there before. */
  begin(subscriptions: Subscriptions, isAsked: boolean): void {
    this.remove = subscriptions.add(this.event, this.sink, isAsked ? this.want : undefined, this);
    if (this.isOver) this.remove();
  }

  /** Ends it and tells its sink; does nothing when it is over. */
  end(why?: Error): void {
    if (this.isOver) return;
    this.ended();
    if (why) this.sink.error(why);
    else this.sink.complete();
  }

  admit(request: Plan, fields: Fields | undefined): void {
    const isNew = this.request === undefined;
    this.request = request;
    this.want = fields ?? {};
    this.guard()?.register(request, fields, isNew);
  }

  arrived(event: ArrivedEvent): boolean {
    this.guard()?.event(event);
    return !this.isOver;
  }

  ended(): void {
    this.isOver = true;
    this.open.delete(this);
    this.forgetSignal();
    this.remove();
  }
}
