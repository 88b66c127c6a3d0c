/** The bodies of requests: JSON and nothing else, and those of callers who may only read within a bound of their own. */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { HttpError } from '../../sdk/index.js';

export function takeJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  // A form of a foreign page can send text, but not JSON without a preflight request.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    parse(request, String(body), (error, value) => done(error && whatIsWrong(String(body)), value));
  });
}

function whatIsWrong(body: string): HttpError {
  if (body === '') return new HttpError('BAD_REQUEST', 'the body is empty; {} is JSON for nothing');
  try {
    JSON.parse(body);
  } catch (error) {
    return new HttpError('BAD_REQUEST', `the body is no JSON: ${(error as Error).message}`);
  }
  // Such keys are refused, since code that copies keys into another object would change its prototype.
  return new HttpError('BAD_REQUEST', 'the body has a key __proto__, or constructor with prototype in it');
}

/** Throws UNSUPPORTED_MEDIA_TYPE for a compressed body: a few bytes of one can become any number. */
export function refuseEncoded({ headers: { 'content-encoding': encoding = 'identity' } }: IncomingMessage): void {
  if (encoding === 'identity' || encoding === '') return;
  const text = `compressed bodies are not taken: send it without Content-Encoding: ${encoding.slice(0, 100)}`;
  throw new HttpError('UNSUPPORTED_MEDIA_TYPE', text);
}

/** Bytes of the body of a caller who may only read; `body-limit` of http.conf applies as well. */
export const READER_BODY_BYTES = 1024 * 1024;

/** Bounds `body` to that. Throws BODY_TOO_LARGE where its length is known; else the stream fails with it. */
export function readerBody(headers: IncomingHttpHeaders, body: Readable): Readable {
  if (Number(headers['content-length']) > READER_BODY_BYTES) throw tooLarge();
  // Otherwise its length is known, or there is no body.
  if (headers['transfer-encoding'] === undefined) return body;
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > READER_BODY_BYTES) done(tooLarge());
      else done(null, chunk);
    },
  });
  // A client that goes away ends the copy with an error as well.
  return pipeline(body, counting, () => {});
}

const tooLarge = () =>
  new HttpError('BODY_TOO_LARGE', 'the body is larger than 1 MiB, the most that callers who may only read can send', {
    connection: 'close',
  });
