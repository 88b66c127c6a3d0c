/**
 * The answer to one request for events: it reads its feed no faster than the network takes it. What the feed has dropped meanwhile is
 * shown as a gap, so a slow client costs no more than the feed.
 */

import { PassThrough } from 'node:stream';
import type { ChannelError } from '../../../remote/protocol/index.js';
import type { Visit } from '../visit.js';
import type { EventFeed, FeedReader } from './event-feed.js';
import { HEARTBEAT, RETRY, sseText } from './sse.js';

export interface EventResponseOptions {
  readonly feed: EventFeed;
  readonly event: string;
  /** The last item that the client has; undefined for one that begins. */
  readonly lastId: number | undefined;
  readonly visit: Pick<Visit, 'spend' | 'until'>;
  readonly shown: (error: unknown) => ChannelError;
}

export class EventResponse implements FeedReader {
  readonly body = new PassThrough();
  /** Number of the item to send next. */
  private next: number;
  private isHeldBack = false;
  private isOver = false;

  constructor(private readonly options: EventResponseOptions) {
    const { feed, event, lastId, visit } = options;
    const { ring } = feed;
    // Its client has left: the visit ends by that.
    this.body.on('error', () => {});
    this.body.on('drain', () => this.wake());
    const isKnown = lastId !== undefined && lastId >= ring.first - 1 && lastId < ring.next;
    this.next = isKnown ? lastId + 1 : ring.next;
    const id = this.next - 1;
    this.body.write(RETRY + sseText({ event }, { id, name: 'ready' }));
    if (lastId !== undefined && !isKnown) {
      const reason = `what came after ${lastId} is not kept any more`;
      this.body.write(sseText({ reason }, { id, name: 'resync' }));
    }
    feed.add(this);
    visit.until(() => this.end());
    this.wake();
  }

  wake(): void {
    while (!this.isHeldBack && !this.isOver && !this.body.writableNeedDrain) {
      const text = this.more();
      if (text === '') return;
      this.body.write(text);
      const wait = this.options.visit.spend(text.length);
      if (wait > 0) this.holdBack(wait);
    }
  }

  beat(): void {
    // A write behind the end would destroy the body, and what is still on its way in it.
    if (!this.isOver && !this.body.writableNeedDrain) this.body.write(HEARTBEAT);
  }

  end(error?: unknown): void {
    if (this.isOver) return;
    this.wake();
    this.isOver = true;
    this.options.feed.remove(this);
    if (error !== undefined) this.body.write(sseText({ error: this.options.shown(error) }, { name: 'failed' }));
    this.body.end();
  }

  /** The next items, as many as one write takes; '' where there are none. */
  private more(): string {
    const { ring } = this.options.feed;
    let text = '';
    if (this.next < ring.first) {
      text = sseText({ gap: ring.first - this.next }, { id: ring.first - 1, name: 'gap' });
      this.next = ring.first;
    }
    while (text.length < this.body.writableHighWaterMark) {
      const item = ring.at(this.next);
      if (item === undefined) break;
      text += item;
      this.next += 1;
    }
    return text;
  }

  private holdBack(ms: number): void {
    this.isHeldBack = true;
    const timer = setTimeout(() => {
      forget();
      this.isHeldBack = false;
      this.wake();
    }, ms);
    const forget = this.options.visit.until(() => clearTimeout(timer));
  }
}
