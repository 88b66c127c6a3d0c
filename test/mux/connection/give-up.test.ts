/** How long VPP has to come until a connection gives up, on a clock that the test turns. */

import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../src/agent/config/read.js';
import { backoffDelay } from '../../../src/backoff.js';
import { createConnection } from '../../../src/mux/index.js';
import { connectOptions, govppConfig } from '../../../src/plugins/govpp/config.js';
import { directoryWith } from '../../agent/support.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** The seconds at which it was tried, and the one at which it was given up, with this govpp.conf and no VPP. */
async function triesOf(text: string, seconds: number) {
  const dir = directoryWith({ 'govpp.conf': text });
  const options = connectOptions(readConfig(join(dir, 'govpp.conf'), govppConfig).value);
  const tries: number[] = [];
  let second = 0;
  let gaveUp: number | undefined;
  const connection = createConnection({ ...options, socket: join(dir, 'none.sock'), cacheDir: false });
  const following = connection.states().subscribe(({ state }) => {
    if (state === 'connecting') tries.push(second);
    if (state === 'closed') gaveUp = second;
  });
  const settled = () => connection.state === 'backoff' || connection.state === 'closed';
  for (; second <= seconds && gaveUp === undefined; second += 0.5) {
    await vi.advanceTimersByTimeAsync(second === 0 ? 0 : 500);
    // The attempt itself is no matter of timers.
    while (!settled()) await turn();
  }
  following.unsubscribe();
  connection.destroy();
  return { tries, gaveUp };
}

describe('giving up', () => {
  it('retry-connect-count 3 at retry-connect-timeout 2s: three more attempts, two seconds apart; given up after six', async () => {
    const found = await triesOf('retry-connect-count: 3\nretry-connect-timeout: 2s\n', 20);
    expect(found).toEqual({ tries: [0, 2, 4, 6], gaveUp: 6 });
  });

  it('without a count: never, and the wait grows up to the timeout', async () => {
    const { tries, gaveUp } = await triesOf('retry-connect-timeout: 2s\n', 60);
    expect(gaveUp).toBeUndefined();
    expect(tries.filter((at) => at < 2).length).toBeGreaterThan(2);
    const late = tries.filter((at) => at > 20);
    for (const [i, at] of late.slice(1).entries()) expect(at - late[i]).toBeLessThanOrEqual(2.5);
  });

  it('one delay: is kept exactly, without jitter', () => {
    for (const attempt of [1, 2, 50]) expect(backoffDelay(attempt, { delayMs: 700, maxDelayMs: 700 })).toBe(700);
  });
});
