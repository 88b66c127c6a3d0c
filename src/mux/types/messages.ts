/**
 * The map of messages that types a channel: names, and what each takes and gives. Generated declarations fill `VppMessages`
 * (`vppmux generate`), or a map of their own. Types only: a typed channel is the untyped one.
 */

import type { Fields } from '../codec/codec.js';
import type { EventFields } from './event-item.js';

/**
 * The messages of a program, by name: empty, to be augmented by declarations. While it is empty, channels take every name
 * and any fields.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface VppMessages {}

/**
 * The map of a channel that takes every name and any fields. Channels of all maps can be given where `Channel<Untyped>` is
 * asked for.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one type that every map can take the place of, and that can take the place of each
export type Untyped = any;

/** A request with one reply. */
export interface RequestMessage<Request, Reply> {
  readonly request: Request;
  readonly reply: Reply;
}

/** A request that VPP does not answer. */
export interface OnewayMessage<Request> {
  readonly request: Request;
  readonly reply: Record<string, never>;
}

/** A request with a list as its answer; `last`: the reply that ends it, of those that have one. */
export interface DumpMessage<Request, Details, Last = undefined> {
  readonly list: { readonly request: Request; readonly details: Details; readonly last: Last };
}

/** An event; `want`: the fields of the request that switches it on. */
export interface EventMessage<Event, Want = Record<never, never>> {
  readonly event: Event;
  readonly want: Want;
}

/** True for `Untyped` and for a map that has nothing. */
type IsUntyped<M> = 0 extends 1 & M ? true : [keyof M] extends [never] ? true : false;

/** Names of the messages of `M` that have `Part`. */
type NamesWith<M, Part extends string> =
  IsUntyped<M> extends true
    ? string
    : { [Name in keyof M]: M[Name] extends { readonly [P in Part]: unknown } ? Name : never }[keyof M] & string;

/** Names that `Channel.request` takes. */
export type RequestName<M = VppMessages> = NamesWith<M, 'request'>;
/** Names that `Channel.dump` takes. */
export type DumpName<M = VppMessages> = NamesWith<M, 'list'>;
/** Names that `Channel.events` takes. */
export type EventName<M = VppMessages> = NamesWith<M, 'event'>;

type ListOf<M, Name> = Name extends keyof M ? (M[Name] extends { readonly list: infer List } ? List : never) : never;

/** Fields of a request or dump. */
export type RequestFields<M, Name extends string> =
  IsUntyped<M> extends true
    ? Fields
    : Name extends keyof M
      ? M[Name] extends { readonly request: infer Request }
        ? Request
        : ListOf<M, Name> extends { readonly request: infer Request }
          ? Request
          : never
      : never;

/** Fields of the reply. */
export type ReplyFields<M, Name extends string> =
  IsUntyped<M> extends true
    ? Fields
    : Name extends keyof M
      ? M[Name] extends { readonly reply: infer Reply }
        ? Reply
        : never
      : never;

/** Fields of one of the details of a dump. */
export type DetailsFields<M, Name extends string> =
  IsUntyped<M> extends true ? Fields : ListOf<M, Name> extends { readonly details: infer Details } ? Details : never;

/** Fields of the reply that ends a dump; undefined for those that have none. */
export type LastFields<M, Name extends string> =
  IsUntyped<M> extends true ? Fields : ListOf<M, Name> extends { readonly last: infer Last } ? Last : never;

/** Fields of an event. */
export type EventFieldsOf<M, Name extends string> =
  IsUntyped<M> extends true
    ? EventFields
    : Name extends keyof M
      ? M[Name] extends { readonly event: infer Event }
        ? Event
        : never
      : never;

/** Fields that `want` of an event stream may have. */
export type WantFields<M, Name extends string> =
  IsUntyped<M> extends true
    ? Fields
    : Name extends keyof M
      ? M[Name] extends { readonly want: infer Want }
        ? Partial<Omit<Want, 'enable' | 'enable_disable' | 'pid'>>
        : never
      : never;

/** The arguments behind a message's name: its fields, which may be left out where each of them may, and `Options`. */
export type FieldsAndOptions<Request, Options> =
  Record<never, never> extends Request ? [fields?: Request, options?: Options] : [fields: Request, options?: Options];
