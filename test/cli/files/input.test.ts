import { describe, expect, it } from 'vitest';
import { inputText } from '../../../src/cli/files/input.js';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))));

describe('the text of an input', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', bytes('é\n'), 'é\n'],
    ['with a mark in front', bytes('\ufeff{"a":1}\r\n'), '{"a":1}\r\n'],
    ['a mark further on', bytes('a\ufeff'), 'a\ufeff'],
    ['nothing', bytes(), ''],
    ['zeros', bytes('a\0b'), 'a\0b'],
  ])('%s: as it is, without the mark', (_, given, text) => {
    expect(inputText(given)).toBe(text);
  });

  it.each<[string, Buffer, RegExp]>([
    ['Latin-1', bytes('a\nb\nc', 0xe9, '\nd'), /not UTF-8: line 3/],
    ['cut within a letter, in the first line', bytes('a', 0xc3), /not UTF-8: line 1/],
    ['cut at the end of the last line', bytes('é\n\n', 0xc3, '\n'), /not UTF-8: line 3/],
    ['UTF-16, little-endian', bytes(0xff, 0xfe, '{\0'), /UTF-16.*iconv -f UTF-16/],
    ['UTF-16, big-endian', bytes(0xfe, 0xff, '\0{'), /UTF-16.*iconv -f UTF-16/],
  ])('%s: refused', (_, given, reason) => {
    expect(() => inputText(given)).toThrow(reason);
  });
});
