/** Source that writes the JSON of single values, with the most bytes that each takes. */

import { load } from '../codec/scalar-source.js';
import { at } from '../codec/source.js';
import type { TextForm } from '../codec/text-forms.js';
import type { EnumType, Scalar } from '../schema/model.js';
import { enumBound } from './enum-texts.js';
import type { JsonSource } from './json-source.js';

/** The function that writes a text form in quotes, or -1; `within`: the one for a union's arm. */
const FORM_WRITERS: Readonly<Partial<Record<TextForm, { readonly plain: string; readonly within: string }>>> = {
  ip4_address: both('quotedIp4(out,o,b,$)'),
  ip6_address: both('quoted(out,o,ip6Text(b,$))'),
  mac_address: both('quoted(out,o,macText(b,$))'),
  address: { plain: 'quoted(out,o,addressText(b,$))', within: 'quoted(out,o,exactAddressText(b,$))' },
  prefix: { plain: 'quotedPrefix(out,o,b,$)', within: 'quoted(out,o,exactPrefixText(b,$))' },
  ip4_prefix: both('quotedIp4Prefix(out,o,b,$)'),
  ip6_prefix: both('quotedIp6Prefix(out,o,b,$)'),
};

function both(call: string) {
  return { plain: call, within: call };
}

/** The most characters of each scalar, quotes included. */
const SCALAR_BOUND: Readonly<Record<Scalar, number>> = {
  u8: 3,
  i8: 4,
  bool: 5,
  u16: 5,
  i16: 6,
  u32: 10,
  i32: 11,
  u64: 22,
  i64: 22,
  f64: 26,
};
/** The longest address with its prefix length, in quotes. */
export const FORM_BOUND = 51;
/** A byte of text that has to be escaped: `\u0000`. */
export const ESCAPED = 6;
/** The most that a value's own end takes: quotes, `0x`, brackets. */
export const CLOSING = 4;

/** Call that writes a text form; undefined where the value has none, or none that is written as a whole. */
export function formCall(form: TextForm | undefined, place: string, isWithin: boolean): string | undefined {
  const writer = form && FORM_WRITERS[form];
  return writer?.[isWithin ? 'within' : 'plain'].replace('$', place);
}

export function writeScalar(source: JsonSource, name: Scalar, base: string, o: number): void {
  const place = at(base, o);
  const bound = SCALAR_BOUND[name];
  if (name === 'bool') source.code(`o=b[${place}]!==0?literal(out,o,TRUE):literal(out,o,FALSE);`, bound);
  else if (name === 'u64') source.code(`o=quotedU64(out,o,b,${place});`, bound);
  else if (name === 'i64') source.code(`o=quotedI64(out,o,b,${place});`, bound);
  else if (name === 'f64') source.code(`o=double(out,o,b,${place});`, bound);
  else source.code(`o=${name.startsWith('u') ? 'unsigned' : 'signed'}(out,o,${load(name, base, o)});`, bound);
}

/** `texts`: the function that gives the text of a value. */
export function writeEnum(source: JsonSource, texts: string, type: EnumType, base: string, o: number): void {
  source.code(`o=literal(out,o,${texts}(${load(type.base, base, o)}));`, enumBound(type));
}
