import { expect, it } from 'vitest';
import { configuredSockets } from '../../src/cli/govpp-conf.js';
import { directoryWith } from '../agent/support.js';

it('the sockets that govpp.conf configures: are known without an agent', () => {
  const dir = directoryWith({ 'govpp.conf': 'binapi-socket-path: /tmp/y.sock\nproxy-enabled: true\n' });
  expect(configuredSockets({ dir })).toEqual(['/tmp/y.sock']);
  expect(configuredSockets({})).toEqual([undefined]);
  const two = directoryWith({ 'govpp.conf': 'dataplanes: { primary: /tmp/a, backup: /tmp/b }\n' });
  expect(configuredSockets({ dir: two })).toEqual(['/tmp/a', '/tmp/b']);
});
