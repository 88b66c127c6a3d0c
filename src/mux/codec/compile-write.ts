/**
 * Message definition → a function that appends it. It lays down the image of a message with everything
 * left out, then writes only the fields given; keys are counted, not looked up, to find unknown and undefined ones.
 * Held by test/mux/codec/speed.ts.
 *
 * Profile of adding routes: a third of the time reads the two addresses' texts, the rest is spread evenly.
 *
 * Invariant: whatever does not fit throws (BAD, or what a hostile value throws itself); only then is it
 * found out what and where (`check-fields.ts`), so the good path carries no paths.
 */

import type { Field, MessageDef } from '../schema/model.js';
import type { WriteMessage } from './codec.js';
import { compile } from './source.js';
import { RUNTIME } from './write-runtime.js';
import { WriteSource } from './write-source.js';

/** Makes the error to throw of fields that were refused with `cause`. */
export type Explain = (fields: unknown, cause: unknown) => unknown;

/** The first `skip` fields (the header) are taken from the arguments, all others from the fields. */
export function compileWrite(def: MessageDef, skip: number, explain: Explain): WriteMessage {
  const source = new WriteSource();
  const body = source.message(def, skip);
  return compile<WriteMessage>(body, { ...RUNTIME, ...source.constants, explain });
}

/** A function that writes one field of fixed size into zeroed room: a union's arm, for comparison. */
export function compileField(field: Field): (b: Buffer, o: number, value: unknown) => void {
  const source = new WriteSource();
  const name = source.arm(field);
  return compile(source.functions(`return ${name};`), { ...RUNTIME, ...source.constants });
}
