/** The event streams of one channel: they end with it, and leave nothing behind when they end before. */

import { onAbort } from '../abort.js';
import type { Guard } from '../access/guard.js';
import type { Fields } from '../codec/codec.js';
import type { Plan } from '../session/catalogue.js';
import type { Counters } from '../session/counters.js';
import type { EventSink, Subscriptions } from '../session/subscriptions.js';
import type { EventOptions, EventStream } from '../types.js';
import type { Buffers } from './buffers.js';
import { type EventBounds, makeEvents } from './events.js';

/** What VPP is asked for a stream; no request where it is sent unasked, or before a session has shown it. */
interface Asked {
  readonly event: string;
  /** As they are sent, once that is known. */
  want: Fields;
  request: Plan | undefined;
}

export class ChannelStreams {
  /** Events that did not fit. */
  gaps = 0;
  /** Open streams: what ends each, and what may be refused of it. */
  private readonly ends = new Map<(why?: Error) => void, Asked>();
  private readonly bounds: Omit<EventBounds, 'buffers'>;
  /** Why nothing can be opened any more. */
  private closedBy: Error | undefined;

  constructor(
    private readonly subscriptions: Subscriptions,
    counters: Counters,
    { replyBuffer, replyBytes, callSites }: Omit<EventBounds, 'buffers' | 'onGap'>,
    private readonly guard: () => Guard | undefined,
  ) {
    const onGap = () => {
      counters.gaps++;
      this.gaps++;
    };
    this.bounds = { replyBuffer, replyBytes, callSites, onGap };
  }

  open(event: string, options: EventOptions, buffers: Buffers): EventStream {
    return makeEvents((sink) => this.start(event, sink, options), { ...this.bounds, buffers });
  }

  /** `why`: for those who read from a stream of a closed channel. */
  close(why: Error): void {
    this.closedBy = why;
    for (const end of [...this.ends.keys()]) end();
  }

  /** Ends those with an error that the channel may not have any more. */
  recheck(): void {
    for (const [end, { event, want, request }] of [...this.ends]) {
      const guard = this.guard();
      const refused = guard?.recheckEvent(event) ?? (request && guard?.recheck(request, want));
      if (refused) end(refused);
    }
  }

  private start(event: string, sink: EventSink, { want, subscribe, signal }: EventOptions): () => void {
    // Who is asked may close the channel meanwhile.
    const refused = this.closedBy ?? this.guard()?.subscribe(event) ?? this.closedBy;
    if (refused) {
      sink.error(refused);
      return () => {};
    }
    // A subscription may end while it is being made, so everything that ends it stands before it.
    let remove = () => {};
    let forgetSignal = () => {};
    let over = false;
    const end = (why?: Error) => {
      stop();
      if (why) sink.error(why);
      else sink.complete();
    };
    const stop = () => {
      over = true;
      this.ends.delete(end);
      forgetSignal();
      remove();
    };
    const asked: Asked = { event, want: want ?? {}, request: undefined };
    this.ends.set(end, asked);
    if (signal && !signal.aborted) forgetSignal = onAbort(signal, () => end());
    remove = this.subscriptions.add(
      event,
      {
        next: (item, size) => {
          if (size > 0) this.guard()?.event(event, item as Fields);
          if (!over) sink.next(item, size);
        },
        ready: () => sink.ready(),
        error: end,
        complete: () => end(),
      },
      subscribe === false ? undefined : asked.want,
      (request, fields) => {
        const isNew = asked.request === undefined;
        asked.request = request;
        asked.want = fields ?? {};
        this.guard()?.register(request, fields, isNew);
      },
    );
    if (over) remove();
    else if (signal?.aborted) end();
    return stop;
  }
}
