/** The plugin `api-socket`: sockets of the agent, their clients, and what is known of them. */

import { existsSync, statSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { socketPath } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { servingAgent } from './serving-agent.js';

const LOOPBACK = 'create_loopback';
const UNSUPPORTED = { retval: -126 };
const BUSY = { retval: -167 };
const DONE = { retval: 0 };

describe('the plugin api-socket', () => {
  it('without a socket: runs, and says so', async () => {
    const { agent, sockets } = await servingAgent({ sockets: [] });
    expect(agent.status.status.parts.find(({ name }) => name === 'api-socket')).toMatchObject({
      ...{ state: 'ok', reason: 'no socket is configured' },
    });
    expect(sockets.clients()).toEqual([]);
  });

  it('two sockets: each has its permissions, its access and its role', async () => {
    const { paths, client, sockets } = await servingAgent({
      sockets: [{ mode: '0700' }, { role: 'monitoring', access: 'read', mode: '0770' }],
    });
    expect(paths.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o770]);
    const [writer, reader] = [await client('gopher'), await client('exporter', paths[1])];
    expect(await writer.ask(LOOPBACK)).toMatchObject(DONE);
    expect(await reader.ask(LOOPBACK)).toMatchObject(UNSUPPORTED);
    expect(sockets.clients().map(({ name, role, access }) => [name, role, access])).toEqual([
      ['gopher', 'api-socket', 'write'],
      ['exporter', 'monitoring', 'read'],
    ]);
  });

  it('limits: by the name of a client, the first that fits', async () => {
    const { client } = await servingAgent({
      sockets: [
        {
          limits: { 'messages-per-second': 1000 },
          named: [
            { name: 'slow*', 'messages-per-second': 1 },
            { name: '*', clients: 1 },
          ],
        },
      ],
    });
    const slow = await client('slow-one');
    expect(await slow.ask('show_version')).toMatchObject(DONE);
    expect(await slow.ask('show_version')).toMatchObject(BUSY);
    const other = await client('other');
    expect(await other.ask('show_version')).toMatchObject(DONE);
    await expect(client('another')).rejects.toThrow('closed');
  });

  it('rules of a socket: the first that fits decides, for its clients alone', async () => {
    const { client, paths, mux, lines } = await servingAgent({
      sockets: [
        {
          role: 'shared',
          rules: [
            { clients: 'admin*', action: 'allow' },
            { messages: ['create_*', 'cli_inband'], action: 'refuse', text: 'only admins make interfaces' },
          ],
        },
        { role: 'open' },
      ],
    });
    expect(await (await client('admin-1')).ask(LOOPBACK)).toMatchObject(DONE);
    expect(await (await client('gopher')).ask(LOOPBACK)).toMatchObject(UNSUPPORTED);
    expect(await (await client('gopher', paths[1])).ask(LOOPBACK)).toMatchObject(DONE);
    expect(await mux.channel().request(LOOPBACK, {})).toMatchObject(DONE);
    const told = lines.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
    expect(told).toEqual([
      expect.stringMatching(/^create_loopback of client \d+ "gopher" is refused .*: only admins make interfaces$/),
    ]);
  });

  it('a path that is in use: fails the start, and says what to do', async () => {
    const { mock } = await servingAgent();
    await expect(servingAgent({ sockets: [{ path: mock.socket }] })).rejects.toThrow('is in use');
  });

  it('a group that does not exist: fails the start', async () => {
    await expect(servingAgent({ sockets: [{ group: 'no-such-group' }] })).rejects.toThrow(
      'there is no group no-such-group in /etc/group',
    );
  });

  it('a name that systemd has not handed over: fails the start, and says what it has', async () => {
    await expect(servingAgent({ sockets: [{ systemd: 'api' }] })).rejects.toThrow(
      'systemd has handed over no socket "api" (it has handed over: none at all)',
    );
  });

  it('GET /clients, the status and the metrics: show the sockets and their clients', async () => {
    const { client, get, paths } = await servingAgent({ sockets: [{ role: 'main' }] });
    await (await client('gopher')).ask('show_version');
    const page = JSON.parse((await get('/clients')).text);
    expect(page).toMatchObject({
      sockets: [{ role: 'main', socket: paths[0], state: 'listening', clients: 1, counters: { accepted: 1 } }],
      clients: [{ name: 'gopher', role: 'main', state: 'idle', inFlight: 0, messagesIn: 1, messagesOut: 2 }],
    });
    expect(JSON.parse((await get('/status')).text)).toMatchObject({
      apiSockets: { sockets: [{ role: 'main', clients: 1, maxWaitMs: 0 }] },
    });
    const metrics = (await get('/metrics')).text;
    expect(metrics).toContain('vppmux_clients{role="main"} 1\n');
    expect(metrics).toContain('vppmux_max_wait_seconds{role="main"} 0\n');
    expect(metrics).toContain('vppmux_client_messages_in_total{role="main"} 1\n');
    expect(JSON.parse((await get('/')).text).links).toContainEqual({
      ...{ path: '/clients', about: "VPP's clients that share the connection" },
    });
  });
});

