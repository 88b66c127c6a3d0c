/**
 * Every error the mux can give, in one table: code → likely cause and remedy.
 *
 * All of them are a `VppmuxError` (or one of its few subclasses) with a stable `code`, the fields that
 * describe where it happened, and the underlying `cause`. Messages are written for the person on call:
 * what happened, on which message, context and channel, after how long, why most likely, what to do.
 */

import { printableLine } from '../printable.js';
import { refusalReason } from './retval.js';

/** The known fate of a request that failed: it never left, or it was sent and nobody knows (VPP may have done it). */
export type Outcome = 'not-sent' | 'unknown';

/** Text for each outcome: what is known of the request. */
export const EFFECT: Readonly<Record<Outcome, string>> = {
  unknown: 'it was sent, and VPP may have carried it out',
  'not-sent': 'it had not been sent',
};

/** code → what it means and what to do. `docs/errors.md` is checked against this table by a test. */
export const ERROR_CODES = {
  // schema
  SCHEMA_NOT_FOUND:
    'no .api.json files where they were looked for; give apiDir (or VPP_API_DIR), or none to ask VPP itself',
  SCHEMA_INVALID: 'an API definition is not one vppapigen writes; the file and JSON path are named',
  UNKNOWN_MESSAGE: 'no such message in the schema; the nearest names are given',
  MESSAGE_NOT_IN_VPP:
    "the running VPP's message table lacks this message: its plugin is not loaded, or it is of another release",
  CRC_MISMATCH: 'the running VPP defines this message differently from the schema; use the definitions of its release',
  INCOMPATIBLE:
    'the running VPP lacks messages that the program was generated for (expect), or defines them otherwise; they are named, with their fields',
  NO_DEFINITION:
    'the running VPP has this message, but the definitions in use lack it; give a directory of definitions that has it',
  WRONG_KIND: 'the message exists, but is not a request, dump or event as this call needs; the right call is named',
  FORBIDDEN_MESSAGE: 'a message that would harm VPP or this connection, always or with these values; it was not sent',
  // codec
  BAD_FIELD: 'a value does not fit its field; nothing was sent; the path of the field is named',
  TRUNCATED: 'a message ends before its definition does',
  MESSAGE_TOO_LARGE: 'a message would take far more memory than any that VPP sends; it was not decoded',
  // link
  SOCKET_MISSING: 'no socket file: VPP is not running, or its socket is elsewhere (socksvr in startup.conf)',
  SOCKET_PERMISSION: 'no permission for the socket: join its group, or change `unix { gid … }` in startup.conf',
  SOCKET_REFUSED: 'the socket file exists, but nobody listens: VPP is starting, or died and left it behind',
  SOCKET_FAILED: 'the operating system refused the socket for another reason (cause)',
  TRANSPORT_FAILED: 'the transport that was given to connect() made no link (cause)',
  WRONG_SOCKET:
    "the path leads to another of VPP's sockets (cli.sock, stats.sock, …); give the API socket, api.sock next to it",
  FRAME_TOO_LARGE: 'a frame is announced larger than the limit: not a VPP socket, or the limit is too low',
  FRAME_STALLED: 'VPP began a message and did not complete it in time; it is being connected to again',
  PROTOCOL: 'the other side sent what the protocol does not allow',
  // session
  HANDSHAKE_FAILED: 'sockclnt_create was refused or answered with something else',
  HANDSHAKE_TIMEOUT: 'connected, but VPP did not answer sockclnt_create in time: its main thread is busy or hung',
  GAVE_UP: 'retry-connect-count attempts failed; the connection is closed for good',
  NOT_CONNECTED: 'there is no connection to VPP now; it is being tried again in the background',
  CONNECTION_LOST: 'the connection to VPP ended while this was under way',
  CLOSED: 'the connection was closed by this program',
  REPLY_TIMEOUT: 'VPP did not answer before the deadline',
  BACKLOG_FULL:
    'too many bytes of requests wait to be sent (maxWaitingBytes): VPP hangs or is too slow for them; not sent, try again later',
  ABORTED: 'the caller gave up (AbortSignal)',
  POISONED: 'VPP died of this message more than once, so it is held back for a while (option poison)',
  UNEXPECTED_REPLY: 'VPP answered with another message than the schema promises',
  INTERNAL:
    'handling a request or its answer threw in this program; that one failed, all others go on; please report it',
  RETVAL: "VPP refused the request; number, name and, where its reply has a text, VPP's own words are given",
  // channel
  READ_ONLY: 'the channel only reads, and this message does more; open one with access write for it',
  REFUSED: 'a rule of the policy, or another listener of the data events, refuses this message; it was not sent',
  RATE_LIMITED:
    'more of these messages than a rule of the policy allows for the time; it was not sent, try again later',
  CHANNEL_CLOSED: 'the channel was closed by this program',
  REPLY_OVERFLOW:
    'replies came faster than they were read; read faster, raise replyBuffer, or use toArray() or observe()',
  DUMP_INCOMPLETE: 'a dump ended before its end; what had arrived is not the whole list',
  BAD_OPTION: 'an option of this call is not valid',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Where an error happened, as far as known. Only set fields are shown. */
export interface ErrorFields {
  /** VPP message name, e.g. `sw_interface_dump`. */
  readonly messageName?: string;
  /** Path of the field or of the JSON value, e.g. `route.paths[0].weight`. */
  readonly path?: string;
  /** Schema file. */
  readonly file?: string;
  /** Socket path. */
  readonly socket?: string;
  /** Number of the channel within its connection. */
  readonly channel?: number;
  /** Context of the request on the wire. */
  readonly context?: number;
  /** Generation of the connection (1 for the first session). */
  readonly generation?: number;
  /** The known fate of the request. */
  readonly outcome?: Outcome;
  /** Details that had arrived before a dump failed. */
  readonly arrived?: number;
  /** The body of a message that was not expected, as far as it is kept. */
  readonly bytes?: Uint8Array;
  /** Names close to an unknown one. */
  readonly nearest?: readonly string[];
  /** Milliseconds waited. */
  readonly afterMs?: number;
  /** A way out by an option of this library; the message ends with it, after `; `. See `messageWithoutHint`. */
  readonly hint?: string;
}

/** Base of all errors of the mux: `code` is stable, `message` is for people. */
export class VppmuxError extends Error implements ErrorFields {
  readonly code: ErrorCode;
  declare readonly messageName?: string;
  declare readonly path?: string;
  declare readonly file?: string;
  declare readonly socket?: string;
  declare readonly channel?: number;
  declare readonly context?: number;
  declare readonly generation?: number;
  declare readonly outcome?: Outcome;
  declare readonly arrived?: number;
  declare readonly bytes?: Uint8Array;
  declare readonly nearest?: readonly string[];
  declare readonly afterMs?: number;
  declare readonly hint?: string;

  constructor(code: ErrorCode, message: string, fields: ErrorFields = {}, cause?: unknown) {
    // Part of it may be VPP's text, or that of its definitions.
    super(printableLine(message + hintEnd(fields.hint)), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    Object.assign(this, fields);
  }

  /** The message for a program that says in words of its own what to do, such as a command with flags. */
  get messageWithoutHint(): string {
    const { message } = this;
    const end = printableLine(hintEnd(this.hint));
    return end !== '' && message.endsWith(end) ? message.slice(0, -end.length) : message;
  }
}

const hintEnd = (hint: string | undefined) => (hint === undefined ? '' : `; ${hint}`);

/** An API definition that cannot be used. `file` and `path` say where. */
export class SchemaError extends VppmuxError {}

/** A value that does not fit its field, or bytes that do not fit their definition. `path` says where. */
export class FieldError extends VppmuxError {}

/** The connection failed, is away, or was closed. `outcome` says whether the request may have been done. */
export class ConnectionError extends VppmuxError {}

/** No answer in time. The outcome is `unknown` unless the request was still waiting to be sent. */
export class TimeoutError extends VppmuxError {}

/** This side refused to send it: READ_ONLY, REFUSED or RATE_LIMITED. The outcome is `not-sent`. */
export class RefusedError extends VppmuxError {}

/** VPP refused the request: `retval` is its number, `retvalName` its name in VPP's list. */
export class RetvalError extends VppmuxError {
  constructor(
    readonly retval: number,
    readonly retvalName: string,
    message: string,
    fields: ErrorFields,
    /** The whole decoded reply. */
    readonly reply: object,
    /** VPP's own words, all of them as they came; '' where the reply has none. The message has their first line. */
    readonly text = '',
  ) {
    super('RETVAL', message, fields);
  }

  /** Number, name and the first line of VPP's own words: `INVALID_VALUE (-7): unknown input`. */
  get reason(): string {
    return refusalReason(this.retval, this.text);
  }
}
