/** The visit of one HTTP request. */

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, type HttpCaller, HttpError } from '../../sdk/index.js';
import type { Callers } from './callers.js';
import type { Visit } from './visit.js';

export interface Entrance {
  readonly http: Pick<Http, 'callerOf' | 'onWithdrawn'>;
  readonly callers: Callers;
}

/** Bytes of the bodies whose length no header says. */
const bodyBytes = new WeakMap<IncomingMessage, { bytes: number }>();

/** Counts a body whose length is not known before it has come: for the hook `preParsing` of a route whose requests are visits. */
export function countBody(
  { raw }: FastifyRequest,
  _: FastifyReply,
  body: Readable,
  done: (error: null, body: Readable) => void,
) {
  if (raw.headers['transfer-encoding'] !== undefined) {
    const count = { bytes: 0 };
    bodyBytes.set(raw, count);
    body.on('data', (chunk: Buffer | string) => {
      count.bytes += Buffer.byteLength(chunk);
    });
  }
  done(null, body);
}

/** Begins the visit of a request, which ends with its answer. Throws HttpError: UNAUTHORIZED, RATE_LIMITED. */
export function httpVisit({ http, callers }: Entrance, request: FastifyRequest, reply: FastifyReply): Visit {
  const { raw } = request;
  const caller = callerOf(http, request);
  const visit = callers.enter(caller, raw.socket.remoteAddress);
  try {
    visit.call(bodyBytes.get(raw)?.bytes ?? (Number(raw.headers['content-length']) || 0));
  } catch (error) {
    visit.leave();
    throw error;
  }
  reply.raw.once('close', () => visit.leave());
  visit.until(http.onWithdrawn(raw, caller, () => visit.leave(WITHDRAWN)));
  if (raw.socket.destroyed) visit.leave();
  return visit;
}

/** Throws HttpError UNAUTHORIZED; on a route that is not open to all it does not. */
export function callerOf(http: Pick<Http, 'callerOf'>, { raw }: FastifyRequest): HttpCaller {
  const caller = http.callerOf(raw);
  if (caller === undefined) throw new HttpError('UNAUTHORIZED', 'the caller is not known');
  return caller;
}

/** Why a visit ends whose caller is not let in any more. */
export const WITHDRAWN =
  'http.conf or its tokens have changed: its caller is not let in any more, or with another access';

export function queryOf({ url }: FastifyRequest): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}
