/** `retry-request-count`: a request that was not sent because VPP was away is tried again. */

import { setTimeout as delay } from 'node:timers/promises';
import { VppmuxError } from '../errors.js';

/** Only NOT_CONNECTED is retried: everything else may have had an effect, or will fail again. */
export async function retryWhileAway<T>(
  attempt: () => Promise<T>,
  { count, delayMs }: { count: number; delayMs: number },
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= count || !(error instanceof VppmuxError) || error.code !== 'NOT_CONNECTED') throw error;
      await delay(delayMs);
    }
  }
}
