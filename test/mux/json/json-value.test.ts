import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../../src/mux/json/json-value.js';

describe('JSON lines', () => {
  it.each<[string, object, string]>([
    ['64-bit integers: decimal strings', { a: 1n, b: 18446744073709551615n }, '{"a":"1","b":"18446744073709551615"}'],
    [
      'bytes: 0x and hex digits',
      { a: Uint8Array.from([0, 171]), b: Buffer.from('ff', 'hex') },
      '{"a":"0x00ab","b":"0xff"}',
    ],
    ['nested', { a: [{ b: 1n }], c: { d: new Uint8Array(0) } }, '{"a":[{"b":"1"}],"c":{"d":"0x"}}'],
    ['what JSON has no word for', { a: Number.NaN, b: Number.POSITIVE_INFINITY }, '{"a":"NaN","b":"Infinity"}'],
    ['the rest: as it is', { a: 1.5, b: true, c: 'ü\n', d: null }, '{"a":1.5,"b":true,"c":"ü\\n","d":null}'],
  ])('%s', (_, value, line) => {
    expect(jsonLine(value)).toBe(line);
  });
});
