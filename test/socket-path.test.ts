import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMock } from '../mock-vpp/index.js';
import { thisMachine } from '../src/cli/doctor/machine.js';
import { connect } from '../src/mux/index.js';
import { openUnixLink } from '../src/mux/link/unix-link.js';
import { govppConfig } from '../src/plugins/govpp/config.js';
import { MAX_SOCKET_PATH_BYTES, socketPathProblem } from '../src/socket-path.js';
import { cli } from './cli/run-cli.js';

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vppmux-path-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A path in `dir` of so many bytes, of characters of two bytes each as far as they go. */
function pathOf(bytes: number, dir: string): string {
  const rest = bytes - Buffer.byteLength(`${dir}/`);
  return `${dir}/${'ü'.repeat(Math.floor(rest / 2))}${'x'.repeat(rest % 2)}`;
}

describe('the path of a socket', () => {
  it.each<[string, string, RegExp | undefined]>([
    ['the longest there is', '/'.padEnd(MAX_SOCKET_PATH_BYTES, 'x'), undefined],
    ['one more', '/'.padEnd(MAX_SOCKET_PATH_BYTES + 1, 'x'), /^has 108 bytes, a Unix socket takes 107 at most: choose/],
    ['few characters of many bytes', `/${'€'.repeat(40)}`, /^has 121 bytes/],
    ['none', '', /must not be empty/],
    ['one that ends early', '/tmp/a\0b', /NUL/],
    ['an abstract one', '\0vpp', undefined],
  ])('%s', (_, path, problem) => {
    if (problem === undefined) expect(socketPathProblem(path)).toBeUndefined();
    else expect(socketPathProblem(path)).toMatch(problem);
  });

  it('too long for a mock: refused before anything is made', async () => {
    const dir = directory();
    const socket = pathOf(MAX_SOCKET_PATH_BYTES + 1, join(dir, 'new'));
    await expect(startMock({ socket })).rejects.toThrow(
      `the path of the socket has ${MAX_SOCKET_PATH_BYTES + 1} bytes`,
    );
    const { code, stderr } = await cli(['mock', '--socket', socket]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^vppmux: the mock cannot listen on [^\n]+ has 108 bytes, [^\n]+ choose a shorter one[^\n]+\n$/,
    );
    expect(readdirSync(dir)).toEqual([]);
  });

  it('the longest there is: a mock listens there, and is found there', async () => {
    const socket = pathOf(MAX_SOCKET_PATH_BYTES, directory());
    const mock = await startMock({ socket });
    onTestFinished(() => mock.stop());
    expect(existsSync(socket)).toBe(true);
    await (await connect({ socket })).close();
  });

  it('too long for a client: refused, though a shorter one of the same beginning is there', async () => {
    const dir = directory();
    const socket = pathOf(MAX_SOCKET_PATH_BYTES, dir);
    const mock = await startMock({ socket });
    onTestFinished(() => mock.stop());
    const longer = `${socket}.old`;
    await expect(connect({ socket: longer })).rejects.toMatchObject({ code: 'BAD_OPTION', path: 'socket' });
    await expect(connect({ socket, backup: { socket: longer } })).rejects.toMatchObject({ path: 'backup.socket' });
    await expect(openUnixLink({ socket: longer, timeoutMs: 1000, maxFrameBytes: 1024 })).rejects.toThrow(
      'has 111 bytes',
    );
    expect(await thisMachine.knock(longer)).toBe('ENAMETOOLONG');
    const { code, stderr } = await cli(['call', 'show_version', '--socket', longer]);
    expect(code).toBe(2);
    expect(stderr).toContain('has 111 bytes');
    expect(mock.received()).toBe(0);
  });

  it('too long, by a link to its directory: works', async () => {
    const dir = directory();
    const deep = join(dir, 'x'.repeat(120));
    mkdirSync(deep);
    symlinkSync(deep, join(dir, 'l'));
    const mock = await startMock({ socket: join(dir, 'l', 'api.sock') });
    onTestFinished(() => mock.stop());
    expect(existsSync(join(deep, 'api.sock'))).toBe(true);
  });

  it.each([
    ['binapi-socket-path', (path: string) => ({ 'binapi-socket-path': path })],
    ['dataplanes.backup', (path: string) => ({ dataplanes: { primary: '/run/vpp/api.sock', backup: path } })],
  ])('too long in govpp.conf, %s: refused with its key', (key, config) => {
    const { error } = govppConfig.safeParse(config(`/${'x'.repeat(107)}`));
    expect(error?.issues).toMatchObject([{ path: key.split('.'), message: expect.stringContaining('has 108 bytes') }]);
  });
});
