/** Definitions that vppapigen accepts and hardly anybody writes: lists of structs without fixed size, wide and signed counts, names of every object. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { FieldError } from '../../../src/mux/errors.js';
import { runs } from '../../support/scale.js';

const ID = ['u16', '_vl_msg_id'];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** A message `m` with these fields behind its id. */
function messageOf(fields: unknown[], parts: object = {}) {
  const text = JSON.stringify({ ...parts, messages: [['m', ID, ...fields, { crc: '0x1' }]] });
  return parseSchema([{ name: 'm.api.json', text }]).message('m');
}

const problem = (act: () => unknown): FieldError => {
  try {
    act();
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('a list of structs without fixed size', () => {
  const types = [
    ['labels', ['u8', 'count'], ['u16', 'labels', 0, 'count']],
    ['named', ['u8', 'id'], ['string', 'name', 0]],
    ['deep', ['u8', 'n'], ['vl_api_labels_t', 'stacks', 0, 'n']],
  ];
  const lists = messageOf(
    [
      ['u16', 'n'],
      ['vl_api_labels_t', 'lists', 0, 'n'],
    ],
    { types },
  );
  const three = [{ labels: [1, 2] }, { labels: [] }, { labels: [0xffff] }];

  it('encoded: one behind the other, each with its own count', () => {
    expect(hex(lists.encode({ lists: three }))).toBe('0000' + '0003' + '0200010002' + '00' + '01ffff');
    expect(hex(lists.encode({}))).toBe('00000000');
  });

  it('decoded: as it was given, and what is behind it is told apart', () => {
    const bytes = Buffer.concat([lists.encode({ lists: three }), Buffer.from([9, 9])]);
    const at = { end: 0 };
    expect(lists.read(bytes, 0, bytes.length, at)).toEqual({
      n: 3,
      lists: [
        { count: 2, labels: [1, 2] },
        { count: 0, labels: [] },
        { count: 1, labels: [0xffff] },
      ],
    });
    expect(at.end).toBe(bytes.length - 2);
  });

  it('cut off anywhere: TRUNCATED, with the element that does not fit', () => {
    const bytes = lists.encode({ lists: three });
    for (let length = 0; length < bytes.length; length++) {
      expect(
        problem(() => lists.decode(bytes.subarray(0, length))),
        `${length}`,
      ).toMatchObject({ code: 'TRUNCATED' });
    }
    expect(problem(() => lists.decode(bytes.subarray(0, 8)))).toMatchObject({ path: 'lists[0].labels[1]' });
    expect(problem(() => lists.decode(bytes.subarray(0, 9)))).toMatchObject({ path: 'lists[1].count' });
    expect(problem(() => lists.decode(bytes.subarray(0, 11)))).toMatchObject({ path: 'lists[2].labels[0]' });
  });

  it('a count that no frame can hold: TRUNCATED before anything is made of it', () => {
    const deep = messageOf(
      [
        ['u32', 'n'],
        ['vl_api_labels_t', 'lists', 0, 'n'],
      ],
      { types },
    );
    expect(problem(() => deep.decode(Buffer.from('0000ffffffff00', 'hex')))).toMatchObject({ code: 'TRUNCATED' });
  });

  it.each<[what: string, value: unknown, path: string]>([
    ['a label out of range', [{ labels: [1] }, { labels: [65536] }], 'lists[1].labels[0]'],
    ['a count that does not agree', [{ count: 2, labels: [1] }], 'lists[0].count'],
    ['an unknown field', [{ label: [1] }], 'lists[0].label'],
    ['no struct', [5], 'lists[0]'],
    ['a hole', [undefined], 'lists[0]'],
  ])('%s: refused with its path, and the writer is where it was', (_what, value, path) => {
    expect(problem(() => lists.encode({ lists: value }))).toMatchObject({ code: 'BAD_FIELD', path });
    expect(hex(lists.encode({ lists: three }))).toBe('000000030200010002' + '0001ffff');
  });

  it('texts in them, lists in lists in them, a fixed number of them: as well', () => {
    const named = messageOf(
      [
        ['u8', 'n'],
        ['vl_api_named_t', 'all', 0, 'n'],
      ],
      { types },
    );
    const people = {
      all: [
        { id: 1, name: 'ab' },
        { id: 2, name: '' },
      ],
    };
    expect(hex(named.encode(people))).toBe('000002' + '01000000026162' + '0200000000');
    expect(named.decode(named.encode(people))).toMatchObject(people);
    const deep = messageOf(
      [
        ['u8', 'n'],
        ['vl_api_deep_t', 'all', 0, 'n'],
      ],
      { types },
    );
    const nested = { all: [{ stacks: three }, { stacks: [] }, { stacks: [{ labels: [7] }] }] };
    expect(deep.decode(deep.encode(nested))).toMatchObject(nested);
    const fixed = messageOf(
      [
        ['u8', 'x'],
        ['vl_api_labels_t', 'two', 2],
      ],
      { types },
    );
    expect(hex(fixed.encode({ x: 5 }))).toBe('0000' + '05' + '0000');
    expect(hex(fixed.encode({ two: [{ labels: [3] }] }))).toBe('0000' + '00' + '010003' + '00');
    expect(fixed.decode(fixed.encode({ two: [{}, { labels: [3] }] }))).toMatchObject({ two: [{}, { labels: [3] }] });
    expect(problem(() => fixed.encode({ two: [{}, {}, {}] }))).toMatchObject({ path: 'two' });
  });

  it('any lists: come back as they were given; any bytes: a value or a FieldError', () => {
    const deep = messageOf(
      [
        ['u32', 'x'],
        ['u8', 'n'],
        ['vl_api_deep_t', 'all', 0, 'n'],
      ],
      { types },
    );
    const labels = fc.record({ labels: fc.array(fc.nat(65535), { maxLength: 5 }) });
    const all = fc.array(fc.record({ stacks: fc.array(labels, { maxLength: 5 }) }), { maxLength: 5 });
    fc.assert(
      fc.property(all, (value) => {
        const bytes = deep.encode({ x: 1, all: value });
        expect(deep.decode(bytes)).toMatchObject({ x: 1, all: value });
        expect(deep.encode(deep.decode(bytes)).equals(bytes)).toBe(true);
      }),
      runs('lists', { short: 200, long: 20_000 }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const again = deep.encode(deep.decode(bytes));
          expect(hex(bytes.subarray(0, again.length))).toBe(hex(again));
        } catch (error) {
          expect(error).toMatchObject({ code: 'TRUNCATED' });
        }
      }),
      runs('bytes', { short: 500, long: 50_000 }),
    );
  });
});

