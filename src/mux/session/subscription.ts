/** One subscription to an event, from the registration at VPP to the receiver of its events. */

import type { Fields } from '../codec/codec.js';
import type { EventItem } from '../types.js';
import type { ArrivedEvent } from './arrived-event.js';
import type { MessageEntry, Plan } from './message-catalogue.js';
import type { Registration } from './registration.js';

export interface Subscription {
  readonly event: string;
  readonly sink: EventSink;
  /** Fields of the request that makes VPP send the event; undefined: send none. */
  readonly want: Fields | undefined;
  readonly subscriber: Subscriber | undefined;
  /** Registration that it holds at VPP in this generation. */
  registration: Registration | undefined;
  /** Takes back the request that does something once for it, as long as it was not sent; undefined when it needs none. */
  action: AbortController | undefined;
  /** The generation that last served it, 0 for none: a later one means that events may be missing. */
  servedBy: number;
  isOver: boolean;
}

/** Receiver of a subscription's events, markers and end. */
export interface EventSink {
  /**
   * Takes events as VPP sent them, the whole message in `bytes[start, end)`, which is valid only during the call. Where
   * this is there, nothing is decoded for the subscription, and `next` gets markers only.
   */
  raw?(entry: MessageEntry, bytes: Buffer, start: number, end: number): void;
  /** `size`: bytes that it takes in memory, roughly; 0 for markers. */
  next(item: EventItem, size: number): void;
  /** Called when VPP sends the events now (again). */
  ready(): void;
  error(error: Error): void;
  complete(): void;
  /** For a source that can be held up: calls `goOn` now, or when there is room. */
  room?(goOn: () => void): void;
}

/** The side of a subscription that stands between VPP and its sink. */
export interface Subscriber {
  /** Throws when the request that makes VPP send the event may not be sent; `want` undefined: it is not going to be. */
  admit(request: Plan, want: Fields | undefined): void;
  /** Sees an event right before the sink gets it; false when the subscription has ended over it. */
  arrived(event: ArrivedEvent): boolean;
  /** The subscription ends by itself; its sink is called next. */
  ended(): void;
}
