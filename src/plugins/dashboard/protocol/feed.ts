/**
 * The feed: the WebSocket from which the dashboard and `vppmux top` live. All messages are JSON.
 *
 *   client                                     agent
 *   ──▶ POST /ui/ticket (Authorization)        { ticket, access, caller }
 *   ──▶ GET /ui/feed, subprotocols FEED_PROTOCOL and the ticket; or with Authorization, as programs do
 *                                              ◀── { hello }
 *   ──▶ { topics: ['overview', 'interface:3'] }
 *                                              ◀── { topic, at, full }     the whole state of each, once
 *                                              ◀── { topic, at, patch? }   each interval: a merge patch, if anything changed
 *                                              ◀── { topic, at, error }    while it cannot be read; a `full` comes next
 *   ──▶ { topics: ['interfaces'] }             topics that are not in the list are sent no more
 *
 * The topic `state` is always sent. A client that reads slowly misses patches, and then gets a `full`: it is never behind by more
 * than one message of each topic. Whoever gets nothing for `LOST_MS` has lost the connection.
 */

import type { JsonObject, Patch } from './merge-patch.js';

export const UI_PATH = '/ui/';
export const FEED_PATH = '/ui/feed';
export const TICKET_PATH = '/ui/ticket';
/** Subprotocol of the feed; its number grows when old clients would misread new messages. */
export const FEED_PROTOCOL = 'vppmux.feed.1';

/** Milliseconds without any message after which the connection is lost. */
export const LOST_MS = 6000;

/** Topics of one client. */
export const MOST_TOPICS = 32;

/** Close codes; the reason next to the code is for people. */
export const FEED_CLOSE = {
  BAD_MESSAGE: 4400,
  TOO_MANY: 4429,
} as const;

/** The answer of `POST /ui/ticket`. */
export interface TicketAnswer {
  /** Subprotocol to offer, next to `FEED_PROTOCOL`. */
  readonly ticket: string;
  readonly access: 'read' | 'write';
  /** Name of the caller: of its token, or `loopback`. */
  readonly caller: string;
  /** All dataplanes of the agent, `main` first; left out where there is one only. */
  readonly dataplanes?: readonly DataplaneEntry[];
}

/** A dataplane of an agent that has several. Its feed is at `/dataplanes/NAME/ui/feed`, that of `main` at `/ui/feed`. */
export interface DataplaneEntry {
  readonly name: string;
  /** A `ConnectionState` of its VPP: `ready`, `backoff`, … */
  readonly state: string;
  /** Whether the plugin `dashboard` runs there: without it there is no feed. */
  readonly hasDashboard: boolean;
}

/** The message of a client: all topics that it wants from now on. */
export interface Subscription {
  readonly topics: readonly string[];
}

/** The first message of the agent. */
export interface Hello {
  readonly hello: {
    /** Version of the agent. */
    readonly version: string;
    readonly access: 'read' | 'write';
    readonly caller: string;
    /** Milliseconds between two messages of a topic. */
    readonly intervalMs: number;
  };
}

interface TopicMessage {
  /** Name of the topic, with its argument behind a colon. */
  readonly topic: string;
  /** Milliseconds since 1970, by the agent's clock, when the state was read. */
  readonly at: number;
}

export interface FullMessage extends TopicMessage {
  readonly full: JsonObject;
}

export interface PatchMessage extends TopicMessage {
  readonly patch?: Patch;
}

export interface ErrorMessage extends TopicMessage {
  readonly error: string;
}

export type FeedMessage = Hello | FullMessage | PatchMessage | ErrorMessage;
