import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/cli/output/cells.js';
import { SAMPLE_ROWS, Table } from '../../../src/cli/output/table.js';

const row = (values: Record<string, string | number>): Cell[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    text: String(value),
    blank: value === 0 || value === '',
    numeric: typeof value === 'number',
  }));

function print(rows: Record<string, string | number>[], options: { width?: number; columns?: string[] } = {}) {
  const table = new Table({ width: Number.POSITIVE_INFINITY, ...options });
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
    expect(print([{ id: 0, tag: '', mtu: 0, vrf: 1 }]).lines).toEqual(['id  vrf', ' 0    1']);
  });

  it('no rows: no lines', () => {
    expect(print([]).lines).toEqual([]);
  });

  it('a narrow terminal: whole columns from the left, the rest named', () => {
    const { lines, table } = print([{ id: 1, name: 'abcdef', mtu: 9000, vrf: 5 }], { width: 15 });
    expect(lines).toEqual(['id  name', ' 1  abcdef']);
    expect(table.hidden).toEqual(['mtu', 'vrf']);
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
      { id: 1, text: 'x'.repeat(60), mtu: 1 },
      { id: 2, text: 'a\n\nb', mtu: 2 },
    ]);
    expect(lines[1]).toBe(` 1  ${'x'.repeat(45)}…    1`);
    expect(lines[2]).toMatch(/^ 2 {2}a b +2$/);
  });

  it('the last column: as long as the line has room', () => {
    const long = 'x'.repeat(60);
    expect(print([{ id: 1, text: long }], { width: 80 }).lines[1]).toBe(` 1  ${long}`);
    expect(print([{ id: 1, text: long }], { width: 60 }).lines[1]).toBe(` 1  ${'x'.repeat(55)}…`);
  });

  it('many rows: the first come out after a sample, the later ones at once', () => {
    const table = new Table({ width: 80 });
    for (let id = 1; id < SAMPLE_ROWS; id += 1) expect(table.add(row({ id }))).toEqual([]);
    expect(table.add(row({ id: SAMPLE_ROWS }))).toHaveLength(SAMPLE_ROWS + 1);
    expect(table.add(row({ id: SAMPLE_ROWS + 1 }))).toHaveLength(1);
    expect(table.end()).toEqual([]);
    expect(table.rows).toBe(SAMPLE_ROWS + 1);
  });
});
