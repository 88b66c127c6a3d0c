/** Output of an operation, for programs: a line of JSON, a document of YAML, or rows of CSV. */

import { isStruct, jsonLine } from '../../mux/for-cli.js';
import type { Host } from '../host.js';
import type { OutputFormat } from '../options.js';
import { recordColumns } from '../output/formats/columns.js';
import { recordPrinter } from '../output/formats/record-printer.js';
import type { LineWriter } from '../output/line-writer.js';

export async function printOutput(host: Host, output: unknown, format: OutputFormat | undefined): Promise<void> {
  if (format === 'csv') return printCsv(host, output);
  const printer = await recordPrinter(host.out, format, { columns: () => [], yaml: 'documents' });
  await (printer ? printer.add(output) : host.out.json(output));
}

/** A list of structs has a row for each; so has an output with one such list, and what is next to the list goes to stderr. */
async function printCsv(host: Host, output: unknown): Promise<void> {
  if (isRows(output)) return printRows(host.out, output, 'csv');
  if (!isStruct(output)) return printRows(host.out, output === null ? [] : [{ value: output }], 'csv');
  const lists = Object.entries(output).filter(([, value]) => isRows(value));
  if (lists.length !== 1) return printRows(host.out, [output], 'csv');
  const [[name, rows]] = lists;
  const { [name]: _, ...rest } = output;
  await printRows(host.out, rows as readonly object[], 'csv');
  if (Object.keys(rest).length > 0) host.note(`next to ${name}: ${jsonLine(rest)}`);
}

/** Rows that are all there: a line of JSON each, a list of YAML, or CSV with the columns that any of them has. */
export async function printRows(
  out: LineWriter,
  rows: readonly object[],
  format: OutputFormat | undefined,
): Promise<void> {
  const printer = await recordPrinter(out, format, { columns: () => recordColumns(rows), yaml: 'list' });
  for (const row of rows) await (printer ? printer.add(row) : out.json(row));
  await printer?.end();
}

const isRows = (value: unknown): value is readonly object[] => Array.isArray(value) && value.every(isStruct);
