import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/cli/output/display-width.js';
import { SAMPLE_ROWS, Table, type TableOptions } from '../../../src/cli/output/table.js';
import type { FieldText } from '../../../src/mux/json/field-text.js';

const row = (values: Record<string, string | number>): FieldText[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    text: String(value),
    blank: value === 0 || value === '',
    numeric: typeof value === 'number',
  }));

function print(rows: Record<string, string | number>[], options: Partial<TableOptions> = {}) {
  const table = new Table({ width: Number.POSITIVE_INFINITY, remedy: '--json', ...options });
  const lines = [...rows.flatMap((values) => table.add(row(values))), ...table.end()];
  return { table, lines };
}

describe('table', () => {
  it('rows: aligned, numbers to the right, names behind the first column', () => {
    const { lines } = print([
      { sw_if_index: 0, mtu: 9000, interface_name: 'local0' },
      { sw_if_index: 12, mtu: 1500, interface_name: 'loop0' },
    ]);
    expect(lines).toEqual([
      'sw_if_index  interface_name   mtu',
      '          0  local0          9000',
      '         12  loop0           1500',
    ]);
  });

  it('columns that are blank in all rows: left out, but never the first', () => {
    expect(print([{ id: 0, tag: '', speed: 0, vrf: 1 }]).lines).toEqual(['id  vrf', ' 0    1']);
  });

  it('flags, state and mtu: there, also where all are zero', () => {
    const { lines } = print([{ name: 'loop0', flags: 0, link_mtu: 0, sub_if_flags: 0, other: 0 }]);
    expect(lines).toEqual(['name   flags  link_mtu', 'loop0      0         0']);
  });

  it('no rows: no lines', () => {
    expect(print([]).lines).toEqual([]);
  });

  it('a narrow terminal: the important columns stay, the others are named', () => {
    const { lines, table } = print([{ id: 1, stats_index: 7, speed: 9000, name: 'abcdef', vrf: 5 }], { width: 17 });
    expect(lines).toEqual(['id  name    vrf', ' 1  abcdef    5']);
    expect(table.summary).toBe('1 row; not shown for want of room: speed, stats_index (--json)');
  });

  it('a column too wide for what is left: a narrower one behind it is shown', () => {
    const { lines } = print([{ id: 1, some_very_long_name: 1, x: 2 }], { width: 12 });
    expect(lines[0]).toBe('id  x');
  });

  it('columns given as important: room for them first, their place as it was', () => {
    const row = { operation: 'route add', access: 'write', summary: 'Adds routes to a table of VPP' };
    const { lines, table } = print([row], { width: 28, important: ['operation', 'summary'] });
    expect(lines).toEqual(['operation  summary', 'route add  Adds routes to a', '           table of VPP']);
    expect(table.summary).toContain('room: access');
  });

  it('a terminal narrower than the first column: cut, no line too long', () => {
    const { lines } = print([{ id: 123456, name: 'x' }], { width: 4 });
    expect(lines.every((line) => line.length <= 4)).toBe(true);
  });

  it('chosen columns: these in this order, blank or not', () => {
    const { lines } = print([{ id: 1, mtu: 0, tag: '' }], { columns: ['tag', 'mtu', 'id'] });
    expect(lines).toEqual(['tag  mtu  id', '       0   1']);
  });

  it('long and many-lined values: cut in one line', () => {
    const { lines } = print([
      { id: 1, text: 'x'.repeat(60), speed: 1 },
      { id: 2, text: 'a\n\nb', speed: 2 },
    ]);
    expect(lines[1]).toBe(` 1  ${'x'.repeat(45)}…      1`);
    expect(lines[2]).toMatch(/^ 2 {2}a b +2$/);
  });

  it('a value that is too long: goes on below, at words, and only a word longer than the column is broken', () => {
    const long = 'x'.repeat(60);
    expect(print([{ id: 1, text: long }], { width: 80 }).lines[1]).toBe(` 1  ${long}`);
    expect(print([{ id: 1, text: long }], { width: 60 }).lines.slice(1)).toEqual([
      ` 1  ${'x'.repeat(56)}`,
      `    ${'x'.repeat(4)}`,
    ]);
    const words = print([{ id: 1, text: 'one two three four' }], { width: 13 });
    expect(words.lines.slice(1)).toEqual([' 1  one two', '    three', '    four']);
  });

  it('a value of very many lines: cut, and the summary says so', () => {
    const { lines, table } = print([{ id: 1, text: 'word '.repeat(1000) }], { width: 40 });
    expect(lines).toHaveLength(17);
    expect(lines.at(-1)).toBe('    …');
    expect(table.summary).toBe('1 row; … stands for more (--json)');
  });

  it.each([1, 4, 10, 40, 80, 200])('wide characters, marks and long words in %d columns: no line too long', (width) => {
    const { lines } = print(
      [
        { id: 1, name: '接口名称'.repeat(9), tag: 'é'.repeat(30), mtu: 9000, text: 'a'.repeat(128) },
        { id: 2, name: 'loop0', tag: '', mtu: 1, text: '한국어 '.repeat(20) },
      ],
      { width },
    );
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(2, width));
  });

  it('wide characters: the columns behind them stay aligned', () => {
    const { lines } = print([
      { id: 1, name: '接口', mtu: 9000 },
      { id: 2, name: 'é́x', mtu: 1 },
    ]);
    expect(lines).toEqual(['id  name   mtu', ' 1  接口  9000', ' 2  é́x       1']);
  });

  it('many rows: the first come out after a sample, the later ones at once', () => {
    const table = new Table({ width: 80, remedy: '--json' });
    for (let id = 1; id < SAMPLE_ROWS; id += 1) expect(table.add(row({ id }))).toEqual([]);
    expect(table.add(row({ id: SAMPLE_ROWS }))).toHaveLength(SAMPLE_ROWS + 1);
    expect(table.add(row({ id: SAMPLE_ROWS + 1 }))).toHaveLength(1);
    expect(table.end()).toEqual([]);
    expect(table.rows).toBe(SAMPLE_ROWS + 1);
  });
});
