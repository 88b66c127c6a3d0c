/**
 * The promise of a reply. `new Promise` takes a function, and one that sees the request would be an object for each: a tenth of
 * what a request allocates. So one function serves all, and leaves here what settles the promise that was made last.
 *
 * Held by the benchmark `pings`.
 */

import type { Fields } from '../codec/codec.js';

/** Settles the promise of a request: with its reply, or with the promise that rejects it (call-site.ts). */
export type Settle = (reply: Fields | Promise<never>) => void;

let latest: Settle;

function keep(settle: Settle): void {
  latest = settle;
}

export function replyPromise(): Promise<Fields> {
  return new Promise(keep);
}

/** Call it right behind `replyPromise`. */
export function settleOfLast(): Settle {
  return latest;
}
