/** Finds VPP's own words for a refusal: the text field of the reply, where it has one (`cli_inband`, `dev_attach`). */

import type { Field } from '../schema/model.js';

const IS_ABOUT_ERROR = /err|reason|message|msg|text/i;

/**
 * The text of a reply that refuses, without space around it; '' when there is none. A `string[]` is made for the
 * reply; a `string[N]` holds what was in VPP's memory before unless its handler fills it, so one that is not about the
 * error is not taken.
 */
export function refusalText(fields: readonly Field[], reply: Readonly<Record<string, unknown>>): string {
  const texts = fields.filter(({ name, type, array }) => {
    return type.kind === 'string' && (array?.kind === 'trailing' || IS_ABOUT_ERROR.test(name));
  });
  const said = texts
    .sort((a, b) => Number(IS_ABOUT_ERROR.test(b.name)) - Number(IS_ABOUT_ERROR.test(a.name)))
    .map(({ name }) => String(reply[name] ?? '').trim());
  return said.find((text) => text !== '') ?? '';
}
