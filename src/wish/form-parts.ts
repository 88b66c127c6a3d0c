/** Parts that forms of a wish are made of: vppcfg's, and those of the sections of `x-vppmux`. */

import { z } from 'zod';
import { addressOf, prefixOf } from '../vpp/index.js';

/** A mapping of these keys and no others; those in `optional` may be missing, or have no value. */
export function form<Required extends z.ZodRawShape, Optional extends z.ZodRawShape>(
  required: Required,
  optional: Optional,
) {
  const optionals = Object.fromEntries(
    Object.entries(optional).map(([key, type]) => [key, orNothing(type as z.ZodType)]),
  ) as unknown as { [Key in keyof Optional]: z.ZodOptional<Optional[Key]> };
  return z.strictObject({ ...required, ...optionals });
}

const orNothing = (type: z.ZodType) => z.preprocess((value) => value ?? undefined, type.optional());

/** A mapping whose keys are names of one form. */
export function named<Value extends z.ZodType>(key: RegExp, what: string, value: Value) {
  return z.record(z.string().regex(key, what), value);
}

export const mac = z
  .string()
  .regex(
    /^(?:[0-9a-f]{12}|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})$/i,
    'must be a MAC address, as 02:fe:00:00:00:01',
  );
export const interfaceAddress = z
  .string()
  .refine((text) => prefixOf(text) !== undefined, 'must be an address with its length, as 192.0.2.1/24');
export const address = z.string().refine((text) => addressOf(text) !== undefined, 'must be an IPv4 or IPv6 address');

/** PyYAML takes these words of YAML 1.1 for booleans. */
const YES_AND_NO = new Map<unknown, boolean>(
  ['yes', 'on', 'no', 'off'].flatMap((word) =>
    [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)].map((each) => [each, /^(yes|on)$/i.test(each)]),
  ),
);

export const bool = z.preprocess((value) => YES_AND_NO.get(value) ?? value, z.boolean());
