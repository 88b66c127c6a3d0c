import { expect, it } from 'vitest';
import type { Host } from '../../../src/cli/host.js';
import { printOutput } from '../../../src/cli/op/print-output.js';

async function csv(output: unknown) {
  const lines: string[] = [];
  const notes: string[] = [];
  const out = { line: (text: string) => void lines.push(text) };
  const host = { out, note: (text: string) => void notes.push(text) };
  await printOutput(host as unknown as Host, output, 'csv');
  return { lines: lines.join('\n').split('\n'), notes };
}

const ROWS = [{ name: 'loop0' }, { name: 'tap0', nh: { ip: '192.0.2.1' }, list: [1] }];

it.each<[string, unknown, string[], string[]]>([
  ['one value', 'ok', ['value', 'ok'], []],
  ['nothing', null, [''], []],
  ['a struct: one row', { state: 'up', range: { from: 1 } }, ['state,range.from', 'up,1'], []],
  ['a list of structs: a row each', ROWS, ['name,nh.ip,list', 'loop0,,', 'tap0,192.0.2.1,[1]'], []],
  [
    'one list and more: a row each, the rest on stderr',
    { interfaces: ROWS.slice(0, 1), next: 'tap0' },
    ['name', 'loop0'],
    ['next to interfaces: {"next":"tap0"}'],
  ],
  ['an empty list', { interfaces: [] }, [''], []],
  ['two lists: one row, the lists as JSON', { a: ROWS.slice(0, 1), b: [] }, ['a,b', '"[{""name"":""loop0""}]",[]'], []],
])('CSV of an operation that gives %s', async (_, output, lines, notes) => {
  expect(await csv(output)).toEqual({ lines, notes });
});