describe('a count', () => {
  it.each(['u64', 'i64'])('of 64 bits (%s): counted, checked when it is given', (type) => {
    const message = messageOf([
      [type, 'n'],
      ['u16', 'items', 0, 'n'],
    ]);
    const bytes = message.encode({ items: [1, 2] });
    expect(hex(bytes)).toBe('0000' + '0000000000000002' + '00010002');
    expect(message.decode(bytes)).toEqual({ _vl_msg_id: 0, n: 2n, items: [1, 2] });
    for (const n of [2n, 2, '2']) expect(message.encode({ n, items: [1, 2] }).equals(bytes)).toBe(true);
    for (const n of [3n, 1, '', true]) {
      expect(problem(() => message.encode({ n, items: [1, 2] }))).toMatchObject({ code: 'BAD_FIELD', path: 'n' });
    }
    expect(problem(() => message.encode({ n: 1n }))).toMatchObject({ path: 'n' });
    expect(message.encode({ n: 0n }).length).toBe(10);
  });

  it('of 64 bits that no frame can hold: TRUNCATED', () => {
    for (const type of ['u64', 'i64']) {
      const message = messageOf([
        [type, 'n'],
        ['u8', 'items', 0, 'n'],
      ]);
      const bytes = Buffer.from(`0000${'ff'.repeat(8)}0102`, 'hex');
      expect(problem(() => message.decode(bytes))).toMatchObject({ code: 'TRUNCATED' });
    }
  });

  it.each([
    ['i8', 127],
    ['i16', 300],
    ['i32', 300],
  ])('with a sign (%s): counts up to its half; below 0 it is TRUNCATED', (type, most) => {
    const message = messageOf([
      [type, 'n'],
      ['u16', 'items', 0, 'n'],
    ]);
    const items = Array.from({ length: most }, () => 1);
    expect(message.decode(message.encode({ items }))).toEqual({ _vl_msg_id: 0, n: most, items });
    if (most === 127) expect(problem(() => message.encode({ items: [...items, 1] }))).toMatchObject({ path: 'items' });
    expect(problem(() => message.decode(Buffer.from(`0000${'ff'.repeat(20)}`, 'hex')))).toMatchObject({
      code: 'TRUNCATED',
    });
  });
});

describe('fields that are called as what every object has', () => {
  const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype', 'class', '__defineGetter__'];
  const message = messageOf(names.map((name) => ['u8', name]));

  it('left out: zero, not what objects inherit', () => {
    expect(hex(message.encode({}))).toBe(`0000${'00'.repeat(names.length)}`);
    expect(hex(message.encode({ class: 5 }))).toBe(`0000${'00'.repeat(5)}0500`);
  });

  it('given: encoded, decoded as keys of the object itself', () => {
    const given = Object.fromEntries(names.map((name, i) => [name, i + 1]));
    const decoded = message.decode(message.encode(given));
    expect(Object.entries(decoded).slice(1)).toEqual(Object.entries(given));
    expect(JSON.parse(JSON.stringify(decoded))).toEqual({ _vl_msg_id: 0, ...given });
    expect(problem(() => message.encode({ constructor: 256 }))).toMatchObject({ path: 'constructor' });
  });

  it('in structs, unions and as counts: as well', () => {
    const types = [['s', ['u8', 'toString']]];
    const unions = [['u', ['u8', 'constructor'], ['u16', 'valueOf']]];
    const fields = [
      ['vl_api_s_t', 's'],
      ['vl_api_u_t', 'u'],
      ['u8', 'constructor'],
      ['u8', 'items', 0, 'constructor'],
    ];
    const whole = messageOf(fields, { types, unions });
    expect(hex(whole.encode({}))).toBe('0000' + '00' + '0000' + '00');
    expect(hex(whole.encode({ s: { toString: 1 }, u: { valueOf: 2 }, items: [3] }))).toBe(
      '0000' + '01' + '0002' + '0103',
    );
    expect(hex(whole.encode({ u: { constructor: 2 } }))).toBe('0000' + '00' + '0200' + '00');
  });

  it('messages and types of such names: compile as well', () => {
    const text = JSON.stringify({
      types: [['constructor', ...Array.from({ length: 20 }, (_, i) => ['u8', `a${i}`])]],
      messages: [
        ['constructor', ID, ['vl_api_constructor_t', 'x'], { crc: '0x1' }],
        ['__proto__', ID, { crc: '0x2' }],
      ],
    });
    const schema = parseSchema([{ name: 'm', text }]);
    for (const name of ['constructor', '__proto__']) {
      const { encode, decode } = { encode: schema.message(name).encode({}), decode: schema.message(name) };
      expect(decode.encode(decode.decode(encode)).equals(encode), name).toBe(true);
    }
    expect(schema.find('toString')).toBeUndefined();
  });
});
