/** Mistakes in an operation's input that its description shows: reported even to a caller who may not call it. */

import { formsOf } from '../../json-schema/json-schema.js';
import { printableLine } from '../../printable.js';
import type { RemoteOperation } from './remote-operation.js';

/** Required keys that are missing, and values that are none of those listed. The agent's own check knows more. */
export function inputFaults(
  { keys, required, document }: RemoteOperation,
  input: Readonly<Record<string, unknown>>,
): string[] {
  const missing = [...required].filter((key) => input[key] === undefined).map((key) => `${key} is missing`);
  const misfits = Object.entries(input).flatMap(([key, value]) => {
    const forms = formsOf(document, keys.get(key));
    const allowed = forms.flatMap((form) => (Array.isArray(form.enum) ? form.enum : []));
    const isClosed = forms.length > 0 && forms.every((form) => Array.isArray(form.enum));
    if (!isClosed || allowed.includes(value)) return [];
    return [`${key} must be one of ${allowed.join(', ')}, not ${JSON.stringify(value)}`];
  });
  return [...missing, ...misfits].map((text) => printableLine(text));
}
