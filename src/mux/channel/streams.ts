/** The event streams of one channel: they end with it, and leave nothing behind when they end before. */

import { onAbort } from '../abort.js';
import type { Counters } from '../session/counters.js';
import type { EventSink, Subscriptions } from '../session/subscriptions.js';
import type { EventOptions, EventStream } from '../types.js';
import type { Buffers } from './buffers.js';
import { type EventBounds, makeEvents } from './events.js';

export class ChannelStreams {
  /** Events that did not fit. */
  gaps = 0;
  /** Open streams and what ends each. */
  private readonly ends = new Set<() => void>();
  private readonly bounds: Omit<EventBounds, 'buffers'>;
  /** Why nothing can be opened any more. */
  private closedBy: Error | undefined;

  constructor(
    private readonly subscriptions: Subscriptions,
    counters: Counters,
    { replyBuffer, replyBytes }: { replyBuffer: number; replyBytes: number },
  ) {
    const onGap = () => {
      counters.gaps++;
      this.gaps++;
    };
    this.bounds = { replyBuffer, replyBytes, onGap };
  }

  open(event: string, options: EventOptions, buffers: Buffers): EventStream {
    return makeEvents((sink) => this.start(event, sink, options), { ...this.bounds, buffers });
  }

  /** `why`: for those who read from a stream of a closed channel. */
  close(why: Error): void {
    this.closedBy = why;
    for (const end of [...this.ends]) end();
  }

  private start(event: string, sink: EventSink, { want, subscribe, signal }: EventOptions): () => void {
    if (this.closedBy) {
      sink.error(this.closedBy);
      return () => {};
    }
    // A subscription may end while it is being made, so everything that ends it stands before it.
    let remove = () => {};
    let forgetSignal = () => {};
    let over = false;
    const end = () => {
      stop();
      sink.complete();
    };
    const stop = () => {
      over = true;
      this.ends.delete(end);
      forgetSignal();
      remove();
    };
    this.ends.add(end);
    if (signal && !signal.aborted) forgetSignal = onAbort(signal, end);
    remove = this.subscriptions.add(
      event,
      {
        next: (item, size) => sink.next(item, size),
        ready: () => sink.ready(),
        error: (error) => {
          stop();
          sink.error(error);
        },
        complete: end,
      },
      subscribe === false ? undefined : (want ?? {}),
    );
    if (over) remove();
    else if (signal?.aborted) end();
    return stop;
  }
}
