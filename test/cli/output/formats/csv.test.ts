import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../src/cli/output/formats/csv.js';

describe('a line of CSV', () => {
  it.each<[string, unknown, string]>([
    ['a number', -1.5, '-1.5'],
    ['a flag', true, 'true'],
    ['64 bits', -5n, '-5'],
    ['no number', Number.NaN, 'NaN'],
    ['bytes', Uint8Array.of(0xde, 0xad), '0xdead'],
    ['a value that is not there', undefined, ''],
    ['null', null, ''],
    ['a space', 'a b', 'a b'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "so"', '"say ""so"""'],
    ['two lines', 'one\ntwo', '"one\ntwo"'],
    ['a list', [1, 2n], '"[1,""2""]"'],
    ['an empty list', [], '[]'],
  ])('%s', (_, value, cell) => {
    expect(csvLine([value, 'next'])).toBe(`${cell},next`);
  });

  it.each([
    ['=cmd|x', "'=cmd|x"],
    ['+1', "'+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['=1,2', `"'=1,2"`],
  ])('%j could be a formula: an apostrophe in front', (text, cell) => {
    expect(csvLine([text])).toBe(cell);
  });

  it.each(['-1', '-2.5', '-1e-7', '18446744073709551615', 'a=b', "'x"])('%j could not', (text) => {
    expect(csvLine([text])).toBe(text);
  });
});
