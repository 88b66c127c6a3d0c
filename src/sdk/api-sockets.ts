/** The service `ApiSockets`: the sockets for VPP's clients, and these clients. */

import { token } from '../agent/token.js';
import type { Access, ApiClient, ApiSocketCounters } from '../mux/index.js';

/** One socket as it is now. */
export interface ApiSocketStatus {
  /** Name for policies, lists and the log; no two sockets have the same. */
  readonly role: string;
  /** Path, or `systemd:NAME`. */
  readonly socket: string;
  readonly access: Access;
  /** `closed`: drained; it listens again after `resume`. */
  readonly state: 'listening' | 'paused' | 'closed';
  readonly clients: number;
  /** Age of the oldest request of any of its clients that has no answer, milliseconds. */
  readonly maxWaitMs: number;
  /** Since the plugin was started. */
  readonly counters: ApiSocketCounters;
}

/** Picks sockets; without a role all of them. */
export interface WhichSockets {
  readonly role?: string;
}

/** Everything is read from memory. */
export interface ApiSockets {
  sockets(): readonly ApiSocketStatus[];
  clients(): readonly ApiClient[];
  /** Closes a client; its number is that of its channel. False where there is none. */
  kill(id: number): boolean;
  /**
   * Lets what is at VPP finish and holds the rest, new clients too, for at most `timeoutMs` (default: `pause-timeout`). Resolves with
   * the number of requests that are still at VPP: 0, unless `signal` is aborted or the time is over before.
   */
  pause(options?: WhichSockets & { readonly timeoutMs?: number; readonly signal?: AbortSignal }): Promise<number>;
  /** Lets the clients go on. Sockets that were drained listen again. */
  resume(options?: WhichSockets): Promise<void>;
  /**
   * Listens no more, waits for the clients to leave for at most `timeoutMs` (default: `drain-timeout`) and closes those that are left;
   * resolves with their number.
   */
  drain(options?: WhichSockets & { readonly timeoutMs?: number }): Promise<number>;
}
export const ApiSockets = token<ApiSockets>('api-sockets');
