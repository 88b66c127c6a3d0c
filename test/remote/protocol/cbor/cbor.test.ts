import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor } from '../../../../src/remote/protocol/cbor/cbor.js';
import { CborError } from '../../../../src/remote/protocol/cbor/cbor-error.js';
import { CborWriter } from '../../../../src/remote/protocol/cbor/cbor-writer.js';
import { anyValue } from './arbitrary.js';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const decoded = (hex: string) => decodeCbor(bytesOf(hex));

/** Members that are undefined are left out, as in JSON. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutUndefined(member)]));
}

describe('values', () => {
  it.each<[string, unknown]>([
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1affffffff', 0xffffffff],
    ['20', -1],
    ['3903e7', -1000],
    ['3affffffff', -0x1_0000_0000],
    ['fb41f0000000000000', 0x1_0000_0000],
    ['fb3ff199999999999a', 1.1],
    ['fb8000000000000000', -0],
    ['fb7ff0000000000000', Number.POSITIVE_INFINITY],
    ['fb7ff8000000000000', Number.NaN],
    ['1b0000000000000005', 5n],
    ['3b0000000000000004', -5n],
    ['1bffffffffffffffff', 2n ** 64n - 1n],
    ['3bffffffffffffffff', -(2n ** 64n)],
    ['c249010000000000000000', 2n ** 64n],
    ['c349010000000000000000', -(2n ** 64n) - 1n],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['f7', undefined],
    ['60', ''],
    ['6449455446', 'IETF'],
    ['62c3bc', 'ü'],
    ['64f0908591', '\u{10151}'],
    ['4401020304', Uint8Array.of(1, 2, 3, 4)],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
  ])('%s: read and written', (hex, value) => {
    expect(decoded(hex)).toEqual(value);
    expect(hexOf(encodeCbor(value))).toBe(hex);
  });

  it.each<[string, unknown]>([
    ['1800', 0],
    ['f90000', 0],
    ['f93c00', 1],
    ['f90001', 2 ** -24],
    ['f9c400', -4],
    ['f9fc00', Number.NEGATIVE_INFINITY],
    ['f97e00', Number.NaN],
    ['fa47c35000', 100_000],
    ['5f42010243030405ff', Uint8Array.of(1, 2, 3, 4, 5)],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['c11a514b67b0', 1363896240],
    ['d9d9f7a0', {}],
    ['7a00000002 6869', 'hi'],
    ['c240', 0n],
  ])('%s, as other encoders write it: read', (hex, value) => {
    expect(decoded(hex)).toEqual(value);
  });

  it('any: the same after a journey', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        deepStrictEqual(decodeCbor(encodeCbor(value)), withoutUndefined(value));
      }),
    );
  });

  it('a member called __proto__: a member', () => {
    const value = decoded('a1695f5f70726f746f5f5fa1616101') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('bytes: copies, which do not keep the message', () => {
    const message = bytesOf('8141ff');
    const [bytes] = decodeCbor(message) as [Uint8Array];
    message.fill(0);
    expect(bytes).toEqual(Uint8Array.of(0xff));
    expect(bytes.buffer.byteLength).toBe(1);
  });

  it('numbers in typed arrays: lists', () => {
    expect(decodeCbor(encodeCbor([Float64Array.of(1, 2.5), BigUint64Array.of(7n)]))).toEqual([[1, 2.5], [7n]]);
  });

  it('a message in a larger buffer: read from its place', () => {
    expect(decodeCbor(bytesOf('ffff83010203ffff').subarray(2, 6))).toEqual([1, 2, 3]);
  });

  it('names that share a place of the table of names: each its own', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `field_${at}`);
    const maps = names.map((name) => ({ [name]: 1 }));
    expect(decodeCbor(encodeCbor(maps))).toEqual(maps);
    expect(decodeCbor(encodeCbor(maps))).toEqual(maps);
  });
});

describe('what is no value', () => {
  it.each([
    ['', 'the value is cut short, at byte 0'],
    ['18', 'the value is cut short, at byte 1'],
    ['1b00000000000000', 'the value is cut short, at byte 1'],
    ['0000', '1 bytes behind the value, at byte 1'],
    ['9bffffffffffffffff', 'the value is cut short, at byte 9'],
    ['bbffffffffffffffff', 'the value is cut short, at byte 9'],
    ['bb8000000000000000', 'the value is cut short, at byte 9'],
    ['5bffffffffffffffff', 'the value is cut short, at byte 9'],
    ['7bffffffffffffffff', 'the value is cut short, at byte 0'],
    ['9a7fffffff00', 'the value is cut short, at byte 5'],
    ['9f01', 'the value is cut short, at byte 2'],
    ['1c', 'no value begins with 0x1c, at byte 0'],
    ['1f', 'no value begins with 0x1f, at byte 0'],
    ['f8ff', 'no value begins with 0xf8, at byte 0'],
    ['ff', 'no value begins with 0xff, at byte 0'],
    ['81ff', 'no value begins with 0xff, at byte 1'],
    ['a10101', 'the name of a member is no text, at byte 1'],
    ['a1ff01', 'the name of a member is no text, at byte 1'],
    ['62c328', 'a text is not UTF-8, at byte 1'],
    ['a162c32801', 'a text is not UTF-8, at byte 2'],
    ['5f6161ff', 'a piece of a string is another kind of value, at byte 1'],
    ['7f7f6161ffff', 'a piece of a string is another kind of value, at byte 1'],
    ['c201', 'a large integer is a byte string of 1024 bytes at most, at byte 0'],
    [`c2590401${'00'.repeat(1025)}`, 'a large integer is a byte string of 1024 bytes at most, at byte 0'],
    ['dfa0', 'a tag has no number, at byte 0'],
  ])('%s: refused', (hex, message) => {
    expect(() => decoded(hex)).toThrow(
      new CborError(message.replace(/, at byte \d+$/, ''), Number(/\d+$/.exec(message))),
    );
  });

  it.each([
    ['lists', '81'],
    ['maps', 'a16161'],
    ['lists of unknown length', '9f'],
    ['tags', 'c1'],
  ])('a million %s within each other: refused', (_, hex) => {
    expect(() => decoded(hex.repeat(1_000_000))).toThrow(/nested deeper than 64 levels/);
  });

  it('any value cut short anywhere: refused', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), (value, at) => {
        const bytes = encodeCbor(value);
        expect(() => decodeCbor(bytes.subarray(0, at % bytes.length))).toThrow(CborError);
      }),
    );
  });

  it('any bytes: a value or CborError', () => {
    const changed = fc
      .tuple(anyValue, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }))
      .map(([value, changes]) => {
        const bytes = encodeCbor(value);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (bytes) => {
        try {
          decodeCbor(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CborError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, unknown]>([
    ['a function', () => {}],
    ['a symbol', Symbol('s')],
    ['an integer of more bytes than any message has', 2n ** 8200n],
    ['a circle', circle()],
  ])('%s: cannot be written', (_, value) => {
    expect(() => encodeCbor({ value })).toThrow(CborError);
    expect(decodeCbor(encodeCbor({ still: 'well' }))).toEqual({ still: 'well' });
  });

  it('the deepest value: written and read', () => {
    let value: unknown = 0;
    for (let depth = 0; depth < 64; depth++) value = [value];
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
    expect(() => encodeCbor([value])).toThrow('a value is nested deeper than 64 levels');
  });
});

describe('the writer', () => {
  it('a message of pieces: as if written whole', () => {
    const writer = new CborWriter(1);
    const row = encodeCbor({ sw_if_index: 1 });
    writer.beginMap(2);
    writer.name('type');
    writer.value('details');
    writer.name('rows');
    writer.beginList();
    writer.raw(row);
    writer.value({ sw_if_index: 2 });
    writer.end();
    expect(decodeCbor(writer.take())).toEqual({ type: 'details', rows: [{ sw_if_index: 1 }, { sw_if_index: 2 }] });
    expect(writer.length).toBe(0);
  });
});

function circle(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}
