/** JSON objects as text: one, over as many lines as it likes, or one for each line (JSON lines). */

import { printableLine } from '../../printable.js';
import { UsageError } from '../errors.js';

/** One object of the input, or why a line is none. */
export interface JsonItem {
  /** Number of its line, from 1; undefined when it is the whole of the input. */
  readonly line?: number;
  /** Its text, as it was given. */
  readonly text: string;
  /** An error of a line does not say which line it is. */
  readonly object: Record<string, unknown> | UsageError;
}

/** Characters of a line that are quoted. */
const QUOTED = 100;

/** A line of input, fit for a message. */
export function quoted(text: string): string {
  return printableLine(text.trim(), QUOTED);
}

/** `stdin, line 3` */
export function placeOf({ line }: Pick<JsonItem, 'line'>, source: string): string {
  return line === undefined ? source : `${source}, line ${line}`;
}

/** The objects in `text`: none when it is blank. `source` is named in errors, with the line's number and its text. */
export function readJsonItems(text: string, source: string): JsonItem[] {
  const filled = text
    .split('\n')
    .map((line, at) => ({ line: at + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
  if (filled.length === 0) return [];
  const whole = parse(text);
  if ('value' in whole) return [{ text, object: objectOf(whole, source) }];
  if (isLines(filled.map((line) => line.text)))
    return filled.map((line) => ({ ...line, object: objectOf(parse(line.text), 'it') }));
  const hint = filled.length > 1 && /after JSON/.test(whole.error) ? '; several objects want a line each (jq -c)' : '';
  return [{ text, object: new UsageError(`${source} is not JSON: ${whole.error}${hint}`) }];
}

/** The objects in `text`. Throws UsageError for the first line that is none. */
export function parseJsonObjects(text: string, source = 'stdin'): Record<string, unknown>[] {
  return readJsonItems(text, source).map((item) => {
    const { line, object } = item;
    if (!(object instanceof UsageError)) return object;
    if (line === undefined) throw object;
    throw new UsageError(`${placeOf(item, source)}: ${object.message}: ${quoted(item.text)}`);
  });
}

/**
 * Tells JSON lines with a mistake in one of them from a single object with a mistake in it: an object over several
 * lines opens with a brace that its first line does not close.
 */
function isLines(lines: readonly string[]): boolean {
  const first = lines[0].trim();
  if ('value' in parse(first)) return true;
  if (lines.length === 1) return false;
  if (/^[{[]/.test(first)) return first.startsWith('{') && first.endsWith('}');
  return lines.some((line) => line.startsWith('{') && 'value' in parse(line));
}

type Parsed = { readonly value: unknown } | { readonly error: string };

function objectOf(parsed: Parsed, what: string): Record<string, unknown> | UsageError {
  if ('error' in parsed) return new UsageError(`${what} is not JSON: ${parsed.error}`);
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return new UsageError(`${what} is no object: an object is wanted, as {"name": 1}`);
}

function parse(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
