/**
 * An API definition as plain data: no bytes, no functions. Built by `resolve.ts` out of
 * checked files, read by the codec's compilers and by the session.
 */

import type { SchemaError } from '../errors.js';

export type Scalar = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f64' | 'bool';

/** Sizes in bytes; `size` is undefined where a value's length is known only from its content. */
export type Type =
  | { readonly kind: 'scalar'; readonly name: Scalar; readonly size: number }
  | EnumType
  | StructType
  | UnionType
  | {
      readonly kind: 'alias';
      readonly name: string;
      readonly target: Type;
      readonly length?: number;
      readonly size?: number;
    };

export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly base: Scalar;
  /** enumflag: any sum of the values is allowed. */
  readonly flags: boolean;
  readonly values: ReadonlyMap<string, number>;
  readonly size: number;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly Field[];
  readonly size?: number;
  readonly minSize: number;
}

export interface UnionType {
  readonly kind: 'union';
  readonly name: string;
  readonly arms: readonly Field[];
  /** Size of the largest arm; shorter arms are followed by zeros. */
  readonly size: number;
}

export interface Field {
  readonly name: string;
  readonly type: Type | { readonly kind: 'string' };
  /** The number of values: one value, `fixed` N (string[N]: N bytes), `counted` by an earlier field, or `trailing` (string[]: u32 length + bytes; T x[0]: the rest). */
  readonly array?:
    | { readonly kind: 'fixed'; readonly length: number }
    | { readonly kind: 'counted'; readonly countField: string }
    | { readonly kind: 'trailing' };
  /** `[default=…]` of the definition. */
  readonly default?: number | bigint | boolean | string;
  /** `[limit=…]` of the definition: the most bytes or elements. */
  readonly limit?: number;
}

export type MessageRole = 'request' | 'reply' | 'details' | 'event' | 'other';

/**
 * The course of an exchange.
 * - `unary`: one reply.
 * - `dump`: details, ended by the reply of a control_ping sent behind it.
 * - `get`: details, ended by its own reply; `cursor` when request and reply have a `cursor` field, to be
 *   followed while the reply's retval is -165.
 * - `oneway`: VPP sends no reply.
 */
export interface Service {
  readonly request: string;
  readonly kind: 'unary' | 'dump' | 'get' | 'oneway';
  /** The reply that VPP may send besides the details of a dump, without ending them (mactime_dump_reply); usually none. */
  readonly reply?: string;
  readonly details?: string;
  readonly cursor: boolean;
  /** Events that a `want_*` request switches on. */
  readonly events: readonly string[];
}

export interface MessageDef {
  readonly name: string;
  /** The CRC of VPP's table, without 0x: eight lower-case hex digits. */
  readonly crc: string;
  readonly fields: readonly Field[];
  /** Byte offsets in the body, computed from the fields; -1 when there is none (WIRE 3.3). */
  readonly contextOffset: number;
  readonly clientIndexOffset: number;
  /** Whole body, `_vl_msg_id` first. `size` is undefined when the length varies. */
  readonly size?: number;
  readonly minSize: number;
  readonly role: MessageRole;
  /** The service of a request. */
  readonly service?: Service;
  readonly options: Readonly<Record<string, unknown>>;
  readonly comment?: string;
  /** The file that defines it. */
  readonly file: string;
}

/** A message that is defined, but not so that it can be used. */
export interface UnusableMessage {
  /** The CRC; undefined where not even that can be read. */
  readonly crc?: string;
  readonly file: string;
  readonly error: SchemaError;
}

/** A file of definitions. `types`: names of the types that stand in it, those that it imports included. */
export interface ApiFileFacts {
  readonly name: string;
  readonly version?: string;
  readonly crc?: string;
  readonly types: readonly string[];
}

/** All definitions of one VPP, imports resolved. */
export interface ApiModel {
  readonly messages: ReadonlyMap<string, MessageDef>;
  /** Types by name, for those who ask about a type alone. Types are local to a file: of several of one name this is the first. */
  readonly types: ReadonlyMap<string, Type>;
  readonly services: ReadonlyMap<string, Service>;
  /** event name → the want_* requests that switch it on (usually one). */
  readonly eventRequests: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly ApiFileFacts[];
  /** Messages that cannot be used, and are not in `messages`: using one is an error that says what is wrong with it. */
  readonly unusable: ReadonlyMap<string, UnusableMessage>;
  /** Messages that files define differently: each definition, the one in `messages` first. */
  readonly variants: ReadonlyMap<string, readonly { readonly crc?: string; readonly file: string }[]>;
  /** Everything that is wrong in the files, whole files and types that no message uses included. */
  readonly problems: readonly SchemaError[];
}
