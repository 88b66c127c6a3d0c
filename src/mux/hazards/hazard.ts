/**
 * A message that harms VPP or the connection all share: it ends VPP, reads memory that is not its own, or puts the
 * stream out of step. One table (table.ts) holds them for whoever has to know: the deny list, the check of a request
 * before it is sent, `describe` and `doctor`.
 */

import type { Fields } from '../codec/codec.js';
import type { HazardState } from './states.js';

export interface Hazard {
  /** Name of the message; `memclnt_*`: all that begin so. */
  readonly message: string;
  /** The fault in VPP: one sentence without its subject: `follows a pointer out of the message`. */
  readonly reason: string;
  /** Values with which it harms. Left out: with any. */
  readonly when?: Condition;
  /** A state of VPP in which it harms, looked up before it is sent. */
  readonly lookup?: Lookup;
  /**
   * A state of VPP in which it harms, and which cannot be looked up: told by `describe`, and sent all the same. With a lookup:
   * it harms only in this state, and is refused in more.
   */
  readonly state?: HazardState;
  /** A replacement that does no harm. */
  readonly instead?: string;
  /** `tried`: seen on a running VPP; `source`: read in its sources. */
  readonly evidence: 'tried' | 'source';
  /** Releases of VPP where it was seen or read. It is refused in others as well: a fix is told by trying it there. */
  readonly versions: readonly string[];
}

/** A test of a request's fields, as they are on the wire: with all defaults, enums as numbers. */
export interface Condition {
  /** The condition in words, as in `sw_if_index is ~0`. */
  readonly text: string;
  holds(fields: Fields): boolean;
  /** A quick look at the caller's own object, for messages that are sent by the million; false only where it cannot hold. */
  mayHold?(given: Fields): boolean;
}

/** A question to VPP about what a request names. */
export interface Lookup {
  /** The state of VPP in which the request harms, as in `there is no ABF policy with this policy_id`. */
  readonly text: string;
  /** The dump or request that is sent. It only reads. */
  readonly message: string;
  ask(fields: Fields): Fields;
  /** `answers`: details of a dump, or the one reply. */
  isHarmless(fields: Fields, answers: readonly Fields[]): boolean;
}

/** Evidence of an entry: read in the sources of 26.06, or seen on it. */
export const SOURCE = { evidence: 'source', versions: ['26.06'] } as const;
export const TRIED = { evidence: 'tried', versions: ['26.06'] } as const;

/** ~0: VPP's "none" and "all". */
export const ALL = 0xffffffff;

/** Holds when each of `values` is what the request has. */
export function is(values: Readonly<Record<string, number | string | boolean>>): Condition {
  const entries = Object.entries(values);
  const shown = (value: number | string | boolean) => (value === ALL ? '~0' : value === '' ? 'empty' : String(value));
  return {
    text: entries.map(([name, value]) => `${name} is ${shown(value)}`).join(' and '),
    holds: (fields) => entries.every(([name, value]) => fields[name] === value),
  };
}

/** Harmless when a row of `dump` says so. */
export function listed(
  text: string,
  message: string,
  matches: (row: Fields, fields: Fields) => boolean,
  ask: (fields: Fields) => Fields = () => ({}),
): Lookup {
  return { text, message, ask, isHarmless: (fields, rows) => rows.some((row) => matches(row, fields)) };
}
