/**
 * Protocol buffers as far as etcd's API needs them: messages are tables of fields, which `encode` and `decode` follow.
 *
 * Integers of 64 bits: revisions, versions, counts and times are numbers, since a revision grows by one a transaction and stays
 * below 2^53 for centuries; a larger one is an error, never rounded. Ids (of leases, members, clusters) are random and use all 64
 * bits: bigint.
 */

/** The kinds of field: `int` a safe integer, `id` any 64 bits. */
export interface Kinds {
  readonly int: number;
  readonly id: bigint;
  readonly bool: boolean;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface Field<T> {
  readonly number: number;
  readonly kind: keyof Kinds | MessageType<Fields>;
  readonly repeated: boolean;
  /** Never there at run time: the type of its value. */
  readonly value?: T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** A message's name and its fields by name. */
export interface MessageType<F extends Fields> {
  readonly name: string;
  readonly fields: F;
  readonly byNumber: ReadonlyMap<number, readonly [name: string, field: Field<unknown>]>;
}

type ValueOf<F> = F extends Field<infer T> ? T : never;
/** A message that was read: what was not sent has its default, as in protocol buffers; messages are undefined then. */
export type Decoded<M> = M extends MessageType<infer F> ? { readonly [name in keyof F]: ValueOf<F[name]> } : never;
type Input<T> = T extends readonly (infer E)[] ? readonly Input<E>[] : T extends Buffer ? Uint8Array : Inputs<T>;
type Inputs<T> = T extends object ? { readonly [key in keyof T]?: Input<T[key]> } : T;
/** A message to send: what is undefined is not sent. */
export type Encodable<M> =
  M extends MessageType<infer F> ? { readonly [name in keyof F]?: Input<Exclude<ValueOf<F[name]>, undefined>> } : never;

const plain =
  <K extends keyof Kinds>(kind: K) =>
  (number: number): Field<Kinds[K]> => ({ number, kind, repeated: false });

export const int = plain('int');
export const id = plain('id');
export const bool = plain('bool');
export const bytes = plain('bytes');
export const text = plain('text');

export const one = <F extends Fields>(
  number: number,
  type: MessageType<F>,
): Field<Decoded<MessageType<F>> | undefined> => ({
  number,
  kind: type as unknown as MessageType<Fields>,
  repeated: false,
});

export const many = <F extends Fields>(
  number: number,
  type: MessageType<F>,
): Field<readonly Decoded<MessageType<F>>[]> => ({
  number,
  kind: type as unknown as MessageType<Fields>,
  repeated: true,
});

export const manyBytes = (number: number): Field<readonly Buffer[]> => ({ number, kind: 'bytes', repeated: true });

export function message<F extends Fields>(name: string, fields: F): MessageType<F> {
  return { name, fields, byNumber: new Map(Object.entries(fields).map((entry) => [entry[1].number, entry])) };
}

/** Forms of a field on the wire. */
export const WIRE = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const;

/** Whether a field is sent as a number. */
export const isVarint = ({ kind }: Field<unknown>): boolean => kind === 'int' || kind === 'id' || kind === 'bool';
