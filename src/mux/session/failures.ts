/** The errors an exchange can end with, in words for the person on call. */

import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import {
  ConnectionError,
  EFFECT,
  type ErrorCode,
  type Outcome,
  RetvalError,
  TimeoutError,
  VppmuxError,
} from '../errors.js';
import { refusalReason, retvalName } from '../retval.js';
import type { Exchange } from './exchange.js';
import type { MessageEntry, Plan } from './message-catalogue.js';
import { refusalText } from './refusal-text.js';

/** `sw_interface_dump (channel 3, context 17)` */
function subject(exchange: Exchange): string {
  const sent = exchange.wasSent ? `, context ${exchange.context}` : '';
  return `${exchange.plan.name} (channel ${exchange.requester.id}${sent})`;
}

function outcome(exchange: Exchange): Outcome {
  return exchange.wasSent ? 'unknown' : 'not-sent';
}

function where(exchange: Exchange) {
  return {
    messageName: exchange.plan.name,
    channel: exchange.requester.id,
    context: exchange.wasSent ? exchange.context : undefined,
    generation: exchange.session.generation,
    outcome: outcome(exchange),
    afterMs: exchange.wasSent ? Math.round(performance.now() - exchange.sentAt) : undefined,
  };
}

/** Error of an exchange that ended with the connection, or alone, because of `cause`, whose code it keeps. */
export function ended(exchange: Exchange, cause: Error): VppmuxError {
  const code: ErrorCode = cause instanceof VppmuxError ? cause.code : 'CONNECTION_LOST';
  const after = exchange.wasSent ? ` ${Math.round(performance.now() - exchange.sentAt)} ms after it was sent` : '';
  return new ConnectionError(
    code,
    `${subject(exchange)} failed${after}: ${cause.message}; ${EFFECT[outcome(exchange)]}`,
    where(exchange),
    cause,
  );
}

export function replyTimeout(exchange: Exchange): TimeoutError {
  const text = exchange.wasSent
    ? `no answer to ${subject(exchange)} within ${exchange.timeoutMs} ms: VPP's main thread is busy or hung, or its handler does not answer; VPP may have carried it out`
    : `${subject(exchange)} was not sent within ${exchange.timeoutMs} ms: ${held(exchange)}`;
  return new TimeoutError('REPLY_TIMEOUT', text, { ...where(exchange), afterMs: exchange.timeoutMs });
}

/** Says what the request waited for. */
function held(exchange: Exchange): string {
  const { exclusive } = exchange.session.fairQueue;
  if (!exclusive) return 'the requests before it were not answered, or VPP reads nothing';
  if (exclusive === exchange) return 'it goes alone, and the requests before it were not answered';
  const { name, slow } = exclusive.plan;
  const place = exclusive.wasSent
    ? `VPP has been at ${name} for ${Math.round(performance.now() - exclusive.sentAt)} ms, which goes alone`
    : `${name} waited before it, which goes alone`;
  return `${place} because ${slow?.why}`;
}

export function aborted(exchange: Exchange, cause: unknown): VppmuxError {
  return new VppmuxError(
    'ABORTED',
    `${subject(exchange)} was given up by the caller; ${EFFECT[outcome(exchange)]}`,
    where(exchange),
    cause,
  );
}

/** ABORTED, where the signal was aborted before anything was done. */
export function notBegun({ name }: Plan, { id }: Pick<Exchange['requester'], 'id'>, cause: unknown): VppmuxError {
  const text = `${name} (channel ${id}) was given up by the caller; ${EFFECT['not-sent']}`;
  return new VppmuxError('ABORTED', text, { messageName: name, channel: id, outcome: 'not-sent' }, cause);
}

export function channelClosed(exchange: Exchange): VppmuxError {
  return new VppmuxError(
    'CHANNEL_CLOSED',
    `${subject(exchange)} was given up because its channel was closed; ${EFFECT[outcome(exchange)]}`,
    where(exchange),
  );
}

/** The message that came in place of an answer. */
export interface Unexpected {
  readonly id: number;
  /** The entry of VPP's table under that id. */
  readonly entry: MessageEntry | undefined;
  readonly bytes: Uint8Array;
  /** Decoded content, or the error of decoding it. */
  readonly content: unknown;
}

