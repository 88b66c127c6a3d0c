import { describe, expect, it } from 'vitest';
import { TraceText } from '../../../src/cli/trace/trace-text.js';
import type { TraceLine } from '../../../src/mux/index.js';

const line = (more: Partial<TraceLine>): TraceLine => ({ t: 0, dir: 'in', gen: 1, name: 'm', hex: 'beef', ...more });
const shown = (more: Partial<TraceLine>) => new TraceText().line(line(more)).replace(/^\S+ /, '');

describe('a message as text', () => {
  it.each([
    [
      'nested fields',
      { fields: { a: { b: 1, c: 'x y' }, list: [1, { d: '' }] } },
      '← m a={b=1 c="x y"} list=[1,{d=""}]',
    ],
    ['without fields', { context: 7, fields: {} }, '← m #7'],
    ['not decoded', {}, '← m bytes beef'],
    ['too long for the trace', { size: 5000 }, '← m 5000 bytes, which begin with beef'],
    ['of an unknown id', { name: undefined }, '← id not in the table bytes beef'],
    ['with what would move the cursor', { fields: { name: 'a\u001b[2Jb\nc' } }, '← m name="a\\u001b[2Jb\\nc"'],
  ])('%s: one line', (_, more, text) => {
    expect(shown(more)).toBe(text);
  });

  it('a very long one: is cut, with the number of characters that are missing', () => {
    const text = shown({ fields: { json: 'x'.repeat(10_000) } });
    expect(text.length).toBeLessThan(2100);
    expect(text).toMatch(/x… \(\d+ more characters\)$/);
  });

  it('missing messages and sessions: said between dashes', () => {
    const text = new TraceText();
    expect(text.line({ dropped: 3 })).toBe('-- dropped, because they came faster than they were read: 3 --');
    const header = { format: 'vppmux-trace', version: 1, startedAt: '2026-11-20T00:00:00Z', socket: '/s' } as const;
    expect(text.line(header)).toBe('-- VPP at /s, not connected yet --');
    expect(text.line({ ...header, vpp: '26.06', schema: 'ab'.repeat(32) })).toBe(
      '-- VPP 26.06 at /s, message table abababababab --',
    );
  });
});
