import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findVpp } from '../../../src/cli/agents/find-vpp.js';
import { usualSocket } from '../../../src/mux/options.js';
import { directoryWith } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';
import { environmentWith } from './support.js';

const NOWHERE = '/nonexistent/api.sock';
const NOBODY = '127.0.0.1:1';
const { signal } = new AbortController();
const find = (env: Record<string, string>, usual = NOWHERE) => findVpp(env, signal, { usual });

/** Starts what answers at an agent's address; gives the address, and the requests that came. */
async function answering(listener: RequestListener) {
  const headers: unknown[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise((resolve) => server.once('listening', resolve));
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, headers };
}

const saying = (body: unknown) =>
  answering((_request, response) => response.end(typeof body === 'string' ? body : JSON.stringify(body)));

describe('the VPP that nobody named', () => {
  it('a socket at the usual place: that, whatever agents run', async () => {
    const [usual, other] = [await testMock(), await testMock()];
    expect(await find(environmentWith({ socket: other.socket }), usual.socket)).toBeUndefined();
  });

  it('none there: that of the agent that runs, by its entry', async () => {
    const { socket } = await testMock();
    const env = environmentWith({ socket, url: 'http://127.0.0.1:9999' }, { socket, url: 'nonsense' });
    expect(await find(env)).toMatchObject({ socket, from: `the agent with pid ${process.pid}` });
  });

  it('several agents: the one at the usual address, the one that VPPMUX_AGENT names, or a question', async () => {
    const [a, b] = [await testMock(), await testMock()];
    const both = environmentWith(
      { socket: a.socket, url: 'http://127.0.0.1:9292' },
      { socket: b.socket, url: 'http://[::]:9191' },
    );
    expect(await find(both)).toMatchObject({ socket: b.socket });
    expect(await find({ ...both, VPPMUX_AGENT: 'localhost:9292' })).toMatchObject({ socket: a.socket });
    const neither = environmentWith({ socket: a.socket, url: 'http://127.0.0.1:1' }, { socket: b.socket });
    await expect(find(neither)).rejects.toThrow(/several agents run, with different VPPs: say which with --socket: /);
    const same = environmentWith({ socket: a.socket }, { socket: a.socket });
    expect(await find(same)).toMatchObject({ socket: a.socket });
  });

  it.each<[string, (socket: string) => object | string]>([
    ['of an agent that was killed', (socket) => ({ socket, pid: 0x3fffffff, started: undefined })],
    ['of an agent whose number another process has by now', (socket) => ({ socket, started: '1' })],
    ['without a socket', () => ({})],
    ['with a socket that has gone', () => ({ socket: NOWHERE })],
    ['with a path that is relative', () => ({ socket: 'api.sock' })],
    ['of numbers and lists', () => ({ socket: [1], pid: process.pid })],
    ['that is no JSON', () => '{"pid":'],
    ['that is null', () => 'null'],
  ])('an entry %s: does not count', async (_, entry) => {
    const { socket } = await testMock();
    const env = { ...environmentWith(entry(socket)), VPPMUX_AGENT: NOBODY };
    expect(await find(env)).toBeUndefined();
  });

  it('entries in a folder that others may write to: not believed', async () => {
    const { socket } = await testMock();
    const env = environmentWith({ socket });
    chmodSync(join(env.XDG_RUNTIME_DIR, 'vppmux'), 0o777);
    expect(await find({ ...env, VPPMUX_AGENT: NOBODY })).toBeUndefined();
  });

  it('an agent of another user: asked for its status, and sent no token', async () => {
    const { socket } = await testMock();
    const { address, headers } = await saying({ vpp: { socket } });
    const env = { ...environmentWith(), VPPMUX_AGENT: address, VPPMUX_TOKEN: 'secret' };
    expect(await find(env)).toEqual({ socket, from: `the agent at ${address}` });
    expect(headers).toHaveLength(1);
    expect(JSON.stringify(headers)).not.toContain('secret');
  });

  it('a dataplane of an agent: by its entry, or by the status of one of another user; never the usual place in its stead', async () => {
    const [main, edge] = [await testMock(), await testMock()];
    const at = (env: Record<string, string>, dataplane: string) =>
      findVpp(env, signal, { usual: main.socket, dataplane });
    const own = environmentWith({ socket: main.socket, dataplanes: { edge: edge.socket } });
    expect(await at(own, 'edge')).toMatchObject({ socket: edge.socket });
    expect(await at(own, 'main')).toMatchObject({ socket: main.socket });
    await expect(at({ ...own, VPPMUX_AGENT: NOBODY }, 'core')).rejects.toThrow('there are main, edge (pid ');
    const named = environmentWith({
      socket: main.socket,
      dataplanes: { edge: edge.socket },
      statsSockets: { edge: '/run/e' },
    });
    expect([await at(named, 'edge'), await at(named, 'main')]).toEqual([
      { socket: edge.socket, statsSocket: '/run/e', url: undefined, from: `the agent with pid ${process.pid}` },
      { socket: main.socket, url: undefined, from: `the agent with pid ${process.pid}` },
    ]);
    const { address } = await saying({ vpp: {}, dataplanes: { edge: { vpp: { socket: edge.socket } } } });
    const others = { ...environmentWith(), VPPMUX_AGENT: address };
    expect(await at(others, 'edge')).toEqual({ socket: edge.socket, from: `the agent at ${address}` });
    await expect(at(others, 'constructor')).rejects.toThrow('no agent of this user runs');
  });

  it.each<[string, (socket: string) => unknown]>([
    ['no JSON', () => 'hello'],
    ['null', () => 'null'],
    ['a list', () => []],
    ['a path that is a number', () => ({ vpp: { socket: 7 } })],
    ['a path that is relative', () => ({ vpp: { socket: 'api.sock' } })],
    ['a path too long', () => ({ vpp: { socket: `/${'x'.repeat(200)}` } })],
    [
      'a path of a plain file',
      (socket) => ({ vpp: { socket: join(directoryWith({ file: '' }), 'file'), not: socket } }),
    ],
    [
      'a link to a socket, whose owner is not the socket’s',
      (socket) => {
        const link = join(directoryWith({}), 'link');
        symlinkSync(socket, link);
        return { vpp: { socket: link } };
      },
    ],
    [
      'a socket behind a name that others can make lead elsewhere',
      (socket) => {
        const open = directoryWith({});
        symlinkSync(dirname(socket), join(open, 'vpp'));
        chmodSync(open, 0o777);
        return { vpp: { socket: join(open, 'vpp', basename(socket)) } };
      },
    ],
    ['more than anybody would', () => 'x'.repeat(5 * 1024 * 1024)],
  ])('a stranger at its address who answers %s: not believed', async (_, answer) => {
    const { socket } = await testMock();
    const { address } = await saying(answer(socket));
    expect(await find({ ...environmentWith(), VPPMUX_AGENT: address })).toBeUndefined();
  });

  it('one that refuses, and one that is elsewhere: not taken', async () => {
    const { address } = await answering((_request, response) => response.writeHead(401).end('{}'));
    expect(await find({ ...environmentWith(), VPPMUX_AGENT: address })).toBeUndefined();
    expect(await find({ ...environmentWith(), VPPMUX_AGENT: 'https://agent.example.com' })).toBeUndefined();
  });
});

