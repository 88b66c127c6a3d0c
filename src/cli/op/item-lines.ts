/** Maps an item, of which the agent knows only the place in the list, to the line of the file that it came from. */

import { AgentRequestError } from '../errors.js';
import { placeOf, quoted } from '../fields/json-lines.js';

export interface ItemLines {
  /** Key of the input that has the items. */
  readonly key: string;
  /** Name of the file, or `stdin`. */
  readonly source: string;
  /** One for each item. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

/** Lines that are named. */
const NAMED = 20;

/** `error` with the line that it is about, where it names an item of the list. */
export function withLine(error: unknown, items: ItemLines | undefined): unknown {
  if (!(error instanceof AgentRequestError) || items === undefined) return error;
  const index = indexIn(error.message, items.key);
  const line = index === undefined ? undefined : items.lines[index];
  if (line === undefined) return error;
  const text = `${placeOf({ line: line.number }, items.source)}: ${error.message}; the line: ${quoted(line.text)}`;
  return new AgentRequestError(text, error.exitCode, error.agentCode);
}

/** `lines 3, 7 of routes.txt`; undefined where the output does not say which. */
export function failedLines(output: unknown, items: ItemLines | undefined): string | undefined {
  if (items === undefined) return undefined;
  const numbers = listIn(output, 'failures').flatMap(({ index }) => items.lines[Number(index)]?.number ?? []);
  if (numbers.length === 0) return undefined;
  const more = numbers.length > NAMED ? ` and ${numbers.length - NAMED} more` : '';
  const shown = numbers.slice(0, NAMED).join(', ');
  return `line${numbers.length === 1 ? '' : 's'} ${shown}${more} of ${items.source}`;
}

/** The index behind `key[` in a message of the agent. */
function indexIn(message: string, key: string): number | undefined {
  for (let at = message.indexOf(`${key}[`); at >= 0; at = message.indexOf(`${key}[`, at + 1)) {
    const digits = /^(\d{1,9})\]/.exec(message.slice(at + key.length + 1, at + key.length + 12));
    if (digits) return Number(digits[1]);
  }
  return undefined;
}

function listIn(output: unknown, name: string): readonly { readonly index?: unknown }[] {
  const list = typeof output === 'object' && output !== null ? (output as Record<string, unknown>)[name] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
}
