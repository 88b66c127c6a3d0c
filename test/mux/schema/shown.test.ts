import { describe, expect, it } from 'vitest';
import { shown } from '../../../src/mux/schema/shown.js';

const circle: { self?: unknown } = {};
circle.self = circle;

describe('shown', () => {
  it.each<[what: string, value: unknown, text: string]>([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['text', 'a"b', '"a\\"b"'],
    ['a number', 1.5, '1.5'],
    ['minus zero', -0, '-0'],
    ['no number', Number.NaN, 'NaN'],
    ['a bigint', 5n, '5n'],
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a function', () => 1, 'a function'],
    ['an object', { a: 1n, b: [true] }, '{"a":"1n","b":[true]}'],
    ['a Buffer', Buffer.alloc(7), 'Buffer of 7 bytes'],
    [
      'bytes within',
      { a: Buffer.alloc(7), b: new Uint8Array(3) },
      '{"a":"Buffer of 7 bytes","b":"Uint8Array of 3 bytes"}',
    ],
    ['a long list', Array.from({ length: 1e6 }, (_, i) => i), '[0,1,2,3,4,5,6,7,"…"]'],
    ['an object of itself', circle, 'an object'],
  ])('%s: is told in short', (_what, value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('what is too long: is cut', () => {
    expect(shown('x'.repeat(1e6), 10)).toBe('"xxxxxxxx…');
  });
});
