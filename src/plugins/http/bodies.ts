/** The bodies of requests: JSON and nothing else, and those of callers who may only read within a bound of their own. */

import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { HttpError } from '../../sdk/index.js';

export function takeJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  // A form of a foreign page can send text; JSON it cannot, without being asked first.
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
  // Kept from those who copy the keys of an object into another.
  return new HttpError('BAD_REQUEST', 'the body has a key __proto__, or constructor with prototype in it');
}

/** Bytes; `body-limit` of http.conf holds as well. */
export const READER_BODY_BYTES = 1024 * 1024;

/** `body`, as long as it is no longer than that. Throws BODY_TOO_LARGE where its length is known, else the stream does. */
export function readerBody(headers: IncomingHttpHeaders, body: Readable): Readable {
  if (Number(headers['content-length']) > READER_BODY_BYTES) throw tooLarge();
  // Else its length is known, or there is none.
  if (headers['transfer-encoding'] === undefined) return body;
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > READER_BODY_BYTES) done(tooLarge());
      else done(null, chunk);
    },
  });
  // A client that goes away ends the copy as well; whoever reads it is told.
  return pipeline(body, counting, () => {});
}

const tooLarge = () =>
  new HttpError('BODY_TOO_LARGE', 'the body is larger than 1 MiB, the most that callers who may only read can send', {
    connection: 'close',
  });
