/** A channel, its options, and what its calls give: a reply, a dump, an event stream. */

import type { Observable } from 'rxjs';
import type { Fields, Schema } from '../codec/codec.js';
import type { Access } from './data-events.js';
import type { EventFields, EventItem } from './event-item.js';
import type {
  DetailsFields,
  DumpName,
  EventFieldsOf,
  EventName,
  FieldsAndOptions,
  LastFields,
  ReplyFields,
  RequestFields,
  RequestName,
  VppMessages,
  WantFields,
} from './messages.js';

export interface ChannelOptions {
  /** Its purpose, for errors and statistics. */
  readonly name?: string;
  /** Its owner, for errors and statistics. The agent gives the name of the plugin, and puts that before the one given here. */
  readonly owner?: string;
  /** `read` refuses what does more than read, with READ_ONLY. Default `write`. */
  readonly access?: Access;
  /** Requests of this channel in flight at once; the rest wait in order. Default 100. */
  readonly requestBuffer?: number;
  /** Replies and events that may wait for a slow reader. Default 16384. */
  readonly replyBuffer?: number;
  /** Bytes, roughly as they are in memory, that may wait for a slow reader. Default 64 MiB. */
  readonly replyBytes?: number;
  /** Deadline of its requests, milliseconds. Default: the connection's. */
  readonly replyTimeoutMs?: number;
  /** Closes the channel, of several the first one; its reason is the `cause` of what fails by that. */
  readonly signal?: AbortSignal | readonly AbortSignal[];
}

export interface RequestOptions {
  /** Deadline in milliseconds; for a dump, the idle timeout. Default: the channel's. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Gives the reply back whatever its retval says, instead of throwing RetvalError. */
  readonly anyRetval?: boolean;
}

/** A dump not yet started: it is sent when it is iterated, collected or subscribed to, each time anew. */
export interface Dump<Details = Fields, Last = Fields> extends AsyncIterable<Details> {
  /** All details in one array; not bounded by replyBuffer. */
  toArray(): Promise<Details[]>;
  /** Cold: sent on subscription, given up on unsubscription. */
  observe(): Observable<Details>;
  /**
   * The reply that ended the list when it was read last: of a `_get`, with what it says besides retval and cursor (the
   * position of `trace_dump`); of a dump with a reply beside its details (`mactime_dump`), that. Undefined before the
   * end, and for all other dumps.
   */
  readonly reply: Last | undefined;
}

/** An event subscription, made when iterated or subscribed to. */
export interface EventStream<Event = EventFields> extends AsyncIterable<EventItem<Event>> {
  /** Subscribes now, and resolves when VPP has the registration; what comes until the first read is buffered. */
  ready(): Promise<void>;
  observe(): Observable<EventItem<Event>>;
}

export interface EventOptions<Want = Fields> {
  /** Fields of the request that VPP sends the event for, besides enable and pid. Streams with other fields do not disturb each other. */
  readonly want?: Want;
  /** False: sends no request, and listens to the events that others have asked for. Default true. */
  readonly subscribe?: boolean;
  /** Bytes of events that may wait for a slow reader. Default, and the most: those of the channel. */
  readonly replyBytes?: number;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

/**
 * A channel; `M` is the map of messages that types its calls. By default it is `VppMessages`, whose generated declarations
 * make a wrong name or field an error of the compiler; while it is empty, names and fields are as the running VPP has them.
 */
export interface Channel<M = VppMessages> {
  /** Number within the connection, shown in errors and statistics. */
  readonly id: number;
  /** True once the channel, or its connection, is closed. */
  readonly closed: boolean;
  /** Definitions of the running VPP's messages; undefined while none is connected, and for a channel that has none at hand. */
  readonly schema?: Schema | undefined;
  /** Whether the running VPP's message table has `messageName`; undefined while no VPP is connected. */
  has(messageName: string): boolean | undefined;
  /**
   * Resolves with the reply. Rejects with RetvalError, TimeoutError, FieldError, RefusedError, ConnectionError or VppmuxError, whose stack
   * leads to the line that awaits the promise (docs/errors.md).
   */
  request<Name extends RequestName<M>>(
    name: Name,
    ...given: FieldsAndOptions<RequestFields<M, Name>, RequestOptions>
  ): Promise<ReplyFields<M, Name>>;
  /** Nothing is sent yet. The stack of an error leads to the line that reads the dump. */
  dump<Name extends DumpName<M>>(
    name: Name,
    ...given: FieldsAndOptions<RequestFields<M, Name>, RequestOptions>
  ): Dump<DetailsFields<M, Name>, LastFields<M, Name>>;
  /** Events by name. The want_* request is sent for the first subscriber and undone after the last. */
  events<Name extends EventName<M>>(
    name: Name,
    options?: EventOptions<WantFields<M, Name>>,
  ): EventStream<EventFieldsOf<M, Name>>;
  /** Fails what it waits for with CHANNEL_CLOSED and ends its streams. */
  close(): void;
}
