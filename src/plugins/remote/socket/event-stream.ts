/**
 * A subscription of a client: items go out as far as its credit goes, the others wait in the buffer of its channel, where those that do
 * not fit become a gap. It outlives its socket for a while: the items that the client may have missed are kept, and come again.
 */

import type { EventStream as ChannelEvents, EventItem, Fields, Message } from '../../../mux/index.js';
import type { WireEventItem } from '../../../remote/protocol/index.js';
import type { Credit } from './credit.js';
import type { Link } from './link.js';
import { SentItems } from './sent-items.js';
import { type OpenStream, type StreamEnd, Wakeup } from './stream.js';
import type { Turns } from './turns.js';
import type { WireForm } from './wire-form.js';

/** Items of a frame. */
const FRAME_ITEMS = 64;
/** Items that are taken out of the channel before they can be sent: there the bounds of its buffer hold, and more become a gap. */
const AHEAD_ITEMS = 4 * FRAME_ITEMS;

export interface EventStreamOptions {
  readonly channel: number;
  readonly events: ChannelEvents;
  readonly message: () => Message | undefined;
  readonly link: Link;
  readonly credit: Credit;
  readonly turns: Turns;
  /** Frees the bytes that its items may take. */
  readonly free: () => void;
  /** Number of the present session with VPP. */
  readonly generation: () => number;
  readonly end: StreamEnd;
}

export class EventStream implements OpenStream {
  readonly channel: number;
  private readonly options: EventStreamOptions;
  private readonly source: AsyncIterator<EventItem, undefined>;
  private readonly items = new SentItems<EventItem>();
  private readonly wakeup = new Wakeup();
  /** Undefined while its socket is lost. */
  private link: Link | undefined;
  private isReady = false;
  private isOver = false;
  private isScheduled = false;

  constructor(options: EventStreamOptions) {
    this.options = options;
    this.channel = options.channel;
    this.link = options.link;
    const { events } = options;
    const registered = events.ready();
    this.source = events[Symbol.asyncIterator]() as AsyncIterator<EventItem, undefined>;
    registered.then(
      () => this.ready(),
      (error) => this.fail(error),
    );
    void this.run();
  }

  credit(count: number): void {
    const { credit } = this.options;
    credit.add(count);
    this.items.arrived(credit.arrived);
    this.wakeup.wake();
    this.schedule();
  }

  end(): void {
    this.isOver = true;
    this.options.free();
    void this.source.return?.();
    this.wakeup.wake();
  }

  channelClosed(): void {
    if (this.isOver) return;
    this.finish();
  }

  lost(): void {
    this.link = undefined;
  }

  resumed(link: Link, seq: number, credit: number): void {
    this.options.credit.reset(credit, seq);
    const reason = 'the connection to the agent was made anew, and items in between are not kept; read the state again';
    this.items.resume(seq, { resync: { generation: this.options.generation(), reason } });
    this.link = link;
    if (this.isReady) link.send({ type: 'ready', id: this.options.end.id });
    this.wakeup.wake();
    this.schedule();
  }

  private ready(): void {
    if (this.isOver) return;
    this.isReady = true;
    this.link?.send({ type: 'ready', id: this.options.end.id });
  }

  private async run(): Promise<void> {
    try {
      for (;;) {
        while (!this.mayTake()) {
          if (this.link?.isFull) this.link.whenRoom(this.wakeup.wake);
          await this.wakeup.wait();
          if (this.isOver) return;
        }
        const { value, done } = await this.source.next();
        if (this.isOver) return;
        if (done) return this.finish();
        this.items.push(value);
        this.schedule();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether one more item may be taken out of the channel. */
  private mayTake(): boolean {
    const { link, items } = this;
    if (link === undefined || link.isFull) return false;
    return items.waiting < Math.min(this.options.credit.left, AHEAD_ITEMS);
  }

  private finish(): void {
    try {
      this.flush(true);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.end();
    this.options.end.finish({ type: 'end', id: this.options.end.id });
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    try {
      this.flush(true);
    } catch {
      // Items that cannot be written: what failed before is what the client is told.
    }
    this.end();
    this.options.end.fail(error);
  }

  private readonly schedule = (): void => {
    if (this.isScheduled || this.items.waiting === 0) return;
    this.isScheduled = true;
    this.options.turns.add(() => {
      this.isScheduled = false;
      if (this.isOver) return;
      try {
        this.flush();
      } catch (error) {
        this.fail(error);
      }
    });
  };

  /** Sends what its credit and the network let it; `isLast`: what has been taken out of the channel, whatever the network takes. */
  private flush(isLast = false): void {
    const { link, items } = this;
    const { credit, end } = this.options;
    while (link !== undefined && items.waiting > 0 && credit.left > 0 && (isLast || !link.isFull)) {
      const { seq, items: next } = items.take(Math.min(credit.left, FRAME_ITEMS));
      credit.spend(next.length);
      const message = this.options.message();
      const wire = next.map((item) => onWire(item, message, link.form));
      items.sent(next.length, link.send({ type: 'events', id: end.id, seq, items: wire }));
    }
    if (link?.isFull && items.waiting > 0) link.whenRoom(this.schedule);
    this.wakeup.wake();
  }
}

function onWire(item: EventItem, message: Message | undefined, form: WireForm): WireEventItem {
  if ('gap' in item || 'resync' in item) return item as WireEventItem;
  return { event: form.fieldsOut(message, item as Fields) };
}
