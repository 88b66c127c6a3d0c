import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded, printable, printableLine } from '../src/printable.js';

const ACTS = /[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/u;

describe('printable', () => {
  it.each([
    ['a colour', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['a C1 control', '\u009b2J', '\\u009b2J'],
    ['a bidi override', 'abc\u202edef', 'abc\\u202edef'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['DEL and NUL', '\u007f\u0000', '\\u007f\\u0000'],
    ['a carriage return alone', 'safe\rhidden', 'safe\\u000dhidden'],
    ['lines and tabs', 'a\r\n\tb', 'a\n\tb'],
    ['letters of any script', 'Zürich 東京 🚀', 'Zürich 東京 🚀'],
  ])('%s: escaped where it acts on a terminal, else as it is', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('any text: nothing is left that acts, and a line of JSON keeps its value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(ACTS);
        expect(JSON.parse(printable(JSON.stringify({ text })))).toEqual({ text });
      }),
    );
  });

  it('30 million characters: cut, with how many there were, and no half of a pair', () => {
    expect(bounded('a'.repeat(30_000_000), 10)).toBe(`${'a'.repeat(10)}… (29999990 more characters)`);
    expect(bounded('ab🚀c', 3)).toBe('ab… (3 more characters)');
    expect(bounded('abc', 3)).toBe('abc');
  });

  it('a line: no line break of a text makes another one', () => {
    expect(printableLine('first\nvppmux: all is well\u001b[2J')).toBe('first vppmux: all is well\\u001b[2J');
  });
});
