/** Bodies of JSON, and nothing else; what is wrong with one is told to whoever sent it. */

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
