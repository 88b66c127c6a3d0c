/** A decoded message as JSON. docs/wire.md describes the form; `from-json.ts` is the way back. */

import type { Fields, Message } from '../codec/codec.js';
import { type JsonObject, jsonValue } from './json-value.js';
import { type ShownOptions, shownFields } from './shown-fields.js';

/**
 * The fields of a decoded message as a JSON object: 64-bit integers as decimal strings, u8 arrays as `0x…` strings, NaN and
 * ±Infinity as strings, enums as numbers (or by name), of a union only the arm that counts where another field says which.
 * `fromJson` takes all of it back, but NaN and ±Infinity, which no request can have. The object may share parts with `fields`, and be `fields` where nothing has to change.
 */
export function toJson(message: Pick<Message, 'def'>, fields: Fields, options?: ShownOptions): JsonObject {
  return jsonValue(shownFields(message.def.fields, fields, options)) as JsonObject;
}
