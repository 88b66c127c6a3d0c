/** A channel: a light local object with a window of its own (window.ts). Nothing at VPP knows of it. */

import { reasonOf } from '../../thrown.js';
import { onAbort, onFirstAbort } from '../abort.js';
import { Guard, type Watch } from '../access/guard.js';
import type { Tapped } from '../access/taps.js';
import { callSite, leadTo, throwAtCaller, withSite } from '../call-site.js';
import type { Fields } from '../codec/codec.js';
import { ConnectionError, type Outcome, type VppmuxError } from '../errors.js';
import { checkChannel, milliseconds } from '../options.js';
import type { Plan } from '../session/catalogue.js';
import { DumpExchange, type DumpSink } from '../session/dump-exchange.js';
import type { Exchange, Parcel } from '../session/exchange.js';
import * as failure from '../session/failures.js';
import { contentOf } from '../session/parcel.js';
import type { Session } from '../session/session.js';
import { SingleExchange } from '../session/single-exchange.js';
import type { Access, Channel, ChannelSession, Dump, EventOptions, EventStream, RequestOptions } from '../types.js';
import { Buffers } from './buffers.js';
import { checkAccess, isDump, wrongKind } from './checks.js';
import { claim } from './claim.js';
import { makeDump, startDump } from './dump.js';
import { Held } from './held.js';
import type { ChannelBounds, ChannelHost } from './host.js';
import { replyPromise, type Settle, settleOfLast } from './reply-promise.js';
import { encode, examine, planOf } from './screen.js';
import { ChannelStreams } from './streams.js';
import { Window } from './window.js';

export class ChannelImpl extends Window implements Channel, Tapped {
  /** Made for the first subscription: many channels have none. */
  private streams: ChannelStreams | undefined;
  /** Made for the first reader, likewise. */
  private buffers: Buffers | undefined;
  /** Made for the first request that may not go at once. */
  private held: Held | undefined;
  /** Undefined while everything may be sent and nobody listens. */
  guard: Guard | undefined;
  private over = false;
  /** The reason of the signal that closed it. */
  private cause: unknown;
  private forgetSignal: (() => void) | undefined;

  constructor(
    id: number,
    private readonly host: ChannelHost,
    private readonly bounds: ChannelBounds,
  ) {
    super(id, bounds.requestBuffer, bounds.access === 'read');
    checkChannel(bounds);
    milliseconds('channel.replyTimeoutMs', bounds.replyTimeoutMs);
    checkAccess(this.access);
    if (this.access === 'read') this.guarded();
    const { signal } = bounds;
    if (signal) this.forgetSignal = onFirstAbort(signal, (reason) => this.closeBecause(reason));
  }

  get closed(): boolean {
    return this.over;
  }

  has(messageName: string): boolean | undefined {
    const { table } = this.host;
    return table.size === 0 ? undefined : table.has(messageName);
  }

  request(name: string, fields: Fields = {}, options?: RequestOptions): Promise<Fields> {
    const reply = this.begin(name, fields, options);
    return this.host.callSites ? withSite(reply, callSite(this.request)) : reply;
  }

  dump(name: string, fields: Fields = {}, options?: RequestOptions): Dump {
    const { replyBuffer, replyBytes } = this.bounds;
    let session: Session | undefined;
    // The fields that VPP was asked about are the ones that are sent.
    let safe = fields;
    const begin = (sink: DumpSink): Exchange => {
      session = this.enter();
      const plan = planOf(this, this.host, session, name, safe);
      if (!isDump(plan)) throw wrongKind(plan, 'request');
      if (plan.hazards) examine(this, this.host, session, plan, safe);
      const watch = this.guard && this.admit(this.guard, session, plan, safe, 'dump');
      // The pages behind the first are asked for with the same fields, whatever becomes of the caller's object.
      const encoded = watch?.parcel ?? (plan.cursor ? encode(session, plan, safe) : undefined);
      const kept = encoded && plan.cursor ? contentOf(plan.message, encoded) : safe;
      const timeoutMs = this.timeout(options, plan, safe);
      const exchange = new DumpExchange(session, plan, this, timeoutMs, sink, kept, replyBuffer);
      watch?.follow(exchange);
      this.start(exchange, safe, options, encoded);
      return exchange;
    };
    const start = (sink: DumpSink) => {
      const { gate, retrying, hazards } = this.host;
      const admitted = gate?.admit(name, options);
      const askFirst = async () => {
        await admitted;
        const now = this.enter();
        safe = await examine(this, this.host, now, planOf(this, this.host, now, name, fields), fields);
      };
      const asked = hazards?.asksFirst(name) ? (retrying?.(askFirst, options) ?? askFirst()) : admitted;
      const held = asked && this.hold(asked, name, options);
      return startDump(begin, sink, { held, retrying, signal: options?.signal });
    };
    return makeDump(start, {
      replyBuffer,
      replyBytes,
      turn: () => session?.link.bytesIn ?? 0,
      buffers: this.openBuffers(),
      callSites: this.host.callSites,
    });
  }

