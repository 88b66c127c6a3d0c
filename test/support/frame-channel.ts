/** A second kind of channel, as a relay's client would be one: it holds encoded messages and knows no field of them. */

import type { ChannelHost } from '../../src/mux/channel/host.js';
import type { ChannelFigures, OpenChannel } from '../../src/mux/channel/open-channel.js';
import { Window } from '../../src/mux/channel/window.js';
import type { ChannelGuard } from '../../src/mux/interceptors/channel-guard.js';
import { readBody, wrapEncoded } from '../../src/mux/session/encoded-request.js';
import { Exchange } from '../../src/mux/session/exchange.js';
import * as failure from '../../src/mux/session/failures.js';
import type { MessageEntry, Plan } from '../../src/mux/session/message-catalogue.js';
import type { Session } from '../../src/mux/session/session.js';
import type { ChannelInfo } from '../../src/mux/types.js';

const TIMEOUT = 5000;

export class FrameChannel implements OpenChannel {
  readonly info: ChannelInfo;
  readonly window: Window;
  guard: ChannelGuard | undefined;
  /** Why its connection ended. */
  endedBy: Error | undefined;
  private isOver = false;

  constructor(
    id: number,
    private readonly host: ChannelHost,
    requestBuffer = 100,
  ) {
    this.info = Object.freeze({ id, name: `frames ${id}`, owner: 'relay', access: 'write' });
    this.window = new Window(id, requestBuffer, false);
  }

  get closed(): boolean {
    return this.isOver;
  }

  get outstanding(): number {
    return this.window.outstanding;
  }

  get figures(): ChannelFigures {
    const { inFlight, waiting, requests } = this.window;
    return { inFlight, waiting, requests, gaps: 0, bufferedBytes: 0 };
  }

  /** Sends `body`, the message `name` as bytes; resolves with the bytes of its reply. */
  async send(name: string, body: Buffer): Promise<Buffer> {
    const session = this.host.usable();
    const plan = session.catalogue.plan(name);
    const encoded = wrapEncoded(plan.message, plan.id, session.clientIndex, body);
    const admitted = this.guard?.admitEncoded(plan, encoded);
    return new Promise((resolve, reject) => {
      const exchange = new FrameExchange(session, plan, this.window, resolve, reject);
      admitted?.follow(exchange);
      this.window.submit(exchange, {}, encoded);
    });
  }

  close(cause?: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.endedBy = cause;
    this.window.cancelWaiting(failure.channelClosed);
    this.host.forget(this, failure.channelClosed);
  }

  recheck(): void {
    this.window.recheckWaiting((plan, encoded) => this.guard?.recheck(plan, encoded));
  }
}

class FrameExchange extends Exchange {
  constructor(
    session: Session,
    plan: Plan,
    window: Window,
    private readonly resolve: (body: Buffer) => void,
    protected readonly reject: (error: Error) => void,
  ) {
    super(session, plan, window, TIMEOUT);
  }

  onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    if (!this.release()) return;
    const body = Buffer.from(bytes.subarray(start, end));
    this.observer?.onReply(entry.name, () => readBody(entry, body));
    this.resolve(body);
  }

  onOther(error: Error): void {
    if (this.release()) this.tell(error);
  }
}
