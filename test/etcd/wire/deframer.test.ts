import { describe, expect, it } from 'vitest';
import { Deframer, frame } from '../../../src/etcd/wire/deframer.js';

const stream = Buffer.concat(['', 'one', 'x'.repeat(300)].map((text) => frame(Buffer.from(text))));

describe('frames of gRPC', () => {
  it.each([1, 2, 5, 7, 1000])('%i bytes at a time: the same messages', (size) => {
    const deframer = new Deframer(1000);
    const messages: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const message of deframer.push(stream.subarray(at, at + size))) messages.push(message.toString());
    }
    expect(messages).toEqual(['', 'one', 'x'.repeat(300)]);
    expect(deframer.isInside).toBe(false);
  });

  it('the end within a message: is seen', () => {
    const deframer = new Deframer(1000);
    for (const size of [3, 5, 6]) {
      expect([...new Deframer(1000).push(frame(Buffer.from('abc')).subarray(0, size))]).toEqual([]);
    }
    expect([...deframer.push(frame(Buffer.from('abc')).subarray(0, 5))]).toEqual([]);
    expect(deframer.isInside).toBe(true);
  });

  it('a message above the limit, or compressed: is an error', () => {
    expect(() => [...new Deframer(10).push(frame(Buffer.alloc(11)))]).toThrow('a message of 11 bytes (limit 10)');
    expect(() => [...new Deframer(10).push(Buffer.from([1, 0, 0, 0, 0]))]).toThrow('begins with the byte 1');
  });
});
