/** The surroundings of the page in tests: an agent over a mock with a stats segment, whose counters move when the test says so. */

import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MockOptions } from '../../mock-vpp/index.js';
import type { Plugin } from '../../src/agent/plugin/plugin.js';
import { dashboardAgent, type Settings } from '../plugins/dashboard/dashboard-agent.js';
import { socketPath, testMock } from '../support/mock.js';

export const READ_TOKEN = 'a-token-that-may-read';
export const WRITE_TOKEN = 'a-token-that-may-write';

/** Short, so that tests need not wait. */
const INTERVAL = '100ms';

/** loop0 (up, with an address), loop1 (down), and a sub-interface of loop0. */
const setup: MockOptions['setup'] = (dataplane) => {
  dataplane.addLoopback({ up: true });
  dataplane.addLoopback({ up: false });
};

/** `more`: further plugins of the agent. */
export async function scene(settings: Settings = {}, options: Partial<MockOptions> = {}, more: readonly Plugin[] = []) {
  const socket = socketPath();
  const mock = await testMock({
    socket,
    stats: { socket: join(dirname(socket), 'stats.sock') },
    traffic: { packetsPerSecond: 1000, workers: 2 },
    updateMs: 0,
    setup,
    ...options,
  });
  const own = { ...settings, dashboard: { interval: INTERVAL, ...settings.dashboard } };
  const world = await dashboardAgent(own, mock, more);
  const channel = world.mux.channel({ name: 'scene' });
  onTestFinished(() => channel.close());
  return { ...world, channel, ui: `${world.url}/ui/` };
}
