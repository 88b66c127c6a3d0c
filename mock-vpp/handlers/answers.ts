/** The answers that a handler may give back. */
import type { Fields } from '../../src/mux/internal.js';
import type { FrameSource } from '../wire/client.js';

/**
 * - an object: the fields of the reply; one that is missing is zero (or the definition's default);
 * - a number: a reply with that retval;
 * - an array: details, in order; a `_get` request's own reply follows, with retval 0;
 * - `detailsThen(…)`: details, then the reply;
 * - a `FrameSource`: many frames, written piece by piece;
 * - undefined: no answer.
 */
export type Answer = Fields | number | readonly Fields[] | DetailsThen | FrameSource | undefined;

export class DetailsThen {
  constructor(
    readonly details: Iterable<Fields>,
    readonly reply: Fields | undefined,
  ) {}
}

/** Details (taken one by one, as there is room), then the request's own reply, if it has one. */
export function detailsThen(details: Iterable<Fields>, reply?: Fields): DetailsThen {
  return new DetailsThen(details, reply);
}

export function isFields(answer: Answer): answer is Fields {
  return typeof answer === 'object' && !Array.isArray(answer) && !(answer instanceof DetailsThen);
}