describe('the end of the agent', () => {
  it('with a client: listens no more, waits for it, and takes its socket file away', async () => {
    const { agent, client, paths, text, get } = await servingAgent({ conf: { 'drain-timeout': '1m' } });
    const gopher = await client('gopher');
    const closing = agent.close();
    await vi.waitFor(() => expect(text()).toContain('waiting for 1 client to leave'));
    expect(existsSync(paths[0])).toBe(false);
    expect(await gopher.ask('show_version')).toMatchObject(DONE);
    expect(JSON.parse((await get('/clients')).text).clients).toHaveLength(1);
    gopher.close();
    await closing;
  });

  it('drain-timeout: is the longest wait; then its clients are closed', async () => {
    const { agent, client, lines } = await servingAgent({ conf: { 'drain-timeout': '50ms' } });
    const gopher = await client('gopher');
    await agent.close();
    await gopher.untilClosed();
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('without VPP: does not wait', async () => {
    const { agent, client, mock, mux } = await servingAgent({
      ...{ conf: { 'drain-timeout': '1h' }, sockets: [{ hold: '1h' }] },
    });
    await client('gopher');
    await mock.stop();
    await vi.waitFor(() => expect(mux.state).not.toBe('ready'));
    await agent.close();
  });
});

describe('a changed api-socket.conf', () => {
  it('a socket more, one fewer, one that is changed: takes effect, and clients that are there stay as they are', async () => {
    const { client, paths, configure, text, sockets } = await servingAgent({
      sockets: [{ role: 'one' }, { role: 'two' }],
    });
    const gopher = await client('gopher');
    const third = socketPath();
    configure({
      sockets: [
        { path: paths[0], role: 'one', access: 'read', mode: '0700' },
        { path: third, role: 'three' },
      ],
    });
    await vi.waitFor(() => expect(sockets.sockets().map(({ role }) => role)).toEqual(['one', 'three']));
    expect(text()).toContain(`one (${paths[0]}): the change counts for clients that come from now on`);
    expect(statSync(paths[0]).mode & 0o777).toBe(0o700);
    expect(await gopher.ask(LOOPBACK)).toMatchObject(DONE);
    expect(await (await client('late')).ask(LOOPBACK)).toMatchObject(UNSUPPORTED);
    expect(await (await client('third', third)).ask(LOOPBACK)).toMatchObject(DONE);
    await vi.waitFor(() => expect(existsSync(paths[1])).toBe(false));
  });

  it('one that cannot be opened: changes nothing, and is shown as a problem', async () => {
    const { paths, configure, mock, sockets, agent } = await servingAgent({ sockets: [{ role: 'one' }] });
    const other = socketPath();
    configure({
      sockets: [
        { path: other, role: 'two' },
        { path: mock.socket, role: 'three' },
      ],
    });
    await vi.waitFor(() => expect(agent.status.status.config.valid).toBe(false));
    expect(sockets.sockets().map(({ socket }) => socket)).toEqual([paths[0]]);
    expect(existsSync(other)).toBe(false);
  });

  it('rules: are in effect for the clients that are there, too', async () => {
    const { client, paths, configure } = await servingAgent();
    const gopher = await client('gopher');
    expect(await gopher.ask(LOOPBACK)).toMatchObject(DONE);
    const [path] = paths;
    configure({ sockets: [{ path, rules: [{ messages: 'writes', action: 'refuse' }] }] });
    await vi.waitFor(async () => expect(await gopher.ask(LOOPBACK)).toMatchObject(UNSUPPORTED));
    configure({ sockets: [{ path }] });
    await vi.waitFor(async () => expect(await gopher.ask(LOOPBACK)).toMatchObject(DONE));
  });
});

it('a client before VPP has come: waits for it', async () => {
  const { paths, mock, mux } = await servingAgent({ sockets: [{ hold: '1m' }] });
  await mock.stop();
  await vi.waitFor(() => expect(mux.state).not.toBe('ready'));
  const schema = mux.schema!;
  const waiting = RawClient.connect(paths[0], schema, 'early');
  const { testMock } = await import('../../support/mock.js');
  await testMock({ socket: mock.socket });
  const client = await waiting;
  expect(await client.ask('show_version')).toMatchObject(DONE);
  client.close();
});
