/**
 * Data events: the messages of all channels, shown to listeners that may refuse a request before it is sent.
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
export interface ChannelInfo {
  readonly id: number;
  readonly name: string | undefined;
  /** Plugin that owns the channel, or `PLUGIN/CALLER`; undefined where no agent runs. */
  readonly owner: string | undefined;
  readonly access: Access;
  /** Name of the API socket that a client came through; undefined for a channel of this program. */
  readonly role?: string;
  /** Process of that client, where the platform tells. */
  readonly peer?: ClientPeer;
}

/** The process at the other end of an API socket, as it was when it connected. */
export interface ClientPeer {
  readonly uid: number;
  readonly gid: number;
  /** Undefined for one that cannot be seen from here, of another container. */
  readonly pid?: number;
  /** Name of its program, 15 characters at most. */
  readonly command?: string;
}

/** `read`: only what reads may be sent (dumps, gets, shows, pings, registrations for events). */
export type Access = 'read' | 'write';

/** One message of a channel. Look at it during the call. */
export interface ChannelMessage {
  readonly name: string;
  readonly kind: 'request' | 'reply' | 'event';
  /** True for a request that only reads, and for everything that VPP sends. */
  readonly reads: boolean;
  /** Context on the wire; undefined for an event, and for a request that has not been sent yet. */
  readonly context: number | undefined;
  /** Request that a reply answers: the object that the listener's `request` was given. Undefined for other messages. */
  readonly request: ChannelMessage | undefined;
  /**
   * Decoded fields, a new object each time. Those of a request are what is sent to VPP: its caller's object is read once.
   * Throws FieldError where it does not fit its definition.
   */
  readonly fields: Fields;
}

/** The code of the error that a refused caller gets. */
export type RefusalCode = 'REFUSED' | 'RATE_LIMITED' | 'READ_ONLY';

export interface Refusal {
  readonly refuse: RefusalCode;
  /** Reason, for the caller. */
  readonly text: string;
}

/** Refusal by a listener, by a channel that only reads, or by the list of messages that are never sent. */
export interface Refused {
  readonly refuse: RefusalCode | 'FORBIDDEN_MESSAGE';
  readonly text: string;
}

/** Answer to a request; undefined lets it through. */
export type DataVerdict = Refusal | undefined;

/** Verdict on a first message that holds for all of its name; a function is called for each one, the first included. */
export type CachedVerdict = DataVerdict | ((message: ChannelMessage) => DataVerdict);

/**
 * All callbacks are optional and synchronous. One that throws, or returns something else, counts as one that returns
 * undefined, and is logged once. `A` is what `opened` returns: an attachment to the channel, passed to the later callbacks
 * and dropped with it.
 */
export interface DataListener<A = unknown> {
  /** Name of the listener, for the log. */
  readonly name?: string;
  /** Called when a channel was opened, or was open already when the listener was added. */
  opened?(channel: ChannelInfo): A;
  /**
   * Called at the first request, or subscription to an event, of its name in the channel; for a subscription that needs a
   * want_* request, under both names. Called again after `decideAgain`, and in the next session with VPP, which may be another.
   */
  firstMessage?(channel: ChannelInfo, message: ChannelMessage, attachment: A): CachedVerdict;
  /** Called when a request is about to be sent, or to wait for its turn; not for one that is refused already. */
  request?(channel: ChannelInfo, message: ChannelMessage, attachment: A): DataVerdict;
  /** Called at a reply, or one of the details of a dump, to a request that this listener was shown. */
  reply?(channel: ChannelInfo, message: ChannelMessage, attachment: A): void;
  /** Called at an event, for each subscription of the channel. */
  event?(channel: ChannelInfo, message: ChannelMessage, attachment: A): void;
  /**
   * Called when a message was refused: by a verdict of this listener, by a channel that only reads (`READ_ONLY`), or
   * because it is never sent (`FORBIDDEN_MESSAGE`).
   */
  refused?(channel: ChannelInfo, message: ChannelMessage, refusal: Refused, attachment: A): void;
  /** Called when the channel was closed, or the connection ended for good. */
  closed?(channel: ChannelInfo, attachment: A): void;
}

export interface DataEvents {
  /**
   * Adds a listener for all channels. `opened` is called immediately for those that are open; requests in flight on them
   * are not shown. Listeners are asked in the order in which they were added, and the first refusal counts. The returned
   * function removes the listener: nothing is called after it, not even for replies under way.
   */
  listen<A>(listener: DataListener<A>): () => void;
  /**
   * Asks the listener for its verdicts on first messages again, immediately: requests that still wait for their turn and
   * event subscriptions that are refused now fail. Requests at VPP get their answers.
   */
  decideAgain<A>(listener: DataListener<A>): void;
}
