/** The agent with its built-in plugins, over a real socket to the mock: a user's view of it. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Agent, createAgent } from '../../src/agent/index.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { directoryWith, recordingLog } from '../agent/support.js';
import { fakeClock } from '../support/fake-clock.js';
import { socketPath, testMock } from '../support/mock.js';

/** Probe every 100 ms, 100 ms patience, two misses: not responding. */
const QUICK_HEALTH = [
  'health-check-probe-interval: 100ms',
  'health-check-reply-timeout: 100ms',
  'health-check-threshold: 1',
];

interface Seen {
  readonly agent: Agent;
  readonly text: () => string;
  get(path: string): Promise<{ code: number; body: { reason: string; vpp: { traffic: { requests: number } } } }>;
  readonly url: () => string;
}

/** The agent as `npm start` runs it, on a port that is free. */
async function startAgent(socket: string, govpp: readonly string[] = QUICK_HEALTH): Promise<Seen> {
  const { log, lines, text } = recordingLog('info');
  const configDir = directoryWith({
    'agent.yaml': readFileSync(new URL('../../conf/agent.yaml', import.meta.url), 'utf8'),
    'http.conf': 'endpoint: 127.0.0.1:0\n',
    'govpp.conf': `${[`binapi-socket-path: ${socket}`, ...govpp].join('\n')}\n`,
  });
  const agent = await createAgent({ builtIns, configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  const url = () => {
    const line = lines.find(({ msg }) => msg.startsWith('listening at '));
    return line!.msg.slice('listening at '.length);
  };
  const get = async (path: string) => {
    const response = await fetch(`${url()}${path}`);
    return { code: response.status, body: JSON.parse(await response.text()) };
  };
  return { agent, text, get, url };
}

/** Each message of `/status/live` as it comes. */
async function live(url: string) {
  const statuses: { overall: string; reason: string; vpp: { state: string } }[] = [];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/status/live`);
  onTestFinished(() => socket.terminate());
  socket.on('message', (data) => statuses.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { statuses, closed };
}

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

describe('an agent with VPP there', () => {
  it('start: connects, lists the interfaces, follows events, is ready', async () => {
    const mock = await testMock({ pid: 4711, setup: (dataplane) => void dataplane.addLoopback() });
    const { text, get } = await startAgent(mock.socket);
    await untilTrue(() => expect(text()).toContain('interfaces: local0 (down), loop0 (down)'));
    expect(text()).toMatch(
      /govpp info: connected to VPP 26\.06-mock \(pid 4711, \d+ messages\) at socket .*api\.sock\n/,
    );
    expect(text()).toContain('health info: health is at http://127.0.0.1:');

    await untilTrue(() => expect(mock.clients[0].wants).toContain('want_interface_events'));
    mock.dataplane.addLoopback();
    mock.dataplane.setAdmin(1, true);
    await untilTrue(() => expect(text()).toContain('interface-lister info: interface 1 is up'));

    expect(await get('/liveness')).toMatchObject({ code: 200, body: { alive: true } });
    expect(await get('/readiness')).toMatchObject({ code: 200, body: { ready: true, overall: 'ok' } });
    const status = await get('/status');
    expect(status).toMatchObject({
      code: 200,
      body: {
        overall: 'ok',
        reason: 'all is well',
        since: expect.stringMatching(/^\d{4}-.*Z$/),
        agent: { name: 'vppmux', pid: process.pid },
        plugins: {
          govpp: { state: 'ok', reason: 'connected to VPP 26.06-mock', since: expect.any(String) },
          http: { state: 'ok' },
          health: { state: 'ok' },
          'interface-lister': { state: 'ok' },
        },
        vpp: {
          state: 'ready',
          version: '26.06-mock',
          pid: 4711,
          generation: 1,
          reconnects: 0,
          socket: mock.socket,
          since: expect.any(String),
          traffic: {
            lateReplies: 0,
            busiest: expect.arrayContaining([expect.objectContaining({ id: 0, name: 'the mux itself' })]),
            slowest: expect.arrayContaining([expect.objectContaining({ name: 'sw_interface_dump' })]),
          },
        },
      },
    });
    // Read when it is asked for, not when the state last changed.
    const requests = async () => (await get('/status')).body.vpp.traffic.requests;
    const before = await requests();
    await untilTrue(async () => expect(await requests()).toBeGreaterThan(before));
  });

  it('close: event registrations are undone, VPP is told goodbye, watchers get 1001', async () => {
    const mock = await testMock();
    const { agent, url, text } = await startAgent(mock.socket);
    await untilTrue(() => expect(mock.clients[0]?.wants).toContain('want_interface_events'));
    const watcher = await live(url());
    await agent.close();
    expect(await watcher.closed).toBe(1001);
    expect(mock.clients).toEqual([]);
    expect(mock.receivedMessages().at(-1)?.name).toBe('sockclnt_delete');
    expect(text()).toContain('govpp info: said goodbye to VPP');
    await expect(fetch(`${url()}/liveness`)).rejects.toThrow();
  });
});

describe('an agent with VPP away', () => {
  it('start: neither fails nor waits; not ready, with the reason; ready when VPP comes', async () => {
    const socket = socketPath();
    fakeClock(onTestFinished); // stands still until `untilTrue` turns it
    const { get, text } = await startAgent(socket);
    expect(await get('/liveness')).toMatchObject({ code: 200 });
    const readiness = await get('/readiness');
    expect(readiness).toMatchObject({ code: 503, body: { ready: false, overall: 'error' } });
    expect(readiness.body.reason).toMatch(/^govpp: .*api\.sock/);

    await testMock({ socket });
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(200));
    await untilTrue(() => expect(text()).toContain('interfaces: local0 (down)'));
  });

  it('VPP dies and returns: 503 at once with the reason, liveness stays 200, then ready again; every change is pushed', async () => {
    const mock = await testMock();
    const { get, url, text } = await startAgent(mock.socket);
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(200));
    await untilTrue(() => expect(mock.clients[0].wants).toContain('want_interface_events'));
    const watcher = await live(url());
    await untilTrue(() => expect(watcher.statuses).toHaveLength(1));
    expect(watcher.statuses[0]).toMatchObject({ overall: 'ok', vpp: { state: 'ready' } });

    mock.kill();
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(503));
    expect((await get('/readiness')).body.reason).toContain('govpp: ');
    expect((await get('/liveness')).code).toBe(200);
    await untilTrue(() => expect(watcher.statuses.at(-1)).toMatchObject({ overall: 'error' }));

    await mock.restart({ renumber: true });
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(200));
    await untilTrue(() => expect(watcher.statuses.at(-1)).toMatchObject({ overall: 'ok', vpp: { state: 'ready' } }));
    expect((await get('/status')).body.vpp).toMatchObject({ generation: 2, reconnects: 1 });
    await untilTrue(() =>
      expect(text()).toMatch(/connected again to VPP 26\.06-mock \(pid \d+, .*\) at socket .* after /),
    );
    await untilTrue(() => expect(mock.clients[0].wants).toContain('want_interface_events'));
  });

  it('VPP hangs: 503 when its probes are used up, and it says why; ready when it answers again', async () => {
    const mock = await testMock();
    const { get, text } = await startAgent(mock.socket);
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(200));
    await untilTrue(() => expect(text()).toContain('interfaces: '));
    mock.misbehave({ silent: true });
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(503));
    const { body } = await get('/readiness');
    expect(body.reason).toMatch(
      /^govpp: VPP has said nothing for .* s: (2 of 2|\d+) probes \(control_ping\) without an answer/,
    );
    expect((await get('/liveness')).code).toBe(200);
    expect((await get('/status')).body.vpp).toMatchObject({ state: 'not-responding' });
    mock.behave();
    await untilTrue(async () => expect((await get('/readiness')).code).toBe(200));
    expect(text()).toContain('govpp info: VPP answers again');
  });
});

it('a port in use: the start ends, and says which port and what to do', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const configDir = directoryWith({
    'http.conf': `endpoint: 127.0.0.1:${port}\n`,
    'govpp.conf': `binapi-socket-path: ${socketPath()}\n`,
  });
  const agent = await createAgent({ builtIns, configDir, log: recordingLog().log, env: {} });
  await expect(agent.start()).rejects.toThrow(
    `plugin http: its afterInit failed: cannot listen on port ${port} of 127.0.0.1: another program (another agent?) already does; ` +
      'end it, or set another "endpoint" in http.conf',
  );
  expect(agent.status.status.parts.find((part) => part.name === 'govpp')?.state).toBe('closed');
});
