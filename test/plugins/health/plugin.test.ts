import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { Status } from '../../../src/agent/plugin/services.js';
import { StatusBoard } from '../../../src/agent/status/status-board.js';
import { LiveClients } from '../../../src/plugins/health/live-clients.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { showReadiness } from '../../../src/plugins/health/responses.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { ODDITIES } from '../../support/oddities.js';

/** An agent with health, and a part whose state the test sets. */
async function healthy(settings: Record<string, unknown> = {}, http: Record<string, unknown> = {}) {
  const { log, text } = recordingLog('info');
  const part = taker({ status: Status, http: Http }, 'part');
  const agent = await createAgent({
    plugins: [httpPlugin, healthPlugin, part.plugin],
    log,
    env: {},
    version: '0.1.0',
    settings: { http: { endpoint: '127.0.0.1:0', ...http }, health: settings },
  });
  onTestFinished(() => agent.close());
  const get = async (path: string) => {
    const response = await part.taken().http.server.inject(path);
    return { code: response.statusCode, body: response.json(), headers: response.headers };
  };
  return { agent, text, status: () => part.taken().status, http: () => part.taken().http, get };
}

async function running(settings: Record<string, unknown> = {}, http: Record<string, unknown> = {}) {
  const all = await healthy(settings, http);
  await all.agent.start();
  return all;
}

