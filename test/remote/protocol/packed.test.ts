/** Rows without their names, and back. */

import { describe, expect, it } from 'vitest';
import { CborError, CborWriter, rowsReader, rowWriter, shapeOf } from '../../../src/remote/protocol/index.js';

const ROW = {
  id: 7,
  big: 2n ** 63n,
  name: 'ä',
  data: new Uint8Array([1, 2]),
  none: [],
  numbers: [1, 2.5],
  nh: {
    address: { ip4: '0.0.0.0' },
    labels: [
      { label: 16, on: false },
      { label: 17, on: true },
    ],
  },
};

function packed(rows: readonly unknown[]): Uint8Array | undefined {
  const writer = new CborWriter();
  const write = rowWriter(shapeOf(rows[0]));
  return rows.every((row) => write(writer, row)) ? writer.take() : undefined;
}

describe.each([
  ['by a function made of source', true],
  ['member by member', false],
] as const)('packed rows, read %s', (_, compile) => {
  it('come back as they were', () => {
    const rows = [ROW, { ...ROW, none: [{ any: 1 }], nh: { address: { ip4: '::' }, labels: [] } }];
    const bytes = packed(rows) as Uint8Array;
    expect(rowsReader(shapeOf(ROW), compile)(bytes, 2)).toEqual(rows);
  });

  it('cut short at any byte, or with one more: CborError', () => {
    const row = { a: 1, list: [{ b: 'x' }] };
    const bytes = packed([row]) as Uint8Array;
    const read = rowsReader(shapeOf(row), compile);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => read(bytes.subarray(0, length), 1)).toThrow(CborError);
    }
    expect(() => read(new Uint8Array([...bytes, 0]), 1)).toThrow(CborError);
    expect(() => read(bytes, 2)).toThrow(CborError);
  });
});

describe('a row of another shape', () => {
  it.each([
    ['lacks a member', { a: 1 }],
    ['has no list where one was', { a: 1, list: 5 }],
    ['has an element of another kind', { a: 1, list: [5] }],
    ['is no object', 3],
  ])('%s: is not written', (_, row) => {
    expect(packed([{ a: 1, list: [{ b: 2 }] }, row])).toBeUndefined();
  });
});

it('the bytes of the example in shape.ts', () => {
  const row = { a: 1, b: { c: 'x' }, d: [{ e: 1 }, { e: 2 }] };
  expect(shapeOf(row)).toEqual([
    ['a', 'b', 'd'],
    [0, [['c'], [0]], [[['e'], [0]]]],
  ]);
  expect(packed([row])).toEqual(new Uint8Array([0x01, 0x61, 0x78, 0x82, 0x01, 0x02]));
});
