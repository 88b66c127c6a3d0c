/** All kinds of control events together: one line for each plugin, whatever its hooks take. */

import { expect, it, vi } from 'vitest';
import { ConfigState } from '../../../src/agent/config/config-state.js';
import { ControlQueue } from '../../../src/agent/control/control-queue.js';
import type { AnyInstance } from '../../../src/agent/plugin/plugin.js';
import { LoopWatch } from '../../../src/agent/process/loop-watch.js';
import { StatusBoard } from '../../../src/agent/status/status-board.js';
import { recordingLog } from '../support.js';

it('control events of every kind: come in the order in which things happened, never two at once', async () => {
  const { log, text } = recordingLog('warn');
  const status = new StatusBoard().add({ name: 'a', version: '1', optional: false });
  const queue = new ControlQueue(
    { name: 'a', log, status, loop: new LoopWatch(() => {}), state: new ConfigState(() => {}) },
    { size: 0 },
    5000,
  );
  const steps: string[] = [];
  let running = 0;
  /** Takes a few turns of the event loop, the longer the earlier it comes. */
  const slowly = async (step: string) => {
    running++;
    expect(running).toBe(1);
    for (let turns = 10 - steps.length; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    steps.push(step);
    running--;
  };
  const hooks: AnyInstance = {
    dataplane: ({ state }) => slowly(state),
    configuration: ({ before, after }) => slowly(`configuration ${JSON.stringify([before, after])}`),
    redundancy: ({ role, state }) => slowly(`${role} ${state}`),
    saveState: async () => {
      await slowly('saveState');
      return steps.length;
    },
  };
  queue.dataplane({ state: 'up', generation: 1 }); // before it has begun
  queue.configuration({ size: 1 }, 'a.conf');
  queue.begin(hooks);
  queue.dataplane({ state: 'down', generation: 1, reason: 'x' });
  queue.redundancy({ role: 'backup', generation: 1, socket: '/b', reason: 'x' });
  queue.configuration({ size: 2 }, 'a.conf');
  queue.dataplane({ state: 'new', generation: 2 });
  const saved = queue.saveState();
  queue.redundancy({ role: 'primary', generation: 2, socket: '/a', reason: 'x' });
  await saved;
  await vi.waitFor(() => expect(steps).toHaveLength(9));
  expect(steps).toEqual([
    'up',
    'configuration [{"size":0},{"size":1}]',
    'down',
    'saveState',
    'backup 4',
    'configuration [{"size":1},{"size":2}]',
    'new',
    'saveState',
    'primary 8',
  ]);
  expect(text()).toBe('');
  await queue.end();
});
