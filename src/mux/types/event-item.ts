/**
 * The items of an event stream. The union is told apart by `'gap' in item` and `'resync' in item`, without a cast:
 * `in` keeps every member that may have the name, and so any member with an index signature for all names. The
 * names of an event's fields are therefore patterns that `gap` and `resync` do not fit. No message of VPP has a
 * field of either name.
 */

/** An event, a marker of events that were lost, or a marker of a new connection. */
export type EventItem<Event = EventFields> = Event | Gap | Resync;

/** An event's fields, by VPP's own snake_case names. Assignable to `Fields`, which is indexed with any string. */
export type EventFields = { [name in EventFieldName]: unknown };

/** `gap` events did not fit the channel's replyBuffer and are lost. */
export interface Gap {
  readonly gap: number;
}

/** The connection was made anew: events may have been missed; read the state again. */
export interface Resync {
  readonly resync: { readonly generation: number; readonly reason: string };
}

type Lower =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm')
  | ('n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z');
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type Letter = Lower | Uppercase<Lower> | Digit | '_';

/** Names that begin with `Begun` and go on in any way but with the whole of `Rest` alone. */
type GoesOnOtherThan<Rest extends string, Begun extends string> = Rest extends `${infer Next}${infer Further}`
  ? `${Begun}${Exclude<Letter, Next>}${string}` | GoesOnOtherThan<Further, `${Begun}${Next}`>
  : `${Begun}${Letter}${string}`;

type EventFieldName =
  | `${Exclude<Letter, 'g' | 'r'>}${string}`
  | GoesOnOtherThan<'ap', 'g'>
  | GoesOnOtherThan<'esync', 'r'>;