// A VPP at the usual place would be taken.
describe.skipIf(existsSync(usualSocket()))('commands without a socket', () => {
  it('call: takes the running agent’s, and says so on a terminal only', async () => {
    const { socket } = await testMock({ version: '26.06-agents' });
    const env = environmentWith({ socket });
    const piped = await cli(['call', 'show_version'], { env });
    expect(piped).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('26.06-agents') });
    const shown = await cli(['call', 'show_version'], { env, stderrTerminal: true });
    // The place where the line is wrapped depends on the number of this process.
    expect(shown.stderr.replace(/\s+/g, ' ').trim()).toBe(
      `vppmux: using the VPP of the agent with pid ${process.pid} (${socket})`,
    );
  });

  it.each([
    ['dump', 'sw_interface_dump'],
    ['ping', '--count=1'],
    ['describe', 'show_version'],
  ])('%s %s: take it as well', async (...args) => {
    const { socket } = await testMock();
    const { stderr } = await cli(args, { env: { ...environmentWith({ socket }) }, stderrTerminal: true });
    expect(stderr).toContain(`using the VPP of the agent with pid ${process.pid}`);
  });

  it('watch: takes it as well', async () => {
    const { socket } = await testMock();
    const run = startCli(['watch', 'sw_interface_event'], { env: environmentWith({ socket }), stderrTerminal: true });
    await run.seen(`using the VPP of the agent with pid ${process.pid}`);
    run.signal('SIGINT');
    await run.exit;
  });

  it('doctor: examines it, and says whose it is', async () => {
    const { socket } = await testMock();
    const { stdout } = await cli(['doctor', '--json'], { env: environmentWith({ socket }) });
    expect(stdout).toContain(`${socket} (the agent with pid ${process.pid})`);
  });

  it('doctor: checks the configuration that it runs with, unless another VPP is named or several agents run', async () => {
    const [{ socket }, other] = [await testMock(), await testMock()];
    const configDir = directoryWith({ 'http.conf': 'endpiont: 127.0.0.1:1\n' });
    const checked = async (env: Record<string, string>, ...args: string[]) =>
      (await cli(['doctor', ...args], { env })).lines.filter((line) => / config /.test(line)).join('\n');
    const env = environmentWith({ socket, configDir });
    expect(await checked(env)).toContain(`${configDir}/http.conf:1:1`);
    writeFileSync(join(configDir, 'http.conf'), 'endpoint: 127.0.0.1:1\n');
    expect(await checked(env)).toContain(`${configDir} of the agent with pid ${process.pid} is valid`);
    expect(await checked(env, '--socket', other.socket)).toContain('no --config-dir: the defaults');
    const two = environmentWith({ socket, configDir }, { socket });
    expect(await checked(two)).toContain('no --config-dir: the defaults');
  });

  it('named by option or environment: that', async () => {
    const [agents, named] = [await testMock(), await testMock({ version: '26.06-named' })];
    const env = environmentWith({ socket: agents.socket });
    const byOption = await cli(['call', 'show_version', '--socket', named.socket], { env });
    const byEnvironment = await cli(['call', 'show_version'], { env: { ...env, VPP_API_SOCKET: named.socket } });
    for (const { stdout } of [byOption, byEnvironment]) expect(stdout).toContain('26.06-named');
  });

  it('no agent either: the usual place is named', async () => {
    const { code, stderr } = await cli(['call', 'show_version']);
    expect(code).toBe(3);
    expect(stderr).toContain('no socket at /run/vpp/api.sock');
  });
});
