import { expect, it } from 'vitest';
import { Buffers } from '../../../src/mux/channel/buffers.js';

it('buffers: the sum of what waits, without those that are read to their end', () => {
  const buffers = new Buffers();
  const readers = Array.from({ length: 100 }, () => ({ bytes: 10, ended: false }));
  for (const reader of readers) buffers.add(reader);
  expect(buffers.bytes).toBe(1000);
  for (const reader of readers) reader.ended = true;
  expect(buffers.bytes).toBe(1000); // ended, not yet read
  for (const reader of readers.slice(1)) reader.bytes = 0;
  expect(buffers.bytes).toBe(10);
});
