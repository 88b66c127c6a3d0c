/**
 * The frames of the WebSocket at `/ws`, both ways: one message of the WebSocket is one frame, an object whose `type` says which.
 * With the subprotocol `vppmux.v1.json` a message is JSON text, and values of VPP's messages have the JSON form that REST and the
 * command line have (64-bit integers in decimal text, bytes as `0x…`); with `vppmux.v1.cbor` it is CBOR (RFC 8949) in a binary
 * message, and values are as a local channel gives them (64-bit integers as integers, bytes as byte strings). docs/remote.md tells
 * the same to people who write a client in another language. Here is what both directions share; `client-frames.ts` and
 * `agent-frames.ts` have the frames.
 */

/** The path of the WebSocket, beneath the agent's address. */
export const REMOTE_PATH = '/ws';
/**
 * Where browsers get a ticket, since their WebSockets can send no `Authorization`: `POST` with it, answered with `TicketAnswer`. The
 * ticket is offered as one more subprotocol, once, within ten seconds.
 */
export const REMOTE_TICKET_PATH = '/ws/ticket';

export interface TicketAnswer {
  readonly ticket: string;
}

/** Subprotocols, by what a message is. A client that offers none gets JSON. */
export const SUBPROTOCOLS = { json: 'vppmux.v1.json', cbor: 'vppmux.v1.cbor' } as const;

/** Codes of the WebSocket's close by the agent; the reason says more. */
export const REMOTE_CLOSE = {
  /** A frame that is none, or that is not allowed at this point. */
  BAD_FRAME: 4400,
  /** More sockets, channels, streams or calls than remote.conf allows. */
  TOO_MANY: 4429,
  /** The client has not read for longer than remote.conf allows. */
  NOT_READING: 4408,
  /** remote.conf was changed, or another socket resumed the session. */
  CHANGED: 4409,
} as const;

/** A number that the client chooses for what it opens; in use until the `end`, `error` or `closed` of that id. */
export type StreamId = number;

/** A value of a message's fields, in the form of the subprotocol. */
export type WireFields = Readonly<Record<string, unknown>>;