/** Bytes of an unexpected message that the error keeps, and that its text shows. */
const KEPT_BYTES = 4096;
const SHOWN_BYTES = 24;

export function unexpectedReply(exchange: Exchange, { id, entry, bytes, content }: Unexpected): VppmuxError {
  const { replyName, kind } = exchange.plan;
  const what = entry ? `${entry.name} (id ${id})` : `a message of id ${id}, which VPP's table does not have,`;
  const instead = kind === 'unary' ? replyName : `its details or ${replyName}`;
  const hex = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex');
  return new VppmuxError(
    'UNEXPECTED_REPLY',
    `${subject(exchange)} was answered with ${what} instead of ${instead}; ` +
      "VPP's handler gives a wrong id, or the definitions are not this VPP's; what came is in cause and bytes: " +
      `${hex}${bytes.length > SHOWN_BYTES ? '…' : ''} (${bytes.length} bytes)`,
    { ...where(exchange), bytes: new Uint8Array(bytes.subarray(0, KEPT_BYTES)) },
    content,
  );
}

export function badReply(exchange: Exchange, cause: Error): VppmuxError {
  const code: ErrorCode = cause instanceof VppmuxError ? cause.code : 'PROTOCOL';
  return new VppmuxError(
    code,
    `the answer to ${subject(exchange)} cannot be read: ${cause.message}`,
    where(exchange),
    cause,
  );
}

/** BACKLOG_FULL, where `waiting` bytes wait to be sent already. */
export function backlogFull({ name }: Plan, waiting: number): VppmuxError {
  const bytes = waiting > 0 ? `${waiting} bytes of requests wait already (maxWaitingBytes)` : 'VPP takes no bytes now';
  return new VppmuxError(
    'BACKLOG_FULL',
    `${name} was not sent: ${bytes}; VPP's main thread is busy or hung, or this program asks faster than VPP answers`,
    { messageName: name, outcome: 'not-sent' },
  );
}

export function broken(exchange: Exchange, cause: unknown): VppmuxError {
  return new VppmuxError(
    'INTERNAL',
    `${subject(exchange)} failed because handling it threw: ${reasonOf(cause)}; ${EFFECT[outcome(exchange)]}; ` +
      'other requests are not concerned; please report it with the stack in cause',
    where(exchange),
    cause,
  );
}

/** PROTOCOL, where `reply` asks for one more page of a dump that would never end. */
export function noEnd(exchange: Exchange, emptyPages: number, reply: Record<string, unknown>): VppmuxError {
  const what =
    emptyPages > 1 ? `after ${emptyPages} pages with nothing on them` : 'where that is not behind the one before';
  return new VppmuxError(
    'PROTOCOL',
    `${subject(exchange)} would never end: VPP answers EAGAIN with cursor ${String(reply.cursor)} ${what}; ` +
      'its handler is at fault, the reply is in cause',
    where(exchange),
    reply,
  );
}

export function refused(exchange: Exchange, retval: number, reply: Fields): RetvalError {
  const { plan, session } = exchange;
  const text = refusalText(session.catalogue.entries[plan.replyId]?.message?.def.fields ?? [], reply);
  return new RetvalError(
    retval,
    retvalName(retval),
    `VPP refused ${subject(exchange)}: ${refusalReason(retval, text)}`,
    { ...where(exchange), outcome: undefined },
    reply,
    text,
  );
}

export function incomplete(exchange: Exchange, arrived: number, cause: VppmuxError): VppmuxError {
  return new VppmuxError(
    cause.code === 'RETVAL' ? 'DUMP_INCOMPLETE' : cause.code,
    `${cause.message}; ${arrived} details had arrived, the list is not complete`,
    { ...where(exchange), arrived },
    cause,
  );
}

export function overflow(exchange: Exchange, arrived: number, replyBuffer: number): VppmuxError {
  return new VppmuxError(
    'REPLY_OVERFLOW',
    `${subject(exchange)} failed: its reader is too slow; ${arrived} details have arrived, and more than the channel's ` +
      `replyBuffer (${replyBuffer}) or replyBytes wait; read faster, raise the buffer, or use toArray() or observe()`,
    { ...where(exchange), arrived },
  );
}
