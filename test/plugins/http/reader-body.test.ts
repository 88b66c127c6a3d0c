import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { READER_BODY_BYTES, readerBody } from '../../../src/plugins/http/reader-body.js';

test('a length that is told: decides before a byte is read', () => {
  const body = new PassThrough();
  expect(readerBody({ 'content-length': String(READER_BODY_BYTES) }, body)).toBe(body);
  const tooLong = { 'content-length': String(READER_BODY_BYTES + 1) };
  expect(() => readerBody(tooLong, body)).toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }));
});

test('no length: what comes is counted', async () => {
  const body = new PassThrough();
  const read = text(readerBody({}, body));
  body.write('x'.repeat(READER_BODY_BYTES - 1));
  body.end('y');
  expect(await read).toHaveLength(READER_BODY_BYTES);
  const more = new PassThrough();
  const refused = expect(text(readerBody({}, more))).rejects.toMatchObject({ code: 'BODY_TOO_LARGE', status: 413 });
  for (const part of ['x'.repeat(READER_BODY_BYTES), 'y']) more.write(part);
  await refused;
});

test('a body that ends in its middle: whoever reads it is told', async () => {
  const body = new PassThrough();
  const read = text(readerBody({}, body));
  body.write('{"a":');
  body.destroy();
  await expect(read).rejects.toThrow();
});
