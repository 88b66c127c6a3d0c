/** `retry-request-count`: a request that was not sent because VPP was away is tried again. */

import { setTimeout as delay } from 'node:timers/promises';
import { VppmuxError } from '../errors.js';
import type { RequestOptions } from '../types.js';

/** Runs `attempt` again while VPP is away; `options` bound the waiting. */
export type Retrying = <T>(attempt: () => Promise<T>, options?: RequestOptions) => Promise<T>;

/**
 * Runs `attempt` again after NOT_CONNECTED only: everything else may have had an effect, or will fail again.
 * Waiting ends with the signal, and with the time that the call has.
 */
export async function retryWhileAway<T>(
  attempt: () => Promise<T>,
  { count, delayMs }: { readonly count: number; readonly delayMs: number },
  { signal, timeoutMs }: RequestOptions = {},
): Promise<T> {
  const end = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const away = error instanceof VppmuxError && error.code === 'NOT_CONNECTED';
      if (!away || tries >= count || performance.now() + delayMs > end) throw error;
      await delay(delayMs, undefined, { signal }).catch((cause) => {
        const fields = { messageName: error.messageName, outcome: 'not-sent' } as const;
        throw new VppmuxError('ABORTED', `given up by the caller while VPP was away: ${error.message}`, fields, cause);
      });
    }
  }
}