  events(name: string, options: EventOptions = {}): EventStream {
    return this.openStreams().open(name, options, this.openBuffers());
  }

  close(): void {
    this.closeBecause(undefined);
  }

  private closeBecause(cause: unknown): void {
    if (this.over) return;
    this.over = true;
    this.cause = cause;
    this.forgetSignal?.();
    const givenUp = (exchange: Exchange) => Object.assign(failure.channelClosed(exchange), cause ? { cause } : {});
    // Those that wait first: what is given up makes room, and nothing of a closed channel may go into it.
    this.cancelWaiting(givenUp);
    this.held?.end(({ messageName, outcome }) => this.closedError(messageName, outcome));
    this.host.forget(this, givenUp);
    this.streams?.close(this.closedError('a subscription'));
  }

  /** What its user calls it. */
  get name(): string | undefined {
    return this.bounds.name;
  }

  get owner(): string | undefined {
    return this.bounds.owner;
  }

  get access(): Access {
    return this.bounds.access ?? 'write';
  }

  /** Events that did not fit. */
  get gaps(): number {
    return this.streams?.gaps ?? 0;
  }

  /** Waiting to be read, as it is in memory. */
  get bufferedBytes(): number {
    return this.buffers?.bytes ?? 0;
  }

  /** As listeners know it; of one that has a guard it is always the same object. */
  get session(): ChannelSession {
    const { id, name, owner, access } = this;
    return this.guard?.session ?? Object.freeze({ id, name, owner, access });
  }

  guarded(): Guard {
    this.guard ??= new Guard(this.session);
    return this.guard;
  }

  recheck(): void {
    this.recheckWaiting((plan, fields) => this.guard?.recheck(plan, fields));
    this.streams?.recheck();
  }

  private begin(name: string, fields: Fields, options: RequestOptions | undefined): Promise<Fields> {
    const { retrying } = this.host;
    if (retrying) return retrying(async () => this.requestOnce(name, fields, options), options).catch(throwAtCaller);
    try {
      return this.requestOnce(name, fields, options);
    } catch (error) {
      return Promise.reject(leadTo(error, this.request));
    }
  }

  /** Hot path: makes no function for each request. Throws what is wrong before anything is sent. */
  private requestOnce(name: string, given: Fields, options: RequestOptions | undefined): Promise<Fields> {
    const admitted = this.host.gate?.admit(name, options);
    if (admitted)
      return this.requestWhen(
        admitted.then(() => given),
        name,
        options,
      );
    const session = this.enter();
    const plan = planOf(this, this.host, session, name, given);
    const fields = plan.hazards ? examine(this, this.host, session, plan, given) : given;
    if (fields instanceof Promise) return this.requestWhen(fields, name, options);
    const watch = this.guard && this.admit(this.guard, session, plan, fields, 'request');
    if (plan.kind !== 'unary') {
      if (plan.kind !== 'oneway') throw wrongKind(plan, 'dump');
      session.say(plan, watch?.parcel ?? { write: plan.message.write, fields });
      this.requests++;
      return Promise.resolve({});
    }
    if (plan.registers && this.host.sharesEvents) return this.claim(session, plan, fields, watch, options);
    const timeoutMs = this.timeout(options, plan, fields);
    const reply = replyPromise();
    const settle = plan.renews ? this.renewing(plan.renews, settleOfLast()) : settleOfLast();
    const exchange = new SingleExchange(session, plan, this, timeoutMs, options?.anyRetval === true, settle);
    watch?.follow(exchange);
    this.start(exchange, fields, options, watch?.parcel);
    return reply;
  }

