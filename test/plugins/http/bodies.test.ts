import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { READER_BODY_BYTES, readerBody } from '../../../src/plugins/http/bodies.js';

it('a length that is told: decides before a byte is read', () => {
  const body = new PassThrough();
  expect(readerBody({ 'content-length': String(READER_BODY_BYTES) }, body)).toBe(body);
  const tooLong = { 'content-length': String(READER_BODY_BYTES + 1) };
  expect(() => readerBody(tooLong, body)).toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }));
});

const CHUNKED = { 'transfer-encoding': 'chunked' };

it('neither a length nor chunks: is no body, and left alone', () => {
  const body = new PassThrough();
  expect(readerBody({}, body)).toBe(body);
});

it('no length: what comes is counted', async () => {
  const body = new PassThrough();
  const read = text(readerBody(CHUNKED, body));
  body.write('x'.repeat(READER_BODY_BYTES - 1));
  body.end('y');
  expect(await read).toHaveLength(READER_BODY_BYTES);
  const more = new PassThrough();
  const refused = expect(text(readerBody(CHUNKED, more))).rejects.toMatchObject({
    code: 'BODY_TOO_LARGE',
    status: 413,
  });
  for (const part of ['x'.repeat(READER_BODY_BYTES), 'y']) more.write(part);
  await refused;
});

it('a body that ends in its middle: whoever reads it is told', async () => {
  const body = new PassThrough();
  const read = text(readerBody(CHUNKED, body));
  body.write('{"a":');
  body.destroy();
  await expect(read).rejects.toThrow();
});
