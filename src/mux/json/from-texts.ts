/** Fields given as texts, one for each path: the values of a URL's query, of a form. */

import type { Fields, Message } from '../codec/codec.js';
import { FieldError } from '../errors.js';
import { plant, type Tree } from './field-tree.js';
import { checkedFields } from './from-json.js';
import { readFields, type StringForms } from './read-fields.js';

/** A list or a struct may be JSON; no text names a file. */
const FORMS: StringForms = { json: parse, within: { json: parse } };

/**
 * Fields that `message` can be encoded from, out of paths and texts: `sw_if_index` and `1`, `route.prefix` and `10.0.0.0/8`. A text
 * is read as the field's type: numbers as `255`, `0xff` or `~0`, enums by any end of a name, a list with commas or as JSON.
 *
 * @throws FieldError BAD_FIELD with `path`, and `nearest` where a name is not known.
 */
export function fromTexts(
  message: Pick<Message, 'def'>,
  given: Iterable<readonly [path: string, text: string]>,
): Fields {
  const tree: Tree = {};
  for (const [path, text] of given) plant(tree, path, text);
  return checkedFields(message, readFields(message.def.fields, tree, FORMS));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw new FieldError('BAD_FIELD', `'${shown}' is not JSON: ${(error as Error).message}`, { outcome: 'not-sent' });
  }
}