  /** Sends it as soon as its fields are there. */
  private requestWhen(fields: Promise<Fields>, name: string, options: RequestOptions | undefined): Promise<Fields> {
    return this.hold(fields, name, options)
      .then((safe) => this.requestOnce(name, safe, options))
      .catch(throwAtCaller);
  }

  /** Throws RefusedError. The listeners are asked, and may do anything meanwhile: even close the channel, or the connection. */
  private admit(
    guard: Guard,
    { clientIndex }: Session,
    plan: Plan,
    fields: Fields,
    call: 'request' | 'dump',
  ): Watch | undefined {
    if (isDump(plan) !== (call === 'dump')) return undefined; // the wrong call, which its caller is told
    const watch = guard.admit(plan, fields, clientIndex);
    this.enter();
    return watch;
  }

  /** Throws FieldError, BAD_OPTION and ABORTED, and then nothing was sent. */
  private claim(session: Session, plan: Plan, given: Fields, watch: Watch | undefined, options: RequestOptions = {}) {
    const encoded = watch?.parcel ?? encode(session, plan, given);
    const fields = contentOf(plan.message, encoded);
    this.timeout(options, plan, fields);
    if (options.signal?.aborted) throw failure.notBegun(plan, this, options.signal.reason);
    const wait = <T>(work: Promise<T>) => this.hold(work, plan.name, options, 'unknown');
    return claim(this.host.subscriptions, { plan, fields, holder: this, options, watch, wait }).catch(throwAtCaller);
  }

  /** VPP may have made something that event registrations are to cover: they are sent before the caller goes on. */
  private renewing(requests: readonly string[], settle: Settle): Settle {
    return (reply) => {
      try {
        this.host.subscriptions.renew(requests);
      } finally {
        settle(reply);
      }
    };
  }

  /** Sends or queues. Throws FieldError and ABORTED, and then nothing was sent. */
  private start(exchange: Exchange, fields: Fields, options?: RequestOptions, encoded?: Parcel): void {
    const signal = options?.signal;
    if (signal?.aborted) throw failure.aborted(exchange, signal.reason);
    exchange.strict = options?.timeoutMs !== undefined;
    // The mux's own requests are questions whether VPP lives: a long time for those is no reason to wait.
    const isGiven = (exchange.strict || this.bounds.givesTime === true) && this.id !== 0;
    exchange.isGranted = isGiven || exchange.plan.slow !== undefined;
    this.sendOrQueue(exchange, fields, encoded);
    if (signal) this.obey(signal, exchange);
  }

  private hold<T>(work: Promise<T>, messageName: string, options: RequestOptions = {}, outcome: Outcome = 'not-sent') {
    this.held ??= new Held();
    const { timeoutMs, signal } = options;
    return this.held.wait(work, { messageName, channel: this.id, outcome, timeoutMs, signal });
  }

  private openStreams(): ChannelStreams {
    if (this.streams) return this.streams;
    const { subscriptions, counters, callSites } = this.host;
    this.streams = new ChannelStreams(subscriptions, counters, { ...this.bounds, callSites }, () => this.guard);
    if (this.over) this.streams.close(this.closedError('a subscription'));
    return this.streams;
  }

  private openBuffers(): Buffers {
    this.buffers ??= new Buffers();
    return this.buffers;
  }

  private obey(signal: AbortSignal, exchange: Exchange): void {
    exchange.onSettled = onAbort(signal, () => exchange.cancel((each) => failure.aborted(each, signal.reason)));
  }

  private enter(): Session {
    if (this.over) throw this.closedError('a request');
    return this.host.usable();
  }

  private timeout(options: RequestOptions | undefined, { slow }: Plan, fields: Fields): number {
    const given = options?.timeoutMs;
    if (given === undefined) return this.bounds.replyTimeoutMs + (slow?.ms?.(fields) ?? 0);
    milliseconds('timeoutMs', given);
    return given;
  }

  private closedError(what: string, outcome: Outcome = 'not-sent'): VppmuxError {
    const { id: channel, cause } = this;
    const why = cause === undefined ? '' : `: ${reasonOf(cause)}`;
    const text = `${what} on channel ${channel}, which this program has closed${why}`;
    return new ConnectionError('CHANNEL_CLOSED', text, { channel, outcome }, cause);
  }
}
