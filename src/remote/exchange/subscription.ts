/** An event subscription: it goes on over a lost link where the agent has kept it, else its reader is told that events may be missing. */

import type { EventItem } from '../../mux/types.js';
import type { AgentLink } from '../link/agent-link.js';
import type { EventItemsFrame, EventsFrame, ResumeFrame, WireEventItem } from '../protocol/index.js';
import type { CreditBounds } from './credit.js';
import type { StreamFrame } from './exchange.js';
import { type EventSink, Lasting } from './lasting.js';

export interface SubscriptionOptions {
  readonly asking: Omit<EventsFrame, 'type' | 'id' | 'credit'>;
  readonly bounds: CreditBounds;
  /** The marker for events that may be missing; undefined where the program wants none. */
  readonly missed: (() => EventItem) | undefined;
}

export class Subscription extends Lasting {
  /** Number of the last item that the reader has got. */
  private seq = 0;
  private wasReady = false;
  /** It is another registration than the one that the reader has had events of. */
  private isAnew = false;

  constructor(
    private readonly options: SubscriptionOptions,
    sink: EventSink,
    onOver: (one: Lasting) => void,
  ) {
    super(sink, options.bounds, onOver);
  }

  protected frame(id: number, credit: number): EventsFrame {
    this.seq = 0;
    this.isAnew = this.wasReady;
    return { type: 'events', id, ...this.options.asking, credit };
  }

  /** Its entry of a `resume`, and the place for its frames on the new link; undefined where the lost one had not begun it. */
  resume(link: AgentLink): ResumeFrame['streams'][number] | undefined {
    const { number: id, seq } = this;
    if (id === 0) return undefined;
    link.adopt(id, this);
    this.link = link;
    return { id, seq, credit: this.credit.begin(link.hello.limits.credit) };
  }

  /** Begins anew unless the agent goes on with it: `kept` has the numbers of those. */
  resumed(link: AgentLink, kept: ReadonlySet<number>): void {
    if (kept.has(this.number)) return;
    link.forget(this.number);
    this.begin(link);
  }

  protected items(frame: StreamFrame, size: number): void {
    if (frame.type === 'ready') this.ready();
    else if (frame.type === 'events') this.events(frame, size);
  }

  private ready(): void {
    if (this.isAnew && this.options.missed) this.sink.next(this.options.missed(), 0);
    this.isAnew = false;
    this.wasReady = true;
    this.sink.ready();
  }

  private events({ seq, items }: EventItemsFrame, size: number): void {
    const bytes = this.credit.take(items.length, size);
    for (const [at, item] of items.entries()) {
      if (this.isOver) return;
      // After a resume the agent may send again what had arrived.
      if (seq + at <= this.seq) continue;
      this.seq = seq + at;
      this.give(item, bytes);
    }
    this.renew();
  }

  private give(item: WireEventItem, bytes: number): void {
    if ('event' in item) this.sink.next(item.event as EventItem, bytes);
    else if ('gap' in item || this.options.missed) this.sink.next(item, 0);
  }
}
