import { describe, expect, it } from 'vitest';
import { toJsonLine } from '../../../src/cli/output/plain.js';

describe('JSON lines', () => {
  it.each<[string, object, string]>([
    ['64-bit integers: text', { a: 1n, b: 18446744073709551615n }, '{"a":"1","b":"18446744073709551615"}'],
    ['bytes: hex text', { a: Uint8Array.from([0, 171]), b: Buffer.from('ff', 'hex') }, '{"a":"00ab","b":"ff"}'],
    ['nested', { a: [{ b: 1n }], c: { d: new Uint8Array(0) } }, '{"a":[{"b":"1"}],"c":{"d":""}}'],
    ['what JSON has no word for', { a: Number.NaN, b: Number.POSITIVE_INFINITY }, '{"a":"NaN","b":"Infinity"}'],
    ['the rest: as it is', { a: 1.5, b: true, c: 'ü\n', d: null }, '{"a":1.5,"b":true,"c":"ü\\n","d":null}'],
  ])('%s', (_, value, line) => {
    expect(toJsonLine(value)).toBe(line);
  });
});
