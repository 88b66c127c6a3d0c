/** The right to trace or capture packets of a VPP: one at a time has it, and for a time. */

import { showDuration } from '../../duration.js';
import { type Fault, fault } from '../../sdk/index.js';

export type CaptureKind = 'packet-trace' | 'pcap';

/** Names of the kinds, for people. */
export const KIND_NAMES: Readonly<Record<CaptureKind, string>> = { 'packet-trace': 'packet trace', pcap: 'pcap' };

export interface Lease {
  /** Random, so that nobody stops by mistake what is another's. */
  readonly id: string;
  readonly kind: CaptureKind;
  /** Name of the client, and the way by which it called: `token of the operator (rest)`. */
  readonly owner: string;
  readonly since: Date;
  /** When it ends at the latest. */
  readonly until: Date;
}

/** The fault for who asks while another has it. */
export function heldBy({ kind, owner, since, until }: Omit<Lease, 'id'>): Fault {
  const left = Math.max(0, until.getTime() - Date.now());
  return fault(
    'EBUSY',
    `${owner} has a ${KIND_NAMES[kind]} of this VPP since ${clock(since)}, until ${clock(until)} at the latest (${showDuration(left)} from now); one at a time is possible`,
  );
}

const clock = (time: Date) => `${time.toISOString().slice(0, 19)}Z`;
