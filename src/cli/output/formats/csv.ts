/**
 * Lines of CSV as RFC 4180 has them, but with line feeds alone between them. Names and tags of a VPP are anyone's text, and a spreadsheet takes
 * a cell that begins with `=` for a formula: an apostrophe is put in front of such a text, as OWASP advises.
 */

import { jsonLine, jsonValue } from '../../../mux/for-cli.js';

const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/;
const QUOTED = /[",\r\n]/;

export const csvLine = (cells: readonly unknown[]): string => cells.map(csvCell).join(',');

/** A missing value is empty; lists, and structs without columns of their own, are JSON. */
function csvCell(value: unknown): string {
  const json = jsonValue(value) ?? '';
  if (typeof json === 'number' || typeof json === 'boolean') return String(json);
  const text = typeof json === 'string' ? harmless(json) : jsonLine(json);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const harmless = (text: string) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
