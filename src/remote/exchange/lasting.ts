/**
 * A stream that outlives its link: an event subscription or readings of counters. It is begun anew on the next link, or goes on there
 * where the agent still has it.
 */

import type { StartEvents } from '../../mux/channel/events.js';
import { errorFromWire } from '../errors/from-wire.js';
import type { AgentLink } from '../link/agent-link.js';
import type { ClientFrame } from '../protocol/index.js';
import { Credit, type CreditBounds } from './credit.js';
import type { Exchange, StreamFrame } from './exchange.js';

export type EventSink = Parameters<StartEvents>[0];

export abstract class Lasting implements Exchange {
  protected readonly credit: Credit;
  protected link: AgentLink | undefined;
  protected isOver = false;
  private id = 0;

  constructor(
    protected readonly sink: EventSink,
    bounds: CreditBounds,
    /** Called when it is over, however. */
    private readonly onOver: (one: Lasting) => void,
  ) {
    this.credit = new Credit(bounds);
  }

  protected abstract frame(id: number, credit: number): ClientFrame;
  /** Takes a frame that neither ends it nor fails it. */
  protected abstract items(frame: StreamFrame, size: number): void;

  /** Asks the agent for it. */
  begin(link: AgentLink): void {
    const credit = this.credit.begin(link.hello.limits.credit);
    try {
      this.id = link.begin(this, (id) => this.frame(id, credit));
      this.link = link;
    } catch (error) {
      this.end();
      this.sink.error(error as Error);
    }
  }

  take(frame: StreamFrame, size: number): void {
    if (this.isOver) return;
    if (frame.type === 'end') {
      this.end();
      this.sink.complete();
    } else if (frame.type === 'error') {
      this.end();
      this.sink.error(errorFromWire(frame.error));
    } else this.items(frame, size);
  }

  ended(): void {}

  lost(): void {
    this.link = undefined;
  }

  /** Ends it: without an error for its reader, or with one. */
  stop(error?: Error): void {
    if (this.isOver) return;
    this.link?.send({ type: 'cancel', id: this.id });
    this.end();
    if (error) this.sink.error(error);
    else this.sink.complete();
  }

  protected get number(): number {
    return this.id;
  }

  /** Lets more come when the reader has room. */
  protected renew(): void {
    const { sink } = this;
    if (sink.room) sink.room(this.goOn);
    else this.goOn();
  }

  private readonly goOn = () => {
    const count = this.isOver || !this.link ? 0 : this.credit.more();
    if (count > 0) this.link?.send({ type: 'credit', id: this.id, count });
  };

  private end(): void {
    this.isOver = true;
    this.onOver(this);
  }
}
