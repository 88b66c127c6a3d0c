/** `vppmux proxy` as a service runs it: real processes, sockets and signals. */

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtTree, root } from '../../support/built.js';
import { ownSchema, socketPath, testMock } from '../../support/mock.js';
import { ownAgents } from '../../support/own-agents.js';
import { RawClient } from '../../support/raw-client.js';
import { cli } from '../run-cli.js';

const vppmux = join(root, 'bin', 'vppmux.js');

beforeAll(builtTree);

/** Starts it; `seen` waits for a line of its log. */
function startProxy(args: readonly string[], { env = {}, fd }: { env?: Record<string, string>; fd?: number } = {}) {
  const stdio = ['ignore', 'pipe', 'pipe', ...(fd === undefined ? [] : [fd])] as const;
  const command = ['-c', `LISTEN_PID=$$ exec "$0" "$@"`, process.execPath, vppmux, 'proxy', ...args];
  const own = ownAgents(dirname(socketPath()));
  const child = spawn('sh', command, { cwd: root, env: { ...process.env, ...own, ...env }, stdio: [...stdio] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  const lookers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
      for (const look of lookers) look();
    });
  }
  const ended = new Promise<{ code: number | null; signal: string | null; said: string }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, said })),
  );
  const seen = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.includes(text) && resolve();
      lookers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without "${text}":\n${said}`)));
    });
  return { child, ended, seen };
}

async function proxied(...args: string[]) {
  const mock = await testMock();
  const listen = socketPath();
  const proxy = startProxy(['--upstream', mock.socket, '--listen', listen, ...args]);
  await proxy.seen(`VPP's clients can use ${listen}`);
  return { ...proxy, mock, listen };
}

describe('vppmux proxy', () => {
  it('a client: gets what VPP answers, and the socket has the permissions that were asked for', async () => {
    const { listen } = await proxied('--mode', '0700', '--owner', String(process.getuid?.()));
    const client = await RawClient.connect(listen, await ownSchema(), 'gopher');
    expect(await client.ask('show_version')).toMatchObject({ retval: 0, program: 'vpe' });
    expect(statSync(listen).mode & 0o777).toBe(0o700);
  });

  it('--access read: what writes is refused with a retval', async () => {
    const { listen } = await proxied('--access', 'read');
    const client = await RawClient.connect(listen, await ownSchema());
    expect(await client.ask('create_loopback')).toMatchObject({ retval: -126 });
    expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
  });

  it('SIGTERM: the client that is there may finish; then it says goodbye to VPP and ends with 0', async () => {
    const { listen, child, ended, seen } = await proxied('--drain-timeout', '1m');
    const client = await RawClient.connect(listen, await ownSchema());
    child.kill('SIGTERM');
    await seen('waiting for 1 client to leave');
    const next = await RawClient.open(listen, await ownSchema()).catch((error) => error.code);
    expect(next).toMatch(/ENOENT|ECONNREFUSED/);
    expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
    client.socket.destroy();
    const { code, said } = await ended;
    expect(code).toBe(0);
    expect(said).toContain('said goodbye to VPP');
    expect(existsSync(listen)).toBe(false);
  });

  it('a second SIGTERM: ends it immediately', async () => {
    const { listen, child, ended, seen } = await proxied('--drain-timeout', '1m');
    await RawClient.connect(listen, await ownSchema());
    child.kill('SIGTERM');
    await seen('waiting for 1 client to leave');
    // The first ones may pass for echoes of the signal before.
    const again = setInterval(() => child.kill('SIGTERM'), 50);
    onTestFinished(() => clearInterval(again));
    expect((await ended).code).toBe(143);
  });

  it('--exit-with-upstream: ends when VPP has gone, not before it has come', async () => {
    const upstream = socketPath();
    const listen = socketPath();
    const args = ['--upstream', upstream, '--listen', listen, '--exit-with-upstream'];
    const { seen, ended } = startProxy(args);
    await seen(`VPP's clients can use ${listen}`);
    const mock = await testMock({ socket: upstream });
    await RawClient.connect(listen, await ownSchema());
    await mock.stop();
    const { code, said } = await ended;
    expect(said).toContain('VPP has gone');
    expect(code).toBe(0);
  });

  it('a socket handed over by systemd: is used in place of the path, and stays', async () => {
    const mock = await testMock();
    const path = socketPath();
    const server = await new Promise<Server>((resolve) => {
      const made = createServer();
      made.listen(path, () => resolve(made));
    });
    onTestFinished(() => void server.close());
    const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
    const listen = socketPath();
    const env = { LISTEN_FDS: '1', LISTEN_FDNAMES: 'api' };
    const { child, seen, ended } = startProxy(['--upstream', mock.socket, '--listen', listen], { env, fd });
    await seen("VPP's clients can use systemd:api");
    expect(existsSync(listen)).toBe(false);
    expect(server.listening).toBe(true);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  it('VPP or another proxy on the path: says what to do, and ends', async () => {
    const mock = await testMock();
    const { ended } = startProxy(['--upstream', socketPath(), '--listen', mock.socket]);
    const { code, said } = await ended;
    expect(code).toBe(1);
    expect(said).toContain('socksvr { socket-name');
  });

  it.each([
    [['--upstream', '/x/a.sock', '--listen', '/x/../x/a.sock'], 'are one socket'],
    [['--drain-timeout', '5'], 'is not a duration'],
    [['--access', 'all'], 'Allowed choices are read, write'],
    [['--http-token', '/x'], '--http-token is for --http'],
  ])('%j: is refused as usage', async (args, text) => {
    const { code, stderr } = await cli(['proxy', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });
});
