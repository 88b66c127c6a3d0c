import { expect, it } from 'vitest';
import { configuredOthers, configuredSockets } from '../../src/cli/govpp-conf.js';
import { govppConfig } from '../../src/plugins/for-cli.js';
import { directoryWith } from '../agent/support.js';

it('the sockets that govpp.conf configures: are known without an agent', () => {
  const dir = directoryWith({ 'govpp.conf': 'binapi-socket-path: /tmp/y.sock\nproxy-enabled: true\n' });
  expect(configuredSockets({ dir })).toEqual(['/tmp/y.sock']);
  expect(configuredSockets({})).toEqual([undefined]);
  const two = directoryWith({ 'govpp.conf': 'dataplanes: { primary: /tmp/a, backup: /tmp/b }\n' });
  expect(configuredSockets({ dir: two })).toEqual(['/tmp/a', '/tmp/b']);
});

it('the other dataplanes of govpp.conf: stay where the command line names the VPP of main', () => {
  const text = 'dataplanes: { backup: /b, primary: /a, edge: { primary: /c, backup: /d, fail-back-after: 2s } }\n';
  const others = configuredOthers({ dir: directoryWith({ 'govpp.conf': text }) });
  const edge = {
    primary: '/c',
    backup: '/d',
    'fail-back': 'auto',
    'fail-back-after': '2000ms',
    'stats-socket-path': '',
  };
  expect(others).toEqual({ edge });
  expect(govppConfig.parse({ dataplanes: others }).dataplanes.edge).toMatchObject({ 'fail-back-after': 2000 });
  expect(configuredOthers({ dir: directoryWith({ 'govpp.conf': 'dataplanes: 5\n' }) })).toEqual({});
  expect(configuredOthers({})).toEqual({});
});
