/** The bodies of callers who may only read: they have little to say, and must not fill the agent's memory with it. */

import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import { HttpError } from '../../sdk/index.js';

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
