/** The topic `state`: who is there. It is sent to every client. */

import type { DataplaneEntry } from '../feed.js';

export interface StateTopic {
  readonly agent: {
    readonly name: string;
    readonly version: string;
    /** Milliseconds since 1970. */
    readonly startedAt: number;
    /** The worst state of all plugins. */
    readonly overall: string;
    readonly reason: string;
  };
  readonly vpp: {
    /** A `ConnectionState`: `ready`, `backoff`, … */
    readonly state: string;
    readonly reason: string;
    readonly since: number;
    readonly socket: string;
    readonly generation: number;
    readonly reconnects: number;
    readonly version?: string;
    readonly pid?: number;
  };
  /** The stats segment. */
  readonly stats: {
    readonly state: 'reading' | 'stale' | 'away';
    readonly reason?: string;
    readonly since: number;
    /** The way to the segment's memory. */
    readonly way?: string;
  };
  /** Whether the agent is a member of a fleet. */
  readonly fleet: boolean;
  /** All dataplanes of the agent, `main` first; left out where there is one only. */
  readonly dataplanes?: readonly DataplaneEntry[];
}
