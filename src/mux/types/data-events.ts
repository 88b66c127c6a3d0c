/**
 * Data events: what goes through the channels, shown to listeners that may refuse it before it is sent.
 *
 *   opened ──▶ firstMessage (of each name) ──▶ request ──▶ reply … ──▶ closed
 *                    │ verdict for all of that name   │ verdict for this one
 *                    └──────▶ refused ◀───────────────┘
 *
 * The mux's own channel (probes, registrations, the questions after a handshake) is not shown. While nobody listens,
 * none of this costs anything.
 */

import type { Fields } from '../codec/codec.js';

/** A channel, as listeners know it: the same object for as long as it is open. */
export interface ChannelSession {
  readonly id: number;
  readonly name: string | undefined;
  /** The plugin whose it is; undefined where no agent runs. */
  readonly owner: string | undefined;
  readonly access: Access;
}

/** `read`: only what reads may be sent (dumps, gets, shows, pings, registrations for events). */
export type Access = 'read' | 'write';

/** One message of a channel. It is to be looked at during the call. */
export interface ChannelMessage {
  readonly name: string;
  readonly kind: 'request' | 'reply' | 'event';
  /** Of a request: whether it only reads. What VPP sends does. */
  readonly reads: boolean;
  /** On the wire; undefined for an event, and for a request that has not been sent yet. */
  readonly context: number | undefined;
  /** Of a reply: what it answers, the same object as the listener's `request` had. */
  readonly request: ChannelMessage | undefined;
  /**
   * A new copy each time. Of a request, what is sent to VPP: its caller's object is read once, however it answers later;
   * throws FieldError where it does not fit its definition.
   */
  readonly fields: Fields;
}

/** The code of the error that a refused caller gets. */
export type RefusalCode = 'REFUSED' | 'RATE_LIMITED' | 'READ_ONLY';

export interface Refusal {
  readonly refuse: RefusalCode;
  /** Why, for the caller. */
  readonly text: string;
}

/** What was refused, by a listener, by a channel that only reads, or by the list of what is never sent. */
export interface Refused {
  readonly refuse: RefusalCode | 'FORBIDDEN_MESSAGE';
  readonly text: string;
}

/** Undefined: it may go. */
export type DataVerdict = Refusal | undefined;

/** Of a first message, for all of its name; a function is asked for each one, that first one included. */
export type StandingVerdict = DataVerdict | ((message: ChannelMessage) => DataVerdict);

/**
 * All callbacks are optional, are called at once, and answer at once. One that throws, or answers with something else, counts
 * as one that has nothing to say; the log tells it once. `A` is what `opened` returns: an attachment to the channel,
 * given to the later callbacks and forgotten with it.
 */
export interface DataListener<A = unknown> {
  /** Whose it is, for the log. */
  readonly name?: string;
  /** A channel was opened, or was open already when the listener came. */
  opened?(session: ChannelSession): A;
  /**
   * The first request, or subscription to an event, of its name in the channel; a subscription that needs a want_* request
   * is asked about under both names. Asked again after `decideAgain`, and in the next session with VPP, which may be another.
   */
  firstMessage?(session: ChannelSession, message: ChannelMessage, attachment: A): StandingVerdict;
  /** A request is about to be sent, or to wait for its turn. Not of one that is refused already. */
  request?(session: ChannelSession, message: ChannelMessage, attachment: A): DataVerdict;
  /** A reply, or one of the details of a dump, to a request that this listener was shown. */
  reply?(session: ChannelSession, message: ChannelMessage, attachment: A): void;
  /** An event, for each subscription of the channel. */
  event?(session: ChannelSession, message: ChannelMessage, attachment: A): void;
  /**
   * A verdict of this listener refused it; or the channel did, which only reads (`READ_ONLY`); or it is never sent, whoever
   * asks (`FORBIDDEN_MESSAGE`).
   */
  refused?(session: ChannelSession, message: ChannelMessage, refusal: Refused, attachment: A): void;
  /** The channel was closed, or the connection ended for good. */
  closed?(session: ChannelSession, attachment: A): void;
}

export interface DataEvents {
  /**
   * Hears all channels from now on; those that are open are opened for it at once, and what is in flight on them is not
   * shown. Listeners are asked in the order in which they came, and the first refusal counts. The function given back
   * ends it: nothing is heard after it, not even replies under way.
   */
  listen<A>(listener: DataListener<A>): () => void;
  /**
   * The listener's verdicts on first messages are asked for anew, at once: requests that still wait for their turn and
   * event subscriptions that are refused now fail. What was sent gets its answer.
   */
  decideAgain<A>(listener: DataListener<A>): void;
}
