/**
 * Answers with errors, in one shape whoever they come from: an operation, the access rules, fastify, Node's HTTP parser.
 *
 *   { "error": { "code": "INVALID_INPUT", "message": "…", "path": "routes[3].prefix", "requestId": "…" } }
 */

import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  errorBody,
  type Fault,
  faultIn,
  HTTP_CODES,
  HttpError,
  type HttpErrorCode,
  type Log,
  reasonOf,
  stackOf,
} from '../../sdk/index.js';
import { isA, isError, propertyOf } from '../../thrown.js';
import { goodbye } from './connections.js';

/** Answers with whatever was thrown. An unexpected error is logged, and the caller learns only that there was one. */
export function answerError(log: Log, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = known(thrown);
  if (error === undefined) {
    log.error({ request: request.id, ...stackOf(thrown) }, `${shownRoute(request)} failed: ${reasonOf(thrown)}`);
  }
  const shown = error ?? new HttpError('INTERNAL', 'the agent failed at this request; its log says why');
  if (shown instanceof HttpError) reply.headers(shown.headers);
  // With a Connection header of ours Node adds none, and would keep a connection that its client wants closed.
  const connection = reply.getHeader('connection');
  if (connection !== undefined && !reply.raw.shouldKeepAlive) reply.header('connection', `${connection}, close`);
  return reply
    .code(shown.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(errorBody(shown, request.id))}\n`);
}

/** The error for the caller: a fault, an HttpError, or an error of fastify or a plugin with a status under 500. */
function known(thrown: unknown): Fault | HttpError | undefined {
  if (isA(thrown, HttpError)) return thrown;
  const fault = faultIn(thrown);
  if (fault !== undefined) return fault;
  const status = isError(thrown) ? propertyOf(thrown, 'statusCode') : undefined;
  if (typeof status !== 'number' || !(status >= 400 && status < 500)) return undefined;
  const code = codeOfStatus(status);
  // Fastify's messages for these two are no more than their names.
  const message = status === 413 || status === 415 ? HTTP_CODES[code].text : reasonOf(thrown);
  return new HttpError(code, message);
}

const byStatus = new Map<number, HttpErrorCode>(
  Object.entries(HTTP_CODES).map(([code, { status }]) => [status, code as HttpErrorCode]),
);

/** The code for an error that somebody else threw with a status of HTTP. */
function codeOfStatus(status: number): HttpErrorCode {
  return byStatus.get(status) ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}

/** Method and path, without the query, which may hold secrets. */
export const shownRoute = ({ method, url }: FastifyRequest) => `${method} ${url.split('?')[0].slice(0, 200)}`;

/** Answers on a connection that has no reply object: where Node's parser failed, or a WebSocket is refused. */
export function refuseRaw(stream: Duplex, error: HttpError): void {
  const id = randomUUID();
  const body = `${JSON.stringify(errorBody(error, id))}\n`;
  const headers = {
    ...error.headers,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': id,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  goodbye(stream, `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${head.join('')}\r\n${body}`);
}

/** The refusal for an error of Node's HTTP parser. */
export function parserRefusal(error: Error): HttpError {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW') return new HttpError('HEADERS_TOO_LARGE', 'the headers are larger than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new HttpError('REQUEST_TIMEOUT', 'the request did not come in time (request-timeout in http.conf)');
  }
  return new HttpError('BAD_REQUEST', 'this is no HTTP request');
}
