/** One message as readable text: a line for each field, lists of structs with a line for each member. */

import { type Field, type FieldText, fieldTexts } from '../../mux/for-cli.js';
import { fits } from './display-width.js';
import { hanging } from './hanging.js';

/** `name: value` lines, aligned. A retval of 0 goes without saying; when there is nothing else, it is `ok`. */
export function messageText(
  fields: readonly Field[],
  values: Record<string, unknown>,
  width = Number.POSITIVE_INFINITY,
): string {
  return cellsText(
    fieldTexts(fields, values).filter((cell) => cell.name !== 'retval' || !cell.blank),
    width,
  );
}

/** Wraps a text too long for `width` columns, indented behind the names. */
export function cellsText(cells: readonly FieldText[], width = Number.POSITIVE_INFINITY): string {
  if (cells.length === 0) return 'ok';
  const column = Math.max(...cells.map((cell) => cell.name.length)) + 1;
  return cells.flatMap((cell) => labelled(`${cell.name}:`.padEnd(column), cell.text, width)).join('\n');
}

/** `name=value …` in one line, for streams of events. */
export function messageLine(fields: readonly Field[], values: Record<string, unknown>): string {
  return fieldTexts(fields, values)
    .map((cell) => `${cell.name}=${/\s/.test(cell.text) ? JSON.stringify(cell.text) : cell.text}`)
    .join(' ');
}

/** Text of several lines (VPP's CLI answers) starts on a line of its own, unchanged: VPP laid it out. */
function labelled(label: string, text: string, width: number): string[] {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  const body = text.slice(0, end);
  if (body.includes('\n')) return [label.trimEnd(), body];
  const line = `${label} ${body}`.trimEnd();
  return fits(line, width) ? [line] : hanging([[label, body]], width, ' ');
}
