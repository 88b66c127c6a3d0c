/** Options of NAT44-EI, which can be set while it is disabled; enabling it sets most of them anew. */
import type { Fields } from '../../../src/mux/internal.js';
import { bucketsFor, DEFAULT_FRAME_QUEUE_SIZE, NO_TIMEOUTS, TIMEOUTS } from './nat-plugin.js';

export class EiOptions {
  forwarding = false;
  timeouts: Fields = NO_TIMEOUTS;
  /** Largest MSS that TCP gets; 0: any. */
  mss = 0;
  frameQueueSize = 0;
  logLevel = 0;
  /** Buckets of its tables, which outlive disabling. */
  userBuckets = 0;
  translationBuckets = 0;
  /** How ports outside are chosen. */
  allocation: Fields = { alg: 0, psid_offset: 0, psid_length: 0, psid: 0, start_port: 0, end_port: 0 };
  /** Ends of the link to the other NAT. */
  listener: Fields = {};
  failover: Fields = {};

  restart(users: number, sessions: number): void {
    this.forwarding = false;
    this.timeouts = TIMEOUTS;
    this.mss = 0;
    this.frameQueueSize ||= DEFAULT_FRAME_QUEUE_SIZE;
    this.userBuckets = bucketsFor(users);
    this.translationBuckets = bucketsFor(sessions);
    this.allocation = { ...this.allocation, alg: 0 };
  }
}
