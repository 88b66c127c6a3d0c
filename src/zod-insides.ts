/**
 * The use of zod beyond its documented interface: the definitions inside its schemas, and the words of its messages. An
 * upgrade of zod that changes either breaks this file and its test, and no other.
 */

import { z } from 'zod';

export type Schema = z.core.$ZodType;

/** The schema that `.optional()`, `.nullable()`, `.default()`, `.readonly()` and their like wrap; undefined for any other. */
export function wrapped(schema: unknown): z.ZodType | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { def } = schema._zod;
  return 'innerType' in def && def.innerType instanceof z.ZodType ? def.innerType : undefined;
}

/** The side of a pipe that has the keys of its input: what a preprocessor takes is nobody's schema, so its output stands in. */
export function inputSide({ def }: z.ZodPipe): Schema {
  return def.in instanceof z.ZodTransform ? def.out : def.in;
}

/** The fate of keys that an object does not name: zod drops or refuses them, or takes those that fit a schema. */
export function otherKeys({ def }: z.ZodObject): 'dropped' | 'refused' | Schema {
  if (def.catchall === undefined) return 'dropped';
  return def.catchall instanceof z.ZodNever ? 'refused' : def.catchall;
}

/** The schema of the item at `index`; null where a tuple has none there. */
export function tupleItem({ def }: z.ZodTuple, index: number): Schema | null {
  return def.items[index] ?? def.rest;
}

/** The names of the checks of a schema: `min_length`, `custom`, … */
export function checksOf({ def }: z.ZodType): readonly string[] {
  return (def.checks ?? []).map(({ _zod }) => _zod.def.check);
}

/** `array` with its checks and messages, but for items of any kind. */
export function ofAnything(array: z.ZodArray): z.ZodArray {
  return array.clone({ ...array.def, element: z.unknown() });
}

/** Whether `.meta({ secret: true })` marks the schema itself. */
export function isMarkedSecret(schema: Schema): boolean {
  return z.globalRegistry.get(schema)?.secret === true;
}

/** Whether the message is zod's own about a limit (`Too small: …`), and none that the schema's author wrote. */
export function isOwnLimit({ message }: z.core.$ZodIssue): boolean {
  return message.startsWith('Too ');
}

/** The same about a value that is none of an enum's (`Invalid option: …`). */
export function isOwnOption({ message }: z.core.$ZodIssue): boolean {
  return message.startsWith('Invalid option: ');
}

/** The message without zod's own lead: `Invalid input: expected string` → `expected string`. */
export function withoutLead(message: string): string {
  return message.replace(/^Invalid input: /, '');
}

/** The expectation in a message about a missing value: `Invalid input: expected string, received undefined` → `expected string`. */
export function expectation(message: string): string {
  return message.replace(/^Invalid [a-z]+(: |$)/, '').replace(/, received undefined$/, '');
}
