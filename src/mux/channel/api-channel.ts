/**
 * govppmux's own calls, over the same channels: for people and code that come from Go.
 *
 *   Go                                             here
 *   ch.SendRequest(req).ReceiveReply(reply)        await ch.sendRequest(name, fields).receiveReply()
 *   ch.SendMultiRequest(req).ReceiveReply(...)     { stop, message } = await ctx.receiveReply()
 *   ch.SubscribeNotification(chan, event)          await ch.subscribeNotification(event, sink)
 */

import { throwAtCaller } from '../call-site.js';
import type { Fields } from '../codec/codec.js';
import type {
  Channel,
  ChannelOptions,
  DetailsFields,
  DumpName,
  EventFields,
  EventFieldsOf,
  EventItem,
  EventName,
  LastFields,
  ReplyFields,
  RequestFields,
  RequestName,
  Untyped,
  VppMessages,
} from '../types.js';

export interface RequestContext<Reply = Fields> {
  /** The reply; rejects with RetvalError and all that `Channel.request` rejects with. */
  receiveReply(): Promise<Reply>;
}

export interface MultiRequestContext<Details = Fields, Last = Fields> {
  /** The next message, or `{ stop: true }` behind the last one, with the reply that ended a `_get`; rejects when the dump fails. */
  receiveReply(): Promise<{ stop: false; message: Details } | { stop: true; message?: undefined; reply?: Last }>;
}

/** A function, or anything with `next` such as an rxjs Subject. Gets markers (`gap`, `resync`) too. */
export type NotificationSink<Event = EventFields> =
  | ((item: EventItem<Event>) => void)
  | { next(item: EventItem<Event>): void };

export interface NotificationSubscription {
  unsubscribe(): void;
}

/** `M` types its calls, as those of `Channel`. */
export interface ApiChannel<M = VppMessages> {
  /** The channel beneath, for what govpp has no call for. */
  readonly channel: Channel<M>;
  /** Sends immediately; the reply is fetched with `receiveReply()`. */
  sendRequest<Name extends RequestName<M>>(
    name: Name,
    ...given: FieldsOf<M, Name>
  ): RequestContext<ReplyFields<M, Name>>;
  sendMultiRequest<Name extends DumpName<M>>(
    name: Name,
    ...given: FieldsOf<M, Name>
  ): MultiRequestContext<DetailsFields<M, Name>, LastFields<M, Name>>;
  /** Resolves when VPP sends the events; the mux sends want_* itself. `onError` hears why it ended early. */
  subscribeNotification<Name extends EventName<M>>(
    event: Name,
    sink: NotificationSink<EventFieldsOf<M, Name>>,
    onError?: (error: Error) => void,
  ): Promise<NotificationSubscription>;
  /** Milliseconds for the requests sent from now on. */
  setReplyTimeout(timeoutMs: number): void;
  close(): void;
}

/** The fields of a request, which may be left out where each of them may. */
type FieldsOf<M, Name extends string> =
  Record<never, never> extends RequestFields<M, Name>
    ? [fields?: RequestFields<M, Name>]
    : [fields: RequestFields<M, Name>];

/** A connection, or whatever else opens channels. */
type Opener<M> = { channel(options: ChannelOptions): Channel<M> };

/** Opens a channel with 100 requests in flight and 100 replies waiting, as in Go. */
export function newAPIChannel<M = VppMessages>(connection: Opener<M>): ApiChannel<M> {
  return newAPIChannelBuffered(connection, 100, 100);
}

export function newAPIChannelBuffered<M = VppMessages>(
  connection: Opener<M>,
  requestBuffer: number,
  replyBuffer: number,
): ApiChannel<M> {
  const channel: ApiChannel<Untyped> = new GovppChannel(connection.channel({ requestBuffer, replyBuffer }));
  return channel;
}

class GovppChannel implements ApiChannel<Untyped> {
  private timeoutMs: number | undefined;

  constructor(readonly channel: Channel<Untyped>) {}

  sendRequest(name: string, fields: Fields = {}): RequestContext {
    const reply = this.channel.request(name, fields, { timeoutMs: this.timeoutMs });
    reply.catch(() => {}); // reported by receiveReply, whenever that is called
    return { receiveReply: () => reply.catch(throwAtCaller) };
  }

  sendMultiRequest(name: string, fields: Fields = {}): MultiRequestContext {
    const dump = this.channel.dump(name, fields, { timeoutMs: this.timeoutMs });
    const details = dump[Symbol.asyncIterator]();
    // The dump is sent immediately, as in Go: its first message is asked for now and handed out first.
    let first: Promise<IteratorResult<Fields>> | undefined = details.next();
    first.catch(() => {});
    return {
      async receiveReply() {
        const next = first ?? details.next();
        first = undefined;
        const { done, value } = await next.catch(throwAtCaller);
        if (!done) return { stop: false, message: value };
        return dump.reply ? { stop: true, reply: dump.reply } : { stop: true };
      },
    };
  }

  async subscribeNotification(
    event: string,
    sink: NotificationSink,
    onError: (error: Error) => void = () => {},
  ): Promise<NotificationSubscription> {
    const leave = new AbortController();
    const events = this.channel.events(event, { signal: leave.signal });
    await events.ready();
    const take = typeof sink === 'function' ? sink : (item: EventItem) => sink.next(item);
    const deliver = async () => {
      for await (const item of events) {
        if (leave.signal.aborted) return; // what was buffered when it left
        take(item);
      }
    };
    deliver().catch(onError);
    return { unsubscribe: () => leave.abort() };
  }

  setReplyTimeout(timeoutMs: number): void {
    this.timeoutMs = timeoutMs;
  }

  close(): void {
    this.channel.close();
  }
}
