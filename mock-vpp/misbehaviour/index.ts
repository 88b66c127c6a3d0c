/** All faults by name, with their options. `misbehave({ delay: 50, silent: { messages: 'show_version', count: 1 } })`. */
import type { Fields } from '../../src/mux/internal.js';
import { close, closeMidFrame } from './cut.js';
import type { Fault } from './fault.js';
import { delay, late } from './late.js';
import { merge, split, stall } from './pieces.js';
import { silent } from './silent.js';
import { type Find, stray, wrongType } from './stray.js';
import type { Which } from './which.js';
import { garbage, oversize, trailing, truncate, wrongCrc } from './wrong.js';

/** Every fault and its options. */
export interface FaultOptions {
  /** Everything that goes out so many milliseconds later, the handshake included. */
  readonly delay: number;
  /** Some frames `ms` later, so that others overtake them. */
  readonly late: Which & { readonly ms: number };
  /** Served, but not answered. */
  readonly silent: Which | true;
  /** Every `bytes` bytes (default 1) on their own. */
  readonly split: { readonly bytes?: number } | true;
  /** Everything of `ms` milliseconds (default 20) in one write. */
  readonly merge: { readonly ms?: number } | true;
  /** Nothing more is read from the clients. */
  readonly stall: true;
  /** The connection ends after the first `bytes` of a frame (default: in the middle of its body). */
  readonly closeMidFrame: (Which & { readonly bytes?: number }) | true;
  /** `true`: every connection ends now, and each new one at once. Else when such a request arrives. */
  readonly close: Which | true;
  /** CRCs told wrong in the handshake; `true`: all but memclnt's. */
  readonly wrongCrc: string | readonly string[] | true;
  /** Random bytes (default 64) in place of a frame; the same ones in every run. */
  readonly garbage: (Which & { readonly bytes?: number }) | true;
  /** A header announcing `bytes` (default 2 GiB) in place of a frame. */
  readonly oversize: (Which & { readonly bytes?: number }) | true;
  /** A frame without its last `bytes` (default 1). */
  readonly truncate: (Which & { readonly bytes?: number }) | true;
  /** A frame with `bytes` (default 8) too many. */
  readonly trailing: (Which & { readonly bytes?: number }) | true;
  /** Before a reply another one that nobody asked for. */
  readonly stray: (Which & { readonly reply?: string; readonly context?: number; readonly fields?: Fields }) | true;
  /** In place of a reply one of another message (`reply`), with the right context. */
  readonly wrongType: (Which & { readonly reply?: string }) | true;
}

export type Misbehaviour = Partial<FaultOptions>;
export type FaultName = keyof FaultOptions;

/** How each fault is made out of its options. */
type Makers = { readonly [K in FaultName]: (options: FaultOptions[K], find: Find) => Fault };

const MAKERS: Makers = {
  delay,
  late,
  silent,
  split,
  merge,
  stall,
  closeMidFrame,
  close,
  wrongCrc,
  garbage,
  oversize,
  truncate,
  trailing,
  stray,
  wrongType,
};

export const FAULT_NAMES = Object.keys(MAKERS) as readonly FaultName[];

/** The faults asked for, in the order of the request. Throws RangeError for an unknown name. */
export function faultsOf(wanted: Misbehaviour, find: Find): Map<FaultName, Fault> {
  const faults = new Map<FaultName, Fault>();
  for (const name of Object.keys(wanted)) {
    if (!isFaultName(name))
      throw new RangeError(`the mock cannot misbehave by ${name}; it knows ${FAULT_NAMES.join(', ')}`);
    const fault = make(name, wanted, find);
    if (fault !== undefined) faults.set(name, fault);
  }
  return faults;
}

function make<K extends FaultName>(name: K, wanted: Misbehaviour, find: Find): Fault | undefined {
  const options: FaultOptions[K] | undefined = wanted[name];
  return options === undefined ? undefined : MAKERS[name](options, find);
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(MAKERS, name);
}
