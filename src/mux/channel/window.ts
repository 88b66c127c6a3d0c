/**
 * A channel's window: a number of its requests are at VPP, the rest wait in order.
 *
 *   request ──▶ window has room? ──yes──▶ session.send (encoded into this tick's write)
 *                     └──no──▶ encoded immediately (the caller may change its object), waits in order;
 *                              sent when an answer makes room and its turn has come (fair-queue.ts)
 */

import type { Fields } from '../codec/codec.js';
import { Fifo } from '../fifo.js';
import { encodeRequest } from '../session/encoded-request.js';
import type { EncodedRequest, Exchange, ExchangeState, Requester } from '../session/exchange.js';
import * as failure from '../session/failures.js';
import type { WaitingChannel } from '../session/fair-queue.js';
import type { Plan } from '../session/message-catalogue.js';

/** Number of abandoned requests from which a sweep of the queue is worth it. */
const SWEEP = 1024;

export class Window implements Requester, WaitingChannel {
  /** Requests sent so far. */
  requests = 0;
  completed = 0;
  credit = 0;
  /** Requests at VPP. */
  inFlight = 0;
  private readonly queue = new Fifo<Exchange>();
  private parkedCount = 0;
  /** Requests in the queue that are still wanted. */
  private queued = 0;
  /** Bytes of those. */
  protected queuedBytes = 0;

  constructor(
    readonly id: number,
    private readonly requestBuffer: number,
    readonly isReader: boolean,
  ) {}

  get waiting(): number {
    return this.queued;
  }

  /** Exchanges that the session still knows: waiting, at VPP, or between two pages. */
  get outstanding(): number {
    return this.inFlight + this.queued + this.parkedCount;
  }

  get isFull(): boolean {
    return this.inFlight >= this.requestBuffer;
  }

  get maySend(): boolean {
    return this.queued > 0 && this.inFlight < this.requestBuffer;
  }

  get next(): Exchange | undefined {
    for (let next = this.queue.peek(); next !== undefined; next = this.queue.peek()) {
      if (next.state === 'waiting') return next;
      this.queue.shift();
    }
    return undefined;
  }

  /** Sends or queues. `encoded`: what it has been encoded to already, if it has. Throws FieldError and BACKLOG_FULL, and then nothing was sent. */
  submit(exchange: Exchange, fields: Fields, encoded?: EncodedRequest): void {
    const { session, plan } = exchange;
    if (this.queued === 0 && this.inFlight < this.requestBuffer && session.fairQueue.admits(exchange)) {
      if (encoded) session.send(exchange, encoded.write, encoded.fields);
      else session.send(exchange, plan.write, fields);
      this.inFlight++;
      this.requests++;
      return;
    }
    const queued = encoded?.keep?.() ?? encoded ?? encodeRequest(plan.message, plan.id, session.clientIndex, fields);
    const { fairQueue } = session;
    if (fairQueue.waitingBytes + queued.size > fairQueue.maxWaitingBytes)
      throw failure.backlogFull(plan, fairQueue.waitingBytes);
    this.queue.push(exchange);
    this.enqueued(exchange, queued);
  }

  sendNext(): boolean {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      if (next.state === 'waiting' && this.sends(next)) return true;
    }
    return false;
  }

  failWaiting(cause: Error): void {
    for (const exchange of this.queue.drain()) exchange.fail(cause);
  }

  cancelWaiting(why: (exchange: Exchange) => Error): void {
    for (const exchange of this.queue.drain()) exchange.cancel(why);
  }

  /** Gives up what waits and may not go any more. `instead`: a request without fields that takes its place, if there is one. */
  recheckWaiting(
    refusal: (plan: Plan, encoded: EncodedRequest, exchange: Exchange) => Error | undefined,
    instead: (exchange: Exchange, refused: Error) => Exchange | undefined = () => undefined,
  ): void {
    for (const exchange of this.queue.list()) {
      const { plan, encoded } = exchange;
      const refused = encoded && refusal(plan, encoded, exchange);
      if (!refused) continue;
      const other = instead(exchange, refused);
      if (other !== undefined) {
        this.queue.replace(exchange, other);
        this.enqueued(other, encodeRequest(other.plan.message, other.plan.id, other.session.clientIndex, {}));
      }
      exchange.cancel(() => refused);
    }
  }

  settled(exchange: Exchange, before: ExchangeState): void {
    if (before === 'sent') this.inFlight--;
    else if (before === 'parked') this.parkedCount--;
    else if (before === 'waiting') {
      this.unqueue(exchange);
      // An abandoned request keeps its place: the queue is swept before it holds more of those than of others.
      if (this.queue.length > SWEEP && this.queue.length > this.queued * 2) {
        this.queue.keep(({ state }) => state === 'waiting');
      }
    }
    if (this.queued > 0 || before === 'waiting') exchange.session.fairQueue.update(this);
  }

  parked(exchange: Exchange): void {
    this.inFlight--;
    this.parkedCount++;
    exchange.session.fairQueue.update(this);
  }

  resume(exchange: Exchange, fields: Fields): void {
    exchange.session.unpark(exchange);
    this.parkedCount--;
    exchange.state = 'new';
    try {
      this.submit(exchange, fields);
    } catch (error) {
      exchange.crash(failure.broken(exchange, error));
    }
  }

  /** Keeps the books of an exchange that waits from now on. */
  private enqueued(exchange: Exchange, encoded: EncodedRequest): void {
    const { session } = exchange;
    session.fairQueue.waitingBytes += encoded.size;
    this.queuedBytes += encoded.size;
    exchange.encoded = encoded;
    exchange.state = 'waiting';
    this.queued++;
    session.startDeadline(exchange);
    session.fairQueue.update(this);
  }

  /** Sends a queued request; false when it could not be written. Its own caller gets the error, not the one whose request made room. */
  private sends(exchange: Exchange): boolean {
    const { write, fields } = this.unqueue(exchange);
    this.inFlight++;
    this.requests++;
    try {
      exchange.session.send(exchange, write, fields);
      return true;
    } catch (error) {
      this.inFlight--;
      this.requests--;
      exchange.state = 'new';
      exchange.crash(failure.broken(exchange, error));
      return false;
    }
  }

  /** Takes the bytes of a queued request: they are not kept longer than it waits. */
  private unqueue(exchange: Exchange): EncodedRequest {
    const encoded = exchange.encoded as EncodedRequest;
    exchange.encoded = undefined;
    exchange.session.fairQueue.waitingBytes -= encoded.size;
    this.queuedBytes -= encoded.size;
    this.queued--;
    return encoded;
  }
}
