/** All faults by name, with their options. `misbehave({ delay: 50, silent: { messages: 'show_version', count: 1 } })`. */
import type { Fields } from '../../src/mux/internal.js';
import { close, closeMidFrame } from './cut.js';
import type { FaultHooks } from './fault-hooks.js';
import type { FaultHost } from './fault-host.js';
import { delay, late } from './late.js';
import { merge, split, stall } from './pieces.js';
import { silent } from './silent.js';
import { stray, wrongType } from './stray.js';
import { vppBugs } from './vpp-bugs/index.js';
import type { Which } from './which.js';
import { garbage, oversize, trailing, truncate, wrongCrc } from './wrong.js';

/** Every fault and its options. */
export interface FaultOptions {
  /** Delays everything that goes out, the handshake included, by this number of milliseconds. */
  readonly delay: number;
  /** Sends some frames `ms` later, so that others overtake them. */
  readonly late: Which & { readonly ms: number };
  /** Serves requests without answering them. */
  readonly silent: Which | true;
  /** Writes every `bytes` bytes (default 1) on their own. */
  readonly split: { readonly bytes?: number } | true;
  /** Writes everything of `ms` milliseconds (default 20) in one piece. */
  readonly merge: { readonly ms?: number } | true;
  /** Reads nothing more from the clients. */
  readonly stall: true;
  /** Ends the connection after the first `bytes` of a frame (default: in the middle of its body). */
  readonly closeMidFrame: (Which & { readonly bytes?: number }) | true;
  /** Ends connections. `true`: all of them now, and each new one immediately; otherwise when such a request arrives. */
  readonly close: Which | true;
  /** Gives wrong CRCs of these messages in the handshake; `true`: of all but memclnt's. */
  readonly wrongCrc: string | readonly string[] | true;
  /** Sends random bytes (default 64) in place of a frame, the same ones in every run. */
  readonly garbage: (Which & { readonly bytes?: number }) | true;
  /** Sends a header that announces `bytes` (default 2 GiB) in place of a frame. */
  readonly oversize: (Which & { readonly bytes?: number }) | true;
  /** Sends a frame without its last `bytes` (default 1). */
  readonly truncate: (Which & { readonly bytes?: number }) | true;
  /** Sends a frame with `bytes` (default 8) too many. */
  readonly trailing: (Which & { readonly bytes?: number }) | true;
  /** Sends a reply that nobody asked for before each reply. */
  readonly stray: (Which & { readonly reply?: string; readonly context?: number; readonly fields?: Fields }) | true;
  /** Sends another message (`reply`) in place of a reply, with the right context. */
  readonly wrongType: (Which & { readonly reply?: string }) | true;
  /**
   * Has the bugs of VPP 26.06 that its clients meet: answers under a sibling's name or a wrong id, garbage in the fields that a
   * refusal leaves open, requests that it dies of, a ping that loses what others send, handlers that keep everybody waiting.
   */
  readonly vppBugs: true;
}

export type Misbehaviour = Partial<FaultOptions>;
export type FaultName = keyof FaultOptions;

/** Makes each fault out of its options. */
type Makers = { readonly [K in FaultName]: (options: FaultOptions[K], host: FaultHost) => FaultHooks };

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
  vppBugs,
};

export const FAULT_NAMES = Object.keys(MAKERS) as readonly FaultName[];

/** Makes the faults that are asked for, in that order. Throws RangeError for an unknown name. */
export function faultsOf(wanted: Misbehaviour, host: FaultHost): Map<FaultName, FaultHooks> {
  const faults = new Map<FaultName, FaultHooks>();
  for (const name of Object.keys(wanted)) {
    if (!isFaultName(name))
      throw new RangeError(`the mock cannot misbehave by ${name}; it knows ${FAULT_NAMES.join(', ')}`);
    const fault = make(name, wanted, host);
    if (fault !== undefined) faults.set(name, fault);
  }
  return faults;
}

function make<K extends FaultName>(name: K, wanted: Misbehaviour, host: FaultHost): FaultHooks | undefined {
  const options: FaultOptions[K] | undefined = wanted[name];
  return options === undefined ? undefined : MAKERS[name](options, host);
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(MAKERS, name);
}
