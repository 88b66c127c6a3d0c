/** Findings of a check about the process itself: in a process of its own, where no test runner has timers and sockets. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { directoryWith, pluginFile } from '../../agent/support.js';
import { builtTree, root } from '../../support/built.js';
import { worksFor } from '../../support/busy.js';

beforeAll(builtTree);

/** Exit code, and the findings by check. */
function check(rest: string) {
  const door = pathToFileURL(join(root, 'dist', 'src', 'sdk', 'index.js')).href;
  const text = `import net from 'node:net';\n${pluginFile('probed', rest).replace('vppmux/plugin', door)}`;
  const file = join(directoryWith({ 'probed.mjs': text }), 'probed.mjs');
  const args = [join(root, 'bin', 'vppmux.js'), 'plugin', 'check', '--json', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { status, of: (name: string) => found.filter((line) => line.check === name) };
}

describe('plugin check, built', () => {
  it('a plugin that ends what it begins: nothing is left over', () => {
    const { status, of } = check(`create() {
      const timer = setInterval(() => {}, 1000);
      const server = net.createServer().listen(0, '127.0.0.1');
      return { close: () => { clearInterval(timer); server.close(); } };
    },`);
    expect(of('left over')).toEqual([{ check: 'left over', ok: 'yes', detail: 'nothing' }]);
    expect(status).toBe(0);
  });

  it('timers, servers and listeners that outlive their plugin: named', () => {
    const { status, of } = check(`create() {
      for (let i = 0; i < 3; i++) setInterval(() => {}, 1000);
      net.createServer().listen(0, '127.0.0.1');
      process.on('SIGHUP', () => {});
      return {};
    },`);
    expect(of('left over')[0].detail).toMatch(/3 × timer/);
    expect(of('left over')[0].detail).toMatch(/1 × TCP server/);
    expect(of('left over')[0].detail).toMatch(/1 × listener of process\.on\('SIGHUP'\) after it has closed$/);
    expect(status).toBe(0);
  });

  it('a timer for each client that nobody ends: named', () => {
    const { of } = check('create: () => ({ open: () => setInterval(() => {}, 1000), closeHandle() {} }),');
    expect(of('handles')[0]).toMatchObject({
      ok: 'warn',
      detail: expect.stringMatching(/left behind: \d+ × timer$/),
    });
  });

  it('a configuration hook that begins again what it has not ended: named', () => {
    const { of } = check(`create() {
      let timer = setInterval(() => {}, 1000);
      return {
        configuration() { timer = setInterval(() => {}, 1000); },
        close: () => clearInterval(timer),
      };
    },`);
    expect(of('left over')[0].detail).toBe('1 × timer after it has closed');
  });

  it('errors that nobody catches: named with their line, exit code 1', () => {
    const { status, of } = check(`create() {
      setTimeout(() => { throw new Error('in a timer'); });
      Promise.reject(new Error('in a promise'));
      return {};
    },`);
    expect(
      of('escaped')
        .map(({ detail }) => detail)
        .sort(),
    ).toEqual([
      expect.stringMatching(/^nobody caught "in a promise \(probed\.mjs:\d+:\d+\)", which ends an agent$/),
      expect.stringMatching(/^nobody caught "in a timer \(probed\.mjs:\d+:\d+\)"/),
    ]);
    expect(status).toBe(1);
  });

  it('an event loop that stands still: told, with the hook', () => {
    const { of } = check(`create: () => ({
      init() { (${worksFor})(1600); },
    }),`);
    expect(of('init')[0]).toMatchObject({
      ok: 'warn',
      detail: expect.stringMatching(/: slow; the agent gives up after 15 s$/),
    });
    expect(of('event loop')[0].detail).toMatch(/^the event loop was blocked for .* plugin probed in its init/);
  });
});
