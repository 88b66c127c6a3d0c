import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/etcd/wire/decode.js';
import { encode } from '../../../src/etcd/wire/encode.js';
import { bool, bytes, id, int, many, message, one, text } from '../../../src/etcd/wire/protobuf.js';

const INNER = message('Inner', { name: text(1), at: int(2) });
const ALL = message('All', {
  ...{
    int: int(1),
    id: id(2),
    bool: bool(3),
    bytes: bytes(4),
    text: text(5),
    inner: one(6, INNER),
    list: many(64, INNER),
  },
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const read = (digits: string) => decode(ALL, Buffer.from(digits, 'hex'));

describe('protobuf', () => {
  it('a message: has the bytes that protocol buffers give it', () => {
    // The example of their documentation: field 1, a varint of 150.
    expect(hex(encode(ALL, { int: 150 }))).toBe('089601');
    expect(hex(encode(ALL, { text: 'testing' }))).toBe('2a0774657374696e67');
    expect(hex(encode(ALL, { inner: { at: 1 } }))).toBe('32021001');
    expect(hex(encode(ALL, { int: -1 }))).toBe('08ffffffffffffffffff01');
    expect(hex(encode(ALL, { list: [{}, { at: 0 }] }))).toBe('820400820402' + '1000');
  });

  it('all kinds: come back as they were', () => {
    const value = {
      ...{ int: Number.MAX_SAFE_INTEGER, id: 0xffff_ffff_ffff_ffffn, bool: true, bytes: Buffer.from([0, 255]) },
      ...{
        text: 'straße',
        inner: { name: 'a', at: -5 },
        list: [
          { name: 'b', at: 0 },
          { name: '', at: 2 ** 40 },
        ],
      },
    };
    expect(decode(ALL, encode(ALL, value))).toEqual(value);
  });

  it('nothing: is all defaults', () => {
    const empty = { int: 0, id: 0n, bool: false, bytes: Buffer.alloc(0), text: '', inner: undefined, list: [] };
    expect(read('')).toEqual(empty);
  });

  it('unknown fields of every wire type: are skipped', () => {
    expect(read('a80101' + 'a90100112233' + '44556677' + 'aa0102ffff' + 'ad0100112233' + '0801').int).toBe(1);
  });

  it.each([
    ['a number that ends early', '0896'],
    ['a number of eleven bytes', '08ffffffffffffffffffff01'],
    ['an integer beyond 2^53', '08ffffffffffffff7f'],
    ['a length behind the end', '2a0774'],
    ['an inner length behind its message', '3203' + '0a05' + '41'],
    ['a length beyond 2^53', '2affffffffffffffffff01'],
    ['a wire type that does not fit', '0a00'],
    ['a group', '0b'],
    ['a skipped field that ends early', 'a90100'],
  ])('%s: is an error', (_, digits) => {
    expect(() => read(digits)).toThrow();
  });

  it('more elements than a message may have: are an error', () => {
    const many = Buffer.concat(Array(500_001).fill(Buffer.from('820400', 'hex')));
    expect(() => decode(ALL, many)).toThrow('more than 500000 elements');
  });

  it('any bytes: give a message or an error, and nothing else', () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let i = 0; i < 2000; i++) {
      const digits = Buffer.from(Array.from({ length: random(40) }, () => random(256)));
      try {
        decode(ALL, digits);
      } catch (error) {
        expect((error as Error).constructor.name).toBe('ProtobufError');
      }
    }
  });

  it('a number that is none: is not sent', () => {
    expect(() => encode(ALL, { int: 1.5 })).toThrow(RangeError);
    expect(() => encode(ALL, { int: 2 ** 53 })).toThrow(RangeError);
  });
});
