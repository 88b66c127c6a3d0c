import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mergeWishes } from '../../../src/fleet/files/merge.js';
import { validateWish } from '../../../src/wish/index.js';

const merged = (...texts: string[]) => mergeWishes(texts.map((text, at) => ({ name: `wish ${at}`, text })));

describe('wishes merged', () => {
  it('one: is the text as it is, none: says that nothing is to be there', () => {
    const text = '# mine\nloopbacks: { loop0: {} }\n';
    expect(merged(text)).toBe(text);
    expect(merged()).toBe('{}\n');
  });

  it.each<[string, string, string, unknown]>([
    ['maps: key by key', 'a: { b: 1 }', 'a: { c: 2 }', { a: { b: 1, c: 2 } }],
    ['two values of a key: the later one', 'a: { b: 1 }', 'a: { b: 2 }', { a: { b: 2 } }],
    ['a key without a value: says nothing', 'a: { b: 1 }', 'a: { b: }', { a: { b: 1 } }],
    ['a list: in place of the one before', 'a: [ 1, 2 ]', 'a: [ 3 ]', { a: [3] }],
    [
      'the second document: is x-vppmux',
      'a: 1\n---\ntables: { red: { id: 1 } }',
      'x-vppmux: { tables: { blue: { id: 2 } } }',
      { a: 1, 'x-vppmux': { tables: { red: { id: 1 }, blue: { id: 2 } } } },
    ],
    [
      'routes of text: by prefix and table',
      'x-vppmux:\n  routes: |\n    # a\n    10.0.0.0/8 drop\n    0.0.0.0/0 via 192.0.2.1\n    10.0.0.0/8 table red drop',
      'x-vppmux:\n  routes: |\n    0.0.0.0/0 via 192.0.2.2\n    10.0.0.0/8 table 0 local',
      {
        'x-vppmux': {
          routes: '10.0.0.0/8 table red drop\n0.0.0.0/0 via 192.0.2.2\n10.0.0.0/8 table 0 local\n',
        },
      },
    ],
    [
      'routes of text and of a list: are a list',
      'x-vppmux: { routes: "10.0.0.0/8 drop" }',
      'x-vppmux: { routes: [ { prefix: 10.0.0.0/8, table: 7, paths: drop } ] }',
      { 'x-vppmux': { routes: ['10.0.0.0/8 drop', { prefix: '10.0.0.0/8', table: 7, paths: 'drop' }] } },
    ],
    [
      'sessions of BFD: by their ends',
      'x-vppmux: { bfd: [ { local: 1.1.1.1, peer: 2.2.2.2 }, { local: 1.1.1.1, peer: 3.3.3.3 } ] }',
      'x-vppmux: { bfd: [ { local: 1.1.1.1, peer: 2.2.2.2, multiplier: 5 } ] }',
      {
        'x-vppmux': {
          bfd: [
            { local: '1.1.1.1', peer: '3.3.3.3' },
            { local: '1.1.1.1', peer: '2.2.2.2', multiplier: 5 },
          ],
        },
      },
    ],
    [
      'addresses of NAT: joined, each once',
      'x-vppmux: { nat44: { pool: [ loop1, 192.0.2.1 ] } }',
      'x-vppmux: { nat44: { pool: [ 192.0.2.1, 192.0.2.2 ] } }',
      { 'x-vppmux': { nat44: { pool: ['loop1', '192.0.2.1', '192.0.2.2'] } } },
    ],
    [
      'peers of WireGuard: by their keys',
      'x-vppmux: { wireguard: { wg0: { peers: [ { public-key: A, allowed-ips: [] }, { public-key: B } ] } } }',
      'x-vppmux: { wireguard: { wg0: { peers: [ { public-key: A } ] } } }',
      { 'x-vppmux': { wireguard: { wg0: { peers: [{ 'public-key': 'B' }, { 'public-key': 'A' }] } } } },
    ],
  ])('%s', (_, before, later, expected) => expect(parse(merged(before, later))).toEqual(expected));

  it('the result: is a wish', () => {
    const text = merged(
      'loopbacks: { loop0: { addresses: [ 192.0.2.1/24 ] } }\n---\ntables: { 10: { interfaces: [ loop0 ] } }',
      'loopbacks: { loop0: { mtu: 9000 }, loop1: { } }',
    );
    expect(validateWish(text)).toMatchObject({ valid: true, errors: [] });
    expect(text).toContain('10:');
  });

  it('a key named __proto__: is a key', () => {
    expect(Object.keys(parse(merged('__proto__: { a: 1 }', 'b: 1')) as object)).toContain('b');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it.each([
    ['a: [', 'wish 1: line 1: '],
    ['- a', 'wish 1: is no map of keys'],
    ['x-vppmux: {}\n---\ntables: {}', 'wish 1: x-vppmux is there twice'],
  ])('%j: is refused by name', (bad, message) => {
    expect(() => merged('a: 1', bad)).toThrow(
      expect.objectContaining({ code: 'BAD_MERGE', message: expect.stringContaining(message) }),
    );
  });
});
