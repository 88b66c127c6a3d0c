/** The channel of a program: a light local object that holds fields. Nothing at VPP knows of it. */

import { callSite, leadTo, throwAtCaller, withSite } from '../call-site.js';
import type { Fields, Schema } from '../codec/codec.js';
import { ConnectionError } from '../errors.js';
import { ChannelGuard } from '../interceptors/channel-guard.js';
import { checkChannel, milliseconds } from '../options.js';
import type { Exchange } from '../session/exchange.js';
import * as failure from '../session/failures.js';
import type { Channel, ChannelInfo, Dump, EventOptions, EventStream, RequestOptions, Untyped } from '../types.js';
import { Buffers } from './buffers.js';
import type { CallingChannel } from './call.js';
import { checkAccess } from './checks.js';
import type { HeldCalls } from './held-calls.js';
import type { ChannelBounds, ChannelHost } from './host.js';
import { Lifetime } from './lifetime.js';
import type { ChannelFigures, OpenChannel } from './open-channel.js';
import { openDump } from './send-dump.js';
import { sendRequest } from './send-request.js';
import { ChannelStreams } from './streams.js';
import { Window } from './window.js';

export class VppChannel implements Channel<Untyped>, OpenChannel, CallingChannel {
  readonly window: Window;
  /** Created for a signal, or when the channel is closed: ten thousand open channels need none. */
  lifetime: Lifetime | undefined;
  guard: ChannelGuard | undefined;
  held: HeldCalls | undefined;
  /** Created for the first subscription: many channels have none. */
  private streams: ChannelStreams | undefined;
  /** Created for the first reader, likewise. */
  private buffers: Buffers | undefined;

  constructor(
    id: number,
    readonly host: ChannelHost,
    readonly bounds: ChannelBounds,
  ) {
    checkChannel(bounds);
    milliseconds('channel.replyTimeoutMs', bounds.replyTimeoutMs);
    const { access = 'write', signal, requestBuffer } = bounds;
    checkAccess(access);
    this.window = new Window(id, requestBuffer, access === 'read');
    if (access === 'read') this.guard = new ChannelGuard(this.info);
    if (!signal) return;
    this.lifetime = new Lifetime(id);
    this.lifetime.endsWith(signal, (reason) => this.end({ reason }));
  }

  get id(): number {
    return this.window.id;
  }

  get closed(): boolean {
    return this.lifetime?.isOver === true;
  }

  get schema(): Schema | undefined {
    return this.host.table.size === 0 ? undefined : this.host.usable().catalogue.schema;
  }

  has(messageName: string): boolean | undefined {
    const { table } = this.host;
    return table.size === 0 ? undefined : table.has(messageName);
  }

  request(name: string, fields: Fields = {}, options?: RequestOptions): Promise<Fields> {
    const { retrying, callSites } = this.host;
    let reply: Promise<Fields>;
    if (retrying) {
      reply = retrying(async () => sendRequest(this, name, fields, options), options).catch(throwAtCaller);
    } else {
      try {
        reply = sendRequest(this, name, fields, options);
      } catch (error) {
        reply = Promise.reject(leadTo(error, this.request));
      }
    }
    return callSites ? withSite(reply, callSite(this.request)) : reply;
  }

  dump(name: string, fields: Fields = {}, options?: RequestOptions): Dump {
    return openDump(this, name, fields, options, this.openBuffers());
  }

  events(name: string, options: EventOptions = {}): EventStream {
    return this.openStreams().open(name, options, this.openBuffers());
  }

  /** Closes the channel: for its user, or, with a `cause`, because its connection has ended. */
  close(cause?: Error): void {
    this.end(cause instanceof ConnectionError ? { connection: cause } : {});
  }

  get outstanding(): number {
    return this.window.outstanding;
  }

  get figures(): ChannelFigures {
    const { inFlight, waiting, requests } = this.window;
    const gaps = this.streams?.gaps ?? 0;
    return { inFlight, waiting, requests, gaps, bufferedBytes: this.buffers?.bytes ?? 0 };
  }

  /** Description of the channel for listeners; the same object as long as there is a guard. */
  get info(): ChannelInfo {
    const { id } = this;
    const { name, owner, access = 'write' } = this.bounds;
    return this.guard?.info ?? Object.freeze({ id, name, owner, access });
  }

  recheck(): void {
    this.window.recheckWaiting((plan, encoded) => this.guard?.recheck(plan, encoded));
    this.streams?.recheck();
  }

  private end(why: { readonly reason?: unknown; readonly connection?: ConnectionError }): void {
    this.lifetime ??= new Lifetime(this.id);
    const { lifetime } = this;
    if (!lifetime.finish(why)) return;
    const { reason } = why;
    const givenUp = (exchange: Exchange) =>
      Object.assign(failure.channelClosed(exchange), reason ? { cause: reason } : {});
    // Waiting requests are cancelled first: those at VPP make room, into which nothing of a closed channel may go.
    this.window.cancelWaiting(givenUp);
    this.held?.end(({ messageName, outcome }) => lifetime.error(messageName, outcome));
    this.host.forget(this, givenUp);
    this.streams?.close(lifetime.error('a subscription'));
  }

  private openStreams(): ChannelStreams {
    if (this.streams) return this.streams;
    const { subscriptions, counters, callSites } = this.host;
    this.streams = new ChannelStreams(subscriptions, counters, { ...this.bounds, callSites }, () => this.guard);
    if (this.lifetime?.isOver) this.streams.close(this.lifetime.error('a subscription'));
    return this.streams;
  }

  private openBuffers(): Buffers {
    this.buffers ??= new Buffers();
    return this.buffers;
  }
}
