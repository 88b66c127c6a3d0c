/** Debug output of a start: why this order, and why a plugin was skipped. */

import { expect, it } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { debugLines } from '../../support/debug-lines.js';
import { recordingLog, stub } from '../support.js';

it('plugins: which starts before which and for what, how long each step took, and what went on without', async () => {
  const lines = debugLines('plugins');
  const { log } = recordingLog();
  const bad = stub('bad', [], { optional: true, init: () => Promise.reject(new Error('no licence')) });
  const plugins = [stub('b', [], { requires: ['x'] }), stub('a', [], { provides: ['x'] }), bad];
  const agent = await createAgent({ plugins, log, env: {} });
  await agent.start();
  expect(lines.map((line) => line.replace(/\d+ ms/, 'N ms'))).toEqual([
    'plugins: a before b, which requires "test/x" of a',
    'plugins: start order: a, b, bad',
    'plugins: init of a ended after N ms',
    'plugins: init of b ended after N ms',
    'plugins: init of bad failed after N ms',
    'plugins: going on without bad; closed for it: none',
    'plugins: afterInit of a ended after N ms',
    'plugins: afterInit of b ended after N ms',
  ]);
  await agent.close();
});

it('plugins: an optional one that nobody can serve is skipped, with the reason', async () => {
  const lines = debugLines('plugins');
  const { log } = recordingLog();
  const plugins = [stub('a', []), stub('lost', [], { optional: true, requires: ['x'] })];
  await createAgent({ plugins, log, env: {} });
  expect(lines).toEqual([
    expect.stringMatching(/^plugins: lost is skipped, since it is optional: .*"test\/x"/),
    'plugins: start order: a',
  ]);
});
