/**
 * Concurrency of a plugin's operations, kept by the agent, so that a plugin needs no locks.
 *
 *   parallel                any number (the default)
 *   serialize-requests      one at a time for each client
 *   serialize-all-requests  one at a time; open and closeHandle count as one
 *   serialize-connections   one client at a time has a handle, and one operation runs at a time; others wait until
 *                           that client has closed
 */

import type { Call } from './call.js';
import type { Handle } from './handle.js';
import { Mutex } from './mutex.js';

export const CONCURRENCY = [
  'serialize-connections',
  'serialize-all-requests',
  'serialize-requests',
  'parallel',
] as const;
export type Concurrency = (typeof CONCURRENCY)[number];

/** Lets the calls of one plugin run as its concurrency model allows. */
export class ConcurrencyLimiter {
  private readonly all = new Mutex();
  private readonly connection = new Mutex();

  constructor(readonly model: Concurrency) {}

  /**
   * Waits until `call` may run; returns the function that lets the next one run. Throws when the call is aborted
   * before.
   */
  async enter(call: Call, handle: Handle): Promise<() => void> {
    if (this.model === 'parallel') return () => {};
    const leave = await (this.model === 'serialize-all-requests' ? this.all : handle.mutex).acquire(call);
    if (this.model !== 'serialize-connections' || handle.leave !== undefined) return leave;
    try {
      const pass = await this.connection.acquire(call);
      // A client that closes just when its turn comes would never pass it on.
      if (call.stopped) pass();
      else handle.leave = pass;
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** Closes a handle, as the model allows, and then lets the next client in. */
  async close(handle: Handle, ms: number): Promise<void> {
    const exclusive = this.model === 'serialize-all-requests' && handle.opened;
    const leave = exclusive ? await this.all.acquireWithin(handle.client.id, ms) : undefined;
    await handle.close(ms);
    leave?.();
    handle.letNextIn();
  }

  /** Number of waiting calls. */
  get waiting(): number {
    return this.all.waiting + this.connection.waiting;
  }
}
