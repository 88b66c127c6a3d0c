/** `vppmux stats` at the stats socket of a mock, and on files. */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { socketPath, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';
import { segmentFile, segmentOfAllTypes } from '../../support/segment-builder.js';
import { cli, startCli } from '../run-cli.js';

const file = () => segmentFile(segmentOfAllTypes().bytes);
const stats = (words: readonly string[], options: Parameters<typeof cli>[1] = {}) => cli(['stats', ...words], options);
const json = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('vppmux stats', () => {
  it('ls: names and types, as lines of JSON or as a table', async () => {
    const { code, stdout } = await stats(['ls', '^/if/', '--file', file()]);
    expect([code, json(stdout)]).toEqual([
      0,
      [
        { name: '/if/drops', type: 'simple' },
        { name: '/if/rx', type: 'combined' },
        { name: '/if/names', type: 'names' },
      ],
    ]);
    const table = await stats(['ls', 'drops', '--file', file()], { terminal: 80 });
    expect(table.stdout).toMatch(/^name +type\n-* *-*\n?\/if\/drops +simple\n\/interfaces\/loop0\/drops +symlink\n/);
  });

  it('get: sums of the threads with the names that indices stand for, without zeros', async () => {
    const { stdout } = await stats(['get', '^/if/(drops|rx)$', '--file', file()], { terminal: 120 });
    const rows = stdout.split('\n').map((line) => line.trim().split(/ +/).join(' '));
    expect(rows).toContain('/if/drops 0 local0 11');
    expect(rows).toContain('/if/rx 2 loop0 1099511627779 1125899906842924');
  });

  it('get --threads: each for itself; --json: whole entries, counters as decimal digits', async () => {
    const { stdout } = await stats(['get', '^/if/drops$', '--threads', '--file', file()], { terminal: 120 });
    expect(stdout.split('\n').map((line) => line.trim().split(/ +/).join(' '))).toContain('/if/drops 0 local0 1 10');
    const lines = json((await stats(['get', '^/(if|sys)/', '--file', file()])).stdout);
    expect(lines).toContainEqual({
      name: '/if/drops',
      type: 'simple',
      counters: [
        ['1', '2', '3'],
        ['10', '20', '30'],
      ],
    });
    expect(lines).toContainEqual({ name: '/sys/heartbeat', type: 'scalar', value: '7' });
  });

  it('--output csv: the rows of the table, all columns; yaml: whole entries', async () => {
    const { lines } = await stats(['get', '^/if/(drops|rx)$', '--output', 'csv', '--file', file()]);
    expect(lines[0]).toBe('name,index,of,value,packets,bytes');
    expect(lines).toContain('/if/drops,0,local0,11,,');
    expect(lines).toContain('/if/rx,2,loop0,,1099511627779,1125899906842924');
    const { stdout } = await stats(['ls', 'drops', '--output', 'yaml', '--file', file()]);
    expect(stdout).toBe('- name: /if/drops\n  type: simple\n- name: /interfaces/loop0/drops\n  type: symlink\n');
  });

  it('nothing that matches: exit code 1', async () => {
    expect(await stats(['get', 'nothing', '--file', file()])).toMatchObject({ code: 1, stdout: '' });
  });

  it('no socket, a pattern that is none: one line each, and its exit code', async () => {
    const none = await stats(['get', '^/if/', '--stats-socket', '/nowhere/stats.sock']);
    expect(none).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^vppmux: no counters at \/nowhere\/stats\.sock: .*start VPP.*\n$/),
    });
    const bad = await stats(['ls', '(', '--file', file()]);
    expect(bad).toMatchObject({ code: 2, stderr: 'vppmux: pattern "(": a ( without its ), at character 2\n' });
  });
});

describe('at the socket of a VPP', needsTools('python3'), () => {
  async function moving() {
    const socket = socketPath();
    return testMock({
      socket,
      stats: { socket: join(dirname(socket), 'stats.sock') },
      traffic: { packetsPerSecond: 1000 },
      updateMs: 0,
      setup: (dataplane) => void dataplane.addLoopback({ up: true }),
    });
  }

  it('next to the API socket: found', async () => {
    const mock = await moving();
    mock.advance(1);
    const { stdout } = await stats(['get', '^/interfaces/loop0/rx$', '-s', mock.socket]);
    expect(json(stdout)).toMatchObject([{ name: '/interfaces/loop0/rx', packets: [['1000']] }]);
  });

  it('watch: a line for each entry that moved, with its rates', async () => {
    const mock = await moving();
    const run = startCli(['stats', 'watch', '^/interfaces/loop0/rx$', '-i', '20ms', '-n', '3', '-s', mock.socket]);
    const timer = setInterval(() => mock.advance(0.02), 5);
    const code = await run.exit;
    clearInterval(timer);
    expect(code).toBe(0);
    for (const line of json(run.stdout)) {
      expect(line).toMatchObject({ name: '/interfaces/loop0/rx', packetsPerSecond: [expect.any(Number)] });
    }
  });

  it('watch on a terminal: tables with what moved, until Ctrl-C', async () => {
    const mock = await moving();
    const run = startCli(['stats', 'watch', '^/if/rx$', '-i', '20ms', '-s', mock.socket], { terminal: 100 });
    const timer = setInterval(() => mock.advance(0.02), 5);
    await run.seen('packets/s');
    clearInterval(timer);
    run.signal('SIGINT');
    await run.exit;
    expect(run.stdout).toMatch(/\/if\/rx +1 +loop0 +\d+/);
  });
});
