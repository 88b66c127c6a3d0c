/** The forms in which the values of a message may be given, and what they are when read; for generated declarations. */

/** Bytes as they may be given: hex is written `0x…`, the bytes of a text `text:…`. */
export type BytesInput = Uint8Array | readonly number[] | string;

/** A 64-bit integer as it may be given: bigint, safe integer, or decimal text. */
export type LongInput = bigint | number | string;

/** A bool as it may be given. */
export type BoolInput = boolean | 0 | 1;

/** An enum as it is read: one of its values, or a number that this release's definition does not name. */
export type EnumValue<Values> = Values[keyof Values] | (number & {});

/** An enum as it may be given: a number, a whole name, or a name without the prefix that all of them share. */
export type EnumInput<Values, Prefix extends string = ''> = EnumValue<Values> | EnumNames<Values, Prefix>;

/** Flags as they may be given: a number, a name, or a list of both. */
export type FlagsInput<Values, Prefix extends string = ''> =
  | number
  | EnumNames<Values, Prefix>
  | readonly (number | EnumNames<Values, Prefix>)[];

/** One value of an enum as it may be given, by number or name. */
export type EnumCase<Values, Prefix extends string, Value> =
  | Value
  | {
      [Name in keyof Values]: Values[Name] extends Value ? Name | WithoutPrefix<Name & string, Prefix> : never;
    }[keyof Values];

type EnumNames<Values, Prefix extends string> = (keyof Values & string) | WithoutPrefix<keyof Values & string, Prefix>;

type WithoutPrefix<Name extends string, Prefix extends string> = Prefix extends ''
  ? Name
  : Name extends `${Prefix}${infer Short}`
    ? Short
    : Name;
