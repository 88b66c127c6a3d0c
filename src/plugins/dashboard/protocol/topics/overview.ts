/** The topic `overview`: how VPP does, in few numbers. Counters are undefined while they cannot be read. */

import type { TrafficRates } from './traffic.js';

export interface OverviewTopic {
  /** Milliseconds since VPP's start. */
  readonly uptimeMs?: number;
  /** All interfaces that are no sub-interfaces together. */
  readonly traffic: TrafficRates;
  /** Packets that a node handles in one call, averaged by VPP. */
  readonly vectorRate?: number;
  /** By thread; 0 is the main thread. */
  readonly workers: Readonly<Record<string, WorkerState>>;
  /** By pool. */
  readonly buffers: Readonly<Record<string, Share>>;
  /** By heap, in bytes. */
  readonly heaps: Readonly<Record<string, Share>>;
  readonly api: {
    /** Age of the oldest request that VPP has not answered, and the client or channel that waits. */
    readonly oldestMs: number;
    readonly waiter?: string;
    readonly inFlight: number;
    readonly waiting: number;
    /** The message that takes VPP longest, on average. */
    readonly slowest?: { readonly name: string; readonly meanMs: number; readonly maxMs: number };
  };
  /** The newest first. */
  readonly events: readonly EventLine[];
}

export interface WorkerState {
  readonly vectorRate?: number;
  /** Turns of its loop in a second. */
  readonly loops?: number;
}

export interface Share {
  readonly used?: number;
  readonly total?: number;
}

export interface EventLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tone: 'good' | 'busy' | 'bad' | 'off';
  readonly text: string;
}
