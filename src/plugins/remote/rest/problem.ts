/**
 * Errors as problem documents (RFC 9457). The members of the error are those of a frame of `/ws`; `error` is what every error of this
 * agent's HTTP server has, so that a program that calls operations as well finds `error.code` in both.
 *
 *   { "type": "urn:vppmux:RETVAL", "title": "…", "status": 404, "detail": "…", "instance": "urn:uuid:…",
 *     "code": "RETVAL", "retval": -2, "retvalName": "INVALID_SW_IF_INDEX", …, "error": { "code", "message", "requestId" } }
 */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fields, type Message, toJson, VppmuxError } from '../../../mux/index.js';
import type { ChannelError } from '../../../remote/protocol/index.js';
import { HTTP_CODES, HttpError, type Log, reasonOf, stackOf } from '../../../sdk/index.js';
import { isA, propertyOf } from '../../../thrown.js';
import { channelErrorOf } from '../channel-error-of.js';
import { PROBLEM } from './paths.js';
import { meaningOf, statusOf } from './problem-status.js';

/** Ways out in the words of HTTP, in place of the library's. */
const HINTS: Readonly<Record<string, string>> = {
  READ_ONLY: 'with the write-token of http.conf it may (Authorization: Bearer TOKEN)',
  REPLY_OVERFLOW: 'read faster, or raise max-buffer or buffer-bytes in remote.conf',
  NOT_CONNECTED: 'try again later; /status says why',
};

/** `thrown` as a caller over HTTP gets it; undefined for what is a fault of the agent. */
function knownError(thrown: unknown): ChannelError | undefined {
  const error = channelErrorOf(thrown, (fields) => toJson(UNKNOWN, fields) as Fields);
  if (error === undefined || !isA(thrown, VppmuxError)) return error;
  const { hint: _, ...shown } = error;
  const hint = Object.hasOwn(HINTS, error.code) ? { hint: HINTS[error.code] } : {};
  return { ...shown, message: thrown.messageWithoutHint, ...hint };
}

/** Values of an error have no definition. */
const UNKNOWN = { def: { fields: [] } } as unknown as Message;

/** The same for a caller, who learns of the agent's own faults only that there was one. */
export const shownError = (thrown: unknown): ChannelError =>
  knownError(thrown) ?? { code: 'INTERNAL', message: 'the agent failed at this; its log says why' };

/** Answers with whatever was thrown. An unexpected error is logged, and the caller learns only that there was one. */
export function answerProblem(log: Log, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = ofFastify(thrown);
  if (knownError(known) === undefined) {
    const text = `${request.method} ${request.url.split('?')[0].slice(0, 200)} failed: ${reasonOf(thrown)}`;
    log.error({ request: request.id, ...stackOf(thrown) }, text);
  }
  if (isA(known, HttpError)) reply.headers(known.headers);
  const status = statusOf(known);
  if ((status === 429 || status === 503) && !reply.hasHeader('retry-after')) reply.header('retry-after', '1');
  const body = problemOf(shownError(known), status, request.id);
  reply.code(status).headers({ 'x-request-id': request.id, 'cache-control': 'no-store', 'content-type': PROBLEM });
  // Bytes: fastify would add a charset, which the type does not have.
  return reply.send(Buffer.from(`${JSON.stringify(body)}\n`));
}

export function problemOf(error: ChannelError, status: number, requestId: string) {
  const { code, message, path, ...more } = error;
  return {
    type: `urn:vppmux:${code}`,
    title: meaningOf(code),
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    code,
    ...(path !== undefined && { path }),
    ...more,
    error: { code, message, ...(path !== undefined && { path }), requestId },
  };
}

/** The last line of an answer in lines, when it fails behind the first. */
export function errorLine(thrown: unknown, requestId: string): string {
  return JSON.stringify({ error: { ...shownError(thrown), requestId } });
}

/** Fastify's own refusals of a body have a status and no code of ours. */
function ofFastify(thrown: unknown): unknown {
  const status = propertyOf(thrown, 'statusCode');
  if (knownError(thrown) !== undefined || typeof status !== 'number' || status < 400 || status >= 500) return thrown;
  if (status === 413) return new HttpError('BODY_TOO_LARGE', HTTP_CODES.BODY_TOO_LARGE.text);
  if (status === 415) return new HttpError('UNSUPPORTED_MEDIA_TYPE', HTTP_CODES.UNSUPPORTED_MEDIA_TYPE.text);
  return new HttpError('BAD_REQUEST', reasonOf(thrown));
}
