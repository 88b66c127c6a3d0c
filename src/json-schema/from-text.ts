/**
 * Reads values that are written as text (in a query, on a command line) with the types that a JSON Schema gives them. A text
 * that does not fit stays a string: the operation refuses it, with its path and the reason.
 */

import { formsOf, type JsonSchema, valuesOf } from './json-schema.js';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const HEX = /^0x[0-9a-f]+$/i;

/** Several texts for one value: a list, unless there is one text and it may be something else. */
export function fromTexts(root: JsonSchema, schema: unknown, texts: readonly string[]): unknown {
  const forms = formsOf(root, schema);
  const list = forms.find(({ type }) => type === 'array');
  if (texts.length === 1 && (list === undefined || texts[0].startsWith('[') || forms.length > 1)) {
    return fromText(root, schema, texts[0]);
  }
  return texts.map((text) => (list === undefined ? text : fromText(root, list.items, text)));
}

/** One text for one value. */
export function fromText(root: JsonSchema, schema: unknown, text: string): unknown {
  const forms = formsOf(root, schema);
  const types = new Set(forms.flatMap(({ type }) => (type === undefined ? [] : [type])));
  const fixed = forms.flatMap((form) => valuesOf(form) ?? []);
  const match = fixed.find((value) => String(value) === text);
  if (match !== undefined) return match;
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if ((types.has('integer') || types.has('number')) && (NUMBER.test(text) || HEX.test(text))) return Number(text);
  if (types.has('null') && text === 'null') return null;
  const isOpen =
    forms.length === 0 || forms.some(({ type, enum: values }) => type === undefined && values === undefined);
  if ((types.has('object') && text.startsWith('{')) || (types.has('array') && text.startsWith('['))) return json(text);
  if (types.has('string')) return text;
  return isOpen ? json(text) : text;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
