import { describe, expect, it } from 'vitest';
import { GrowingWriter } from '../../../src/mux/codec/byte-writer.js';

describe('GrowingWriter', () => {
  it('reserve with room: leaves the buffer alone', () => {
    const writer = new GrowingWriter(8);
    const { bytes } = writer;
    writer.reserve(8);
    expect(writer.bytes).toBe(bytes);
    expect(writer.pos).toBe(0);
  });

  it('reserve without room: grows, and keeps what was written', () => {
    const writer = new GrowingWriter(4);
    writer.bytes.set([1, 2, 3]);
    writer.pos = 3;
    writer.reserve(1000);
    expect(writer.bytes.length).toBeGreaterThanOrEqual(1003);
    expect([...writer.bytes.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(writer.pos).toBe(3);
  });

  it('view: writes into the present buffer, also when that has grown', () => {
    const writer = new GrowingWriter(4);
    writer.reserve(100);
    writer.view.setUint32(96, 0x01020304);
    expect([...writer.bytes.subarray(96, 100)]).toEqual([1, 2, 3, 4]);
  });

  it('a size of zero: grows as well', () => {
    const writer = new GrowingWriter(0);
    writer.reserve(1);
    expect(writer.bytes.length).toBeGreaterThan(0);
  });

  it('copy: is what was written, in memory of its own', () => {
    const writer = new GrowingWriter(8);
    writer.bytes.set([1, 2]);
    writer.pos = 2;
    const copy = writer.copy();
    writer.bytes[0] = 9;
    expect([...copy]).toEqual([1, 2]);
    expect(copy.buffer.byteLength).toBe(2);
  });
});
