/** The NAT44-ED plugin, enabled or not, and what outlives that. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../dataplane.js';
import { TableLocks } from '../routing/table-locks.js';
import { NatVrfTables } from './nat-vrf-tables.js';
import { Nat44 } from './nat44.js';

const DEFAULT_SESSIONS = 63 * 1024;
export const DEFAULT_FRAME_QUEUE_SIZE = 64;
export const NO_TIMEOUTS = { udp: 0, tcp_established: 0, tcp_transitory: 0, icmp: 0 };
export const TIMEOUTS = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };

export class NatPlugin {
  /** Undefined while it is disabled. */
  nat?: Nat44;
  forwarding = false;
  timeouts: Fields = NO_TIMEOUTS;
  /** Buckets of the session table, which outlive disabling. */
  buckets = 0;
  /** Logging to IPFIX. */
  logging = false;
  /** Largest MSS that TCP gets; 0: any. */
  mss = 0;
  frameQueueSize = 0;
  readonly locks: TableLocks;
  readonly vrfTables: NatVrfTables;

  constructor(private readonly dataplane: Dataplane) {
    this.locks = new TableLocks(dataplane);
    this.vrfTables = new NatVrfTables(this.locks);
  }

  enable(sessions: number, insideVrf: number, outsideVrf: number): void {
    const config = { sessions: sessions || DEFAULT_SESSIONS, insideVrf, outsideVrf };
    this.nat = new Nat44(config, this.locks, this.dataplane);
    this.forwarding = false;
    this.timeouts = TIMEOUTS;
    this.buckets = bucketsFor(config.sessions);
    this.frameQueueSize ||= DEFAULT_FRAME_QUEUE_SIZE;
    this.mss = 0;
  }

  disable(): void {
    this.nat?.end();
    this.vrfTables.removeAll();
    this.nat = undefined;
    this.forwarding = false;
  }
}

/** The power of two that VPP finds nearest to 2.5 sessions a bucket, the lower of two. */
export function bucketsFor(sessions: number): number {
  const wanted = Math.trunc(sessions / 2.5);
  let lower = 1;
  while (lower * 2 < wanted) lower *= 2;
  return lower * 2 - wanted < wanted - lower && lower * 2 < 2 ** 32 ? lower * 2 : lower;
}