describe('liveness, readiness and status', () => {
  it.each([
    ['ok', 200],
    ['degraded', 200],
    ['error', 503],
  ] as const)('a part that is %s: readiness %s with the reason, liveness 200', async (state, code) => {
    const { status, get } = await running();
    status()[state]('because');
    expect(await get('/readiness')).toMatchObject({
      code,
      body: { ready: code === 200, overall: state, reason: state === 'ok' ? 'all is well' : 'part: because' },
    });
    expect(await get('/liveness')).toMatchObject({ code: 200, body: { alive: true } });
    expect(await get('/status')).toMatchObject({ code: 200, body: { overall: state } });
  });

  it.each(Object.entries(ODDITIES))('a part that hands over %s: the others are shown, live too', async (_, make) => {
    const { agent, status, http, get } = await running();
    const client = new WebSocket(`${http().url?.replace('http', 'ws')}/status/live`);
    const messages: string[] = [];
    client.on('message', (data) => void messages.push(String(data)));
    await vi.waitFor(() => expect(messages.length).toBe(1));
    const details = { counters: { bytes: 5n, odd: make() }, odd: make() };
    status().report({ state: 'ok', reason: make() as string, details });
    status().degraded('hm');
    await vi.waitFor(() => expect(messages.at(-1)).toContain('"part: hm"'));
    expect(await get('/status')).toMatchObject({ code: 200, body: { counters: { bytes: '5' }, reason: 'part: hm' } });
    expect(agent.status.status.overall).toBe('degraded');
    client.terminate();
  });

  it('liveness and readiness: are never limited, however much else is asked from the same address', async () => {
    const { get } = await running({}, { 'rate-limit': 2 });
    const codes = async (path: string) => {
      const found: number[] = [];
      for (let i = 0; i < 5; i++) found.push((await get(path)).code);
      return found;
    };
    expect(await codes('/status')).toEqual([200, 200, 429, 429, 429]);
    expect(await codes('/liveness')).toEqual([200, 200, 200, 200, 200]);
    expect(await codes('/readiness')).toEqual([200, 200, 200, 200, 200]);
  });

  it('status: every plugin with state, reason and since when; the agent; what plugins add', async () => {
    const { status, get } = await running();
    const pid = 1;
    status().report({ state: 'degraded', reason: 'hm', details: { vpp: { pid }, overall: 'not yours' } });
    const { body, headers } = await get('/status');
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(body).toMatchObject({
      overall: 'degraded',
      reason: 'part: hm',
      since,
      agent: { name: 'vppmux', version: '0.1.0', pid: process.pid, startedAt: since },
      plugins: {
        http: { state: 'ok', reason: expect.stringMatching(/^listening at http:/), since },
        health: { state: 'ok' },
        part: { version: '1.0.0', state: 'degraded', reason: 'hm', since, optional: false },
      },
      vpp: { pid },
      http: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    });
    expect(body.agent.timings).toContainEqual({ step: 'init', plugin: 'http', ms: expect.any(Number), failed: false });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' });
  });

  it('a configuration file that is broken meanwhile: in /status, and degraded, which is ready; http.conf says what waits', async () => {
    const configDir = directoryWith({ 'http.conf': 'endpoint: 127.0.0.1:0' });
    const part = taker({ http: Http }, 'part');
    const { log } = recordingLog();
    const agent = await createAgent({ plugins: [httpPlugin, healthPlugin, part.plugin], configDir, log, env: {} });
    onTestFinished(() => agent.close());
    await agent.start();
    const get = async (path: string) => (await part.taken().http.server.inject(path)).json();
    writeFileSync(join(configDir, 'http.conf'), 'endpoint: 127.0.0.1:1\nrate-limit: 7');
    agent.reload();
    await vi.waitFor(() => expect(agent.status.status.config.pendingRestart).toHaveLength(1));
    const file = join(configDir, 'health.conf');
    writeFileSync(file, 'live-max-buffer: 7');
    agent.reload();
    const since = expect.stringMatching(/^\d{4}-/);
    expect(await get('/status')).toMatchObject({
      overall: 'degraded',
      config: {
        valid: false,
        problems: [{ file, path: 'live-max-buffer', text: expect.stringContaining('at least 1024'), since }],
        pendingRestart: [{ plugin: 'http', keys: ['endpoint', 'rate-limit'], since }],
      },
    });
    expect(await get('/readiness')).toMatchObject({ ready: true, overall: 'degraded' });
  });

  it.each([
    ['init', 503],
    ['closed', 503],
  ] as const)('an agent that is %s: not ready', (overall, code) => {
    const board = new StatusBoard();
    board.add({ name: 'a', version: '1', optional: false }).life(overall, 'because');
    expect(showReadiness(board.status)).toMatchObject({ code, body: { ready: false, overall, reason: 'a: because' } });
  });

  it('the handlers: never wait, whatever hangs', () => {
    const board = new StatusBoard();
    board.add({ name: 'hung', version: '1', optional: false }).probe(() => new Promise<void>(() => {}));
    const handlers = new Map<string, (request: unknown, reply: unknown) => unknown>();
    const get = (path: string, ...rest: never[]) => handlers.set(path, rest[rest.length - 1]);
    const server = { get, hasRoute: () => true };
    const http = { server, socket: () => {} };
    const info = { name: 'x', version: '1', startedAt: new Date(), dataplanes: ['main'], timings: () => [] };
    const { log } = recordingLog();
    const plugin = healthPlugin.create(
      { http, board, info, log, metrics: { list: [] }, pages: { list: [] } },
      { 'live-ping-interval': 1000 },
    );
    plugin.init?.();
    onTestFinished(() => plugin.close?.());
    const answered = [...handlers].map(([path, handler]) => {
      const sent: unknown[] = [];
      const reply = {
        code: (code: number) => sent.push(code) && reply,
        header: () => reply,
        type: () => reply,
        send: (text: string) => sent.push(JSON.parse(text)) && reply,
      };
      // Everything is said by the time the handler returns, and what it returns is nothing to wait for.
      expect(handler({ headers: {} }, reply)).toBe(reply);
      return [path, ...sent];
    });
    expect(answered).toMatchObject([
      ['/liveness', 200, { alive: true }],
      ['/readiness', 503, { ready: false }],
      ['/status', 200, { overall: 'init' }],
      ['/', 200, { name: 'x' }],
    ]);
  });
});

