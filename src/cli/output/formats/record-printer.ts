/** Prints records (replies, rows, events) as YAML or CSV, each as it comes. */

import { jsonValue } from '../../../mux/for-cli.js';
import type { OutputFormat } from '../../options.js';
import type { LineWriter } from '../line-writer.js';
import { type Column, columnName, valueAt } from './columns.js';
import { csvLine } from './csv.js';

export interface RecordPrinter {
  /** Wait for the promise, when there is one, before the next record. */
  add(record: unknown): Promise<void> | undefined;
  /** Completes the output where no record came. */
  end(): Promise<void> | undefined;
}

export interface RecordsShape {
  /** Columns of CSV. Called for CSV only. */
  readonly columns: () => readonly Column[];
  /** YAML: `list`, one list of all records; `documents`, a document each, complete as soon as it is printed. */
  readonly yaml: 'list' | 'documents';
}

/** Undefined for JSON and tables. */
export async function recordPrinter(
  out: LineWriter,
  format: OutputFormat | undefined,
  shape: RecordsShape,
): Promise<RecordPrinter | undefined> {
  if (format === 'csv') return csvPrinter(out, shape.columns());
  if (format !== 'yaml') return undefined;
  const yaml = await import('../../../yaml-text.js');
  const yamlText = (value: unknown) => yaml.yamlText(jsonValue(value));
  if (shape.yaml === 'documents')
    return { add: (record) => out.line(`---\n${yamlText(record)}`), end: () => undefined };
  let isEmpty = true;
  return {
    add(record) {
      isEmpty = false;
      return out.line(yamlText([record]));
    },
    end: () => (isEmpty ? out.line('[]') : undefined),
  };
}

/** The header goes before the first record, so that a request that fails prints nothing. */
function csvPrinter(out: LineWriter, columns: readonly Column[]): RecordPrinter {
  // No column is known of no records without a definition.
  let header = columns.length === 0 ? undefined : `${csvLine(columns.map(columnName))}\n`;
  return {
    add(record) {
      const line = csvLine(columns.map((column) => valueAt(record, column)));
      const text = `${header ?? ''}${line}`;
      header = undefined;
      return out.line(text);
    },
    end: () => (header === undefined ? undefined : out.line(header.trimEnd())),
  };
}
