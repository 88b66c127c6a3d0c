/** The units of vppmux-proxy: they belong together, and start what is there. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { durationOption } from '../../src/cli/option-values.js';
import { cli } from '../cli/run-cli.js';
import { root } from '../support/built.js';
import { excuse } from '../support/excused.js';

const read = (name: string) => readFileSync(join(root, 'deploy', 'systemd', name), 'utf8');
const [socket, service] = [read('vppmux-proxy.socket'), read('vppmux-proxy.service')];
const line = (text: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '';

it('the socket: is the one that the service needs, with the name and permissions of the proxy', () => {
  expect(line(service, 'Requires')).toBe('vppmux-proxy.socket');
  expect(line(service, 'Also')).toBe('vppmux-proxy.socket');
  expect(line(socket, 'ListenStream')).toBe('/run/vpp/api.sock');
  expect(line(socket, 'SocketMode')).toBe('0770');
});

it('the command: has options that the proxy knows', async () => {
  const [, ...words] = line(service, 'ExecStart').split(' ');
  expect(words.slice(1)).toContain('proxy');
  const { stdout } = await cli(['help', 'proxy']);
  for (const option of words.filter((word) => word.startsWith('--'))) expect(stdout).toContain(option);
});

it('the time to stop: is more than the drain', async () => {
  const { stdout } = await cli(['help', 'proxy']);
  const [, drain] = /--drain-timeout.*?\(default:\s+"(\w+)"/s.exec(stdout) ?? [];
  expect(durationOption(line(service, 'TimeoutStopSec'))).toBeGreaterThan(durationOption(drain));
});

it.for(['vppmux-proxy.socket', 'vppmux-proxy.service'])('%s: systemd-analyze finds nothing wrong', (name, context) => {
  const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  if (analyze('--version').status !== 0) excuse(context, 'systemd-analyze is not there');
  const { stderr } = analyze('verify', join(root, 'deploy', 'systemd', name));
  // Programs and groups of another machine.
  expect(stderr.split('\n').filter((text) => text !== '' && !/not executable|No such file/.test(text))).toEqual([]);
});
