/** When silence is a missed probe, and when it is no news. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HealthMonitor } from '../../../src/mux/connection/health-monitor.js';
import { TimeoutError } from '../../../src/mux/errors.js';
import { debugLines } from '../../support/debug-lines.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A VPP that says nothing, probed each second with a second of patience. */
function silentVpp() {
  const world = { probes: 0, missed: [] as number[], isExcused: false, frames: 0 };
  const monitor = new HealthMonitor({
    intervalMs: 1000,
    timeoutMs: 1000,
    threshold: 2,
    probe: (timeoutMs) => {
      world.probes++;
      return new Promise((_, reject) =>
        setTimeout(() => reject(new TimeoutError('REPLY_TIMEOUT', 'no answer', {})), timeoutMs),
      );
    },
    framesIn: () => world.frames,
    isExcused: () => world.isExcused,
    onMissed: (missed) => world.missed.push(missed),
    onAlive() {},
    onUnusable() {},
  });
  return { world, stop: () => monitor.stop() };
}

describe('the health monitor', () => {
  it('VPPMUX_DEBUG=health: says why no probe goes out, and what one without an answer means', async () => {
    const lines = debugLines('health');
    const { world, stop } = silentVpp();
    world.isExcused = true;
    await vi.advanceTimersByTimeAsync(1000);
    world.isExcused = false;
    await vi.advanceTimersByTimeAsync(2000);
    world.frames++;
    await vi.advanceTimersByTimeAsync(1000);
    expect(lines).toEqual([
      'health: no probe: VPP is at a request that may take long',
      'health: a probe was not answered within 1000 ms, and nothing else came: 1 in a row, threshold 2',
      'health: a message came from VPP: 1 missed probes are forgotten',
    ]);
    stop();
  });

  it('a request that may take half a minute: no probe is sent meanwhile, none counts as missed', async () => {
    const { world, stop } = silentVpp();
    world.isExcused = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(world).toMatchObject({ probes: 0, missed: [] });
    world.isExcused = false;
    await vi.advanceTimersByTimeAsync(3100);
    expect(world.missed).toEqual([1, 2]);
    stop();
  });

  it('a probe that is on its way when such a request begins: does not count either', async () => {
    const { world, stop } = silentVpp();
    await vi.advanceTimersByTimeAsync(1100);
    world.isExcused = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(world).toMatchObject({ probes: 1, missed: [] });
    stop();
  });
});