describe('/status/live', () => {
  /** A client with what it was sent. */
  async function watch(url: string, options: { autoPong?: boolean } = {}) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/status/live`, options);
    onTestFinished(() => socket.terminate());
    const seen: { overall: string; reason: string }[] = [];
    socket.on('message', (data) => seen.push(JSON.parse(String(data))));
    const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
    await new Promise((resolve) => void socket.once('open', resolve));
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    return { socket, seen, closed };
  }

  it('the whole status when a client comes, and at each change', async () => {
    const { status, http } = await running();
    const [a, b] = await Promise.all([watch(http().url!), watch(http().url!)]);
    status().degraded('slow');
    status().error('gone');
    status().error('gone');
    status().ok();
    await vi.waitFor(() => expect(b.seen).toHaveLength(4));
    for (const { seen } of [a, b]) {
      expect(seen.map(({ overall, reason }) => `${overall} ${reason}`)).toEqual([
        'ok all is well',
        'degraded part: slow',
        'error part: gone',
        'ok all is well',
      ]);
    }
  });

  it('a client that has left: is forgotten', async () => {
    const { status, http } = await running();
    const { socket, closed } = await watch(http().url!);
    socket.close();
    await closed;
    status().error('nobody hears');
    const { seen } = await watch(http().url!);
    expect(seen[0].reason).toBe('part: nobody hears');
  });

  it('a client that does not answer pings: is cut off, others stay', async () => {
    const { http, text } = await running({ 'live-ping-interval': '300ms' });
    const [dead, alive] = await Promise.all([watch(http().url!, { autoPong: false }), watch(http().url!)]);
    expect(await dead.closed).toBe(1006);
    expect(text()).toContain('health info: a client of /status/live does not answer pings; it is cut off');
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('a page from elsewhere: is refused', async () => {
    const { http } = await running();
    const socket = new WebSocket(`${http().url!.replace('http', 'ws')}/status/live`, {
      origin: 'https://evil.example',
    });
    const error = await new Promise<Error>((resolve) => void socket.once('error', resolve));
    expect(error.message).toContain('403');
  });
});

describe('clients that do not read', () => {
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  /** A client whose network takes nothing. */
  const slowClient = () => ({ on: vi.fn(), send: vi.fn(), ping: vi.fn(), terminate: vi.fn() });

  it('more waits for them than is allowed: are cut off, and nothing more is kept for them', async () => {
    const { log, text } = recordingLog();
    let status = 0;
    const live = new LiveClients({ present: () => `status ${status}`, pingMs: 1000, maxBuffer: 10, log });
    onTestFinished(() => live.close());
    const slow = slowClient();
    live.add(slow);
    live.push(); // nothing to see has changed
    await tick();
    expect(slow.send.mock.calls.map(([sent]) => sent)).toEqual(['status 0']);
    status++;
    live.push();
    expect(slow.terminate).not.toHaveBeenCalled();
    live.push();
    live.push();
    await tick();
    expect(slow.send).toHaveBeenCalledTimes(1);
    expect(slow.terminate).toHaveBeenCalledTimes(1);
    expect(text()).toContain('a client of /status/live does not read what it is sent; it is cut off');
  });

  it('the network takes what was sent: the next goes, and counts no more as waiting', async () => {
    const { log } = recordingLog();
    let status = 0;
    const live = new LiveClients({ present: () => `status ${status}`, pingMs: 1000, maxBuffer: 10, log });
    onTestFinished(() => live.close());
    const client = slowClient();
    const take = () => client.send.mock.lastCall?.[1]();
    live.add(client);
    await tick();
    for (status = 1; status < 4; status++) {
      live.push();
      take();
      await tick();
    }
    expect(client.send.mock.calls.map(([sent]) => sent)).toEqual(['status 0', 'status 1', 'status 2', 'status 3']);
    expect(client.terminate).not.toHaveBeenCalled();
  });

  it('the plugin closes: what has not been sent yet goes before, once', async () => {
    const { log } = recordingLog();
    let status = 0;
    const live = new LiveClients({ present: () => `status ${status}`, pingMs: 1000, maxBuffer: 1000, log });
    const client = slowClient();
    live.add(client);
    await tick();
    status++;
    live.push();
    live.close();
    await tick();
    expect(client.send.mock.calls.map(([sent]) => sent)).toEqual(['status 0', 'status 1']);
  });

  it('changed limits: apply to the clients that are there', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { log } = recordingLog();
    const live = new LiveClients({ present: () => 'x'.repeat(2048), pingMs: 30_000, maxBuffer: 4096, log });
    onTestFinished(() => live.close());
    const client = slowClient();
    live.add(client);
    live.configure({ pingMs: 1000, maxBuffer: 1024 });
    vi.advanceTimersByTime(1000);
    expect(client.ping).toHaveBeenCalledTimes(1);
    live.push();
    expect(client.terminate).toHaveBeenCalledTimes(1);
  });

  it('health.conf that changes: reaches them without a start', async () => {
    const configure = vi.spyOn(LiveClients.prototype, 'configure');
    onTestFinished(() => configure.mockRestore());
    const configDir = directoryWith({ 'http.conf': 'endpoint: 127.0.0.1:0' });
    const { log } = recordingLog();
    const agent = await createAgent({ plugins: [httpPlugin, healthPlugin], configDir, log, env: {} });
    onTestFinished(() => agent.close());
    await agent.start();
    writeFileSync(join(configDir, 'health.conf'), 'live-ping-interval: 5s');
    agent.reload();
    await vi.waitFor(() => expect(configure).toHaveBeenCalledWith({ pingMs: 5000, maxBuffer: 1_048_576 }));
  });
});
