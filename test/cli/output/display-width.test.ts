/** Width is told as string-width tells it, without looking for graphemes where there can be none of several characters. */

import stringWidth from 'string-width';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { splitAt, widthOf } from '../../../src/cli/output/display-width.js';

afterEach(() => void vi.restoreAllMocks());

const USUAL = [
  'Zürich',
  'Ærø',
  'Ωmega',
  'Москва',
  'via 192.0.2.1 weight=1…',
  '“tag” – ‰',
  '→ ✓ ✗',
  '漢字かなカナ',
  '서울',
];
const MARKS = ['\u0301', '\ufe0f', '\u20e3', '\u200d👩', '\u11a8', '\u3099', 'ﾞ', '\u0903'];

describe('widthOf', () => {
  it('tells whatever stands in the first plane as string-width does', () => {
    const different: string[] = [];
    for (let start = 0xa0; start < 0xd800; start += 8) {
      const few = String.fromCharCode(...Array.from({ length: 8 }, (_, at) => start + at));
      if (widthOf(few) !== stringWidth(few)) different.push(few);
    }
    expect(different).toEqual([]);
  });

  it('tells a character with a mark as string-width does', () => {
    for (const text of USUAL) {
      for (const mark of MARKS) expect(widthOf(text + mark)).toBe(stringWidth(text + mark));
    }
  });

  it('looks for graphemes only where characters may combine', () => {
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    for (const text of USUAL) {
      widthOf(text);
      splitAt(text, 3);
    }
    expect(segment).not.toHaveBeenCalled();
    widthOf('👩‍👩‍👧');
    expect(segment).toHaveBeenCalled();
  });
});

describe('splitAt', () => {
  it.each([
    ['漢字', 1, '漢'],
    ['漢字', 3, '漢'],
    ['漢字', 4, '漢字'],
    ['Zürich', 2, 'Zü'],
    ['Zürich', 6, 'Zürich'],
    ['Zu\u0308rich', 2, 'Zu\u0308'],
    ['…', 0, '…'],
    ['', 3, ''],
  ])('%s at %i columns', (text, width, head) => {
    expect(splitAt(text, width)).toEqual([head, text.slice(head.length)]);
  });
});
