/** JSON as a message's fields: the way back of `to-json.ts`. */

import { fieldProblem } from '../codec/check-fields.js';
import type { Fields, Message } from '../codec/codec.js';
import { headerLength } from '../schema/messages.js';
import { isStruct } from './field-types.js';
import { readFields } from './read-fields.js';

/**
 * Fields that `message` can be encoded from, out of the JSON object `json`: what `toJson` gives, or what a person writes
 * (numbers as strings such as '0xff' or '~0', enums by any end of a name, `text:…` for bytes, addresses as strings).
 *
 * @throws FieldError BAD_FIELD with `path`, and `nearest` where a name is not known. The header's fields are taken as well.
 */
export function fromJson(message: Pick<Message, 'def'>, json: unknown): Fields {
  return checkedFields(message, isStruct(json) ? readFields(message.def.fields, json) : (json as Fields));
}

/** `fields`, if `message` can be encoded from them. Throws FieldError. */
export function checkedFields({ def }: Pick<Message, 'def'>, fields: Fields): Fields {
  const header = headerLength(def.fields);
  const hasHeader = isStruct(fields) && def.fields.slice(0, header).some(({ name }) => Object.hasOwn(fields, name));
  const problem = fieldProblem(def, hasHeader ? 0 : header, fields);
  if (problem !== undefined) throw problem;
  return fields;
}
