import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/cli/output/display-width.js';
import { wrapped, wrappedWords } from '../../../src/cli/output/wrap.js';
import { printable } from '../../../src/printable.js';

describe('wrapping', () => {
  it('what fits: as it is, with its spaces', () => {
    expect(wrapped('  a   b', 7)).toEqual(['  a   b']);
    expect(wrapped('a  b\nc', Number.POSITIVE_INFINITY)).toEqual(['a  b', 'c']);
  });

  it('at words; below it is indented as above, and by what hangs', () => {
    expect(wrapped('  one two three', 10)).toEqual(['  one two', '  three']);
    expect(wrapped('one two three', 9, 2)).toEqual(['one two', '  three']);
  });

  it('a word longer than the line: broken, and nothing else is', () => {
    expect(wrapped(`see ${'x'.repeat(25)} there`, 10)).toEqual(['see', 'xxxxxxxxxx', 'xxxxxxxxxx', 'xxxxx', 'there']);
  });

  it('wide characters and marks: by columns, a character and its marks together', () => {
    expect(wrapped('接口名称', 5)).toEqual(['接口', '名称']);
    expect(wrapped('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301']);
    expect(wrapped('👩‍👩‍👧x👩‍👩‍👧', 3)).toEqual(['👩‍👩‍👧x', '👩‍👩‍👧']);
  });

  it.each([
    ['a fix in backticks', 'do `sudo systemctl restart vpp` then', ['do', '`sudo systemctl restart vpp`', 'then']],
    [
      'a command of ours, up to where the sentence goes on',
      "which there are: vppmux describe, or vppmux describe '*WORD*'; else none",
      ['which there are:', 'vppmux describe, or', "vppmux describe '*WORD*';", 'else none'],
    ],
    [
      'one with options and fields',
      'use: vppmux dump ip_route_v2_dump table.table_id=0 --json | less',
      ['use:', 'vppmux dump ip_route_v2_dump table.table_id=0 --json | less'],
    ],
    ['prose', 'a kind that vppmux does not know', ['a kind that vppmux does', 'not know']],
  ])('%s: never broken, on a line of its own where there is no room', (_, text, lines) => {
    expect(wrapped(text, 25)).toEqual(lines);
  });

  it('the cell of a table: commands are broken as well', () => {
    expect(wrappedWords('`sudo vpp` then', 8)).toEqual(['`sudo', 'vpp`', 'then']);
  });

  it('spaces of other widths: kept where a line ends', () => {
    expect(wrapped('接接接\u2000 接接接!', 8)).toEqual(['接接接\u2000', '接接接!']);
    expect(wrapped('a \u3000 接接接接!!', 10)).toEqual(['a \u3000', '接接接接!!']);
  });

  it('any text in any width: no line too long, nothing lost', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 10 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 12, max: 60 }), fc.integer({ min: 0, max: 8 }), (words, width, hang) => {
        const text = printable(words.join(' ').replace(/[\n\t`]/g, ''));
        const lines = wrapped(text, width, hang);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('a very long line: taken apart in one pass', () => {
    expect(wrapped('接'.repeat(100_000), 80)).toHaveLength(2500);
    expect(wrapped(' '.repeat(100_000), 80)).toEqual(['']);
    expect(wrapped(`vppmux a '`.repeat(10_000), 80).length).toBeGreaterThan(0);
  });
});
