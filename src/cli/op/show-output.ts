/** Output of an operation, for people: one value a line, lists of objects as tables. */

import type { FieldText } from '../../mux/for-cli.js';
import { printable } from '../../printable.js';
import type { Host } from '../host.js';
import { Table } from '../output/table.js';
import { cellsText } from '../output/text.js';
import { byPrefix, routePathText } from './route-output.js';

type Struct = Readonly<Record<string, unknown>>;

export async function showOutput(host: Host, output: unknown): Promise<void> {
  if (isList(output)) return showTable(host, output);
  if (!isStruct(output)) return void (await host.out.text(output === null ? 'ok' : valueText(output)));
  const entries = Object.entries(output);
  const rest = entries.filter(([, value]) => !isList(value));
  const all = entries.filter(([, value]) => isList(value));
  // An empty one says something where there is nothing else.
  const lists = entries.length === 1 ? all : all.filter(([, value]) => (value as readonly Struct[]).length > 0);
  if (rest.length > 0 || entries.length === 0)
    await host.out.line(cellsText(cellsOf(Object.fromEntries(rest)), host.out.width));
  for (const [name, list] of lists) {
    if (lists.length > 1) await host.out.line(`${name}:`);
    await showTable(host, byPrefix(list as readonly Struct[]));
  }
}

/** Rows of aligned columns, the `important` ones given room first; a note names those without room. */
export async function showTable(host: Host, rows: readonly Struct[], important?: readonly string[]): Promise<void> {
  const table = new Table({ width: host.out.width, important, remedy: '--json has all' });
  for (const row of rows) for (const line of table.add(cellsOf(row))) await host.out.line(line);
  for (const line of table.end()) await host.out.line(line);
  await host.out.flush();
  host.note(table.summary);
}

/** One text per leaf; members of an object have dotted names. */
function cellsOf(struct: Struct, prefix = ''): FieldText[] {
  return Object.entries(struct).flatMap(([key, value]) => {
    if (isStruct(value)) return cellsOf(value, `${prefix}${key}.`);
    const text = valueText(value);
    const members = isList(value) && value.length > 0 ? value.map(valueText) : undefined;
    const cell = { name: printable(prefix + key), text, blank: text === '', numeric: typeof value === 'number' };
    return members ? { ...cell, members } : cell;
  });
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(valueText).join(separatorOf(value));
  if (!isStruct(value)) return printable(String(value));
  const path = routePathText(value);
  if (path !== undefined) return printable(path);
  return `{${cellsOf(value)
    .filter(({ blank }) => !blank)
    .map(({ name, text }) => `${name}=${text}`)
    .join(' ')}}`;
}

function separatorOf(list: readonly unknown[]): string {
  const [first] = list;
  if (!list.some(isStruct)) return ',';
  return isStruct(first) && routePathText(first) !== undefined ? ', ' : ' ';
}

const isStruct = (value: unknown): value is Struct =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly Struct[] =>
  Array.isArray(value) && (value.length === 0 || value.every(isStruct));
