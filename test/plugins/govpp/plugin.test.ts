import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { readConfig } from '../../../src/agent/config/read.js';
import { connectOptions, govppConfig, OBSOLETE } from '../../../src/plugins/govpp/config.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { FakeConnection } from './fake-connection.js';

/** The options that a govpp.conf with this text leads to. */
function optionsOf(text: string) {
  const file = `${directoryWith({ 'govpp.conf': text })}/govpp.conf`;
  return connectOptions(readConfig(file, govppConfig).value);
}

describe('govpp.conf', () => {
  it('without a key: the defaults', () => {
    expect(optionsOf('')).toEqual({
      socket: undefined,
      name: 'vppmux',
      apiDir: undefined,
      replyTimeoutMs: 5000,
      health: { probe: 'control_ping', intervalMs: 1000, timeoutMs: 1000, threshold: 2 },
      reconnect: { delayMs: 100, maxDelayMs: 1000, maxAttempts: 0 },
      retryRequest: { count: 0, delayMs: 500 },
      resync: true,
      exclusive: [],
      unsafe: false,
    });
  });

  it.each([
    ['binapi-socket-path: /tmp/x.sock', { socket: '/tmp/x.sock' }],
    ['binapi-socket-path: ""', { socket: undefined }],
    ['client-name: edge', { name: 'edge' }],
    ['api-dir: /usr/share/vpp/api', { apiDir: '/usr/share/vpp/api' }],
    ['reply-timeout: 1s', { replyTimeoutMs: 1000 }],
    ['reply-timeout: 1000000000', { replyTimeoutMs: 1000 }],
    ['health-check-probe: show_version', { health: { probe: 'show_version' } }],
    ['health-check-probe: none', { health: { probe: false } }],
    ['health-check-probe-interval: 250ms', { health: { intervalMs: 250 } }],
    ['health-check-probe-interval: 0', { health: { intervalMs: 0 } }],
    ['health-check-reply-timeout: 100000000', { health: { timeoutMs: 100 } }],
    ['health-check-threshold: 5', { health: { threshold: 6 } }],
    ['health-check-threshold: 0', { health: { threshold: 1 } }],
    ['retry-connect-count: 3', { reconnect: { maxAttempts: 3 } }],
    ['retry-connect-timeout: 3s', { reconnect: { delayMs: 100, maxDelayMs: 3000 } }],
    ['retry-connect-timeout: 50ms', { reconnect: { delayMs: 50, maxDelayMs: 50 } }],
    ['retry-request-count: 2', { retryRequest: { count: 2 } }],
    ['retry-request-timeout: 1s', { retryRequest: { delayMs: 1000 } }],
    ['resync-after-reconnect: false', { resync: false }],
    ['exclusive: [pg_capture]', { exclusive: ['pg_capture'] }],
    ['unsafe: true', { unsafe: true }],
    [
      'dataplanes: { primary: /tmp/a, backup: /tmp/b }',
      { socket: '/tmp/a', backup: { socket: '/tmp/b', failBack: 'auto', failBackAfterMs: 30_000 } },
    ],
    [
      'binapi-socket-path: /run/vpp/api.sock\ndataplanes: { primary: /tmp/a, backup: /tmp/b, fail-back: manual }',
      { socket: '/tmp/a', backup: { failBack: 'manual' } },
    ],
    ['dataplanes: { primary: /a, backup: /b, fail-back-after: 2s }', { backup: { failBackAfterMs: 2000 } }],
    ['dataplanes: { fail-back: manual }', { socket: undefined, backup: undefined }],
  ])('%s: reaches the connection', (text, options) => {
    expect(optionsOf(text)).toMatchObject(options);
  });

  it.each([
    [
      'health-check-probe-intervall: 1s',
      ':1:1: unknown key "health-check-probe-intervall"; did you mean "health-check-probe-interval"?',
    ],
    ['reply-timeout: 0', ':1:16: reply-timeout: must be more than 0'],
    ['reply-timeout: 5', ':1:16: reply-timeout: 5 without a unit is in nanoseconds'],
    ['health-check-threshold: -1', ':1:25: health-check-threshold: '],
    ['retry-connect-count: -1', ':1:22: retry-connect-count: '],
    [`client-name: ${'x'.repeat(64)}`, 'must not be longer than 63 bytes'],
    [
      'dataplanes: { primary: /tmp/a }',
      ':1:24: dataplanes.primary: both primary and backup must be named; for one VPP',
    ],
    ['dataplanes: { backup: /tmp/b }', ':1:23: dataplanes.backup: both primary and backup must be named; for one VPP'],
    ['dataplanes: { primary: /a, backup: /a }', ':1:36: dataplanes.backup: must be another VPP than the primary'],
    [
      'dataplanes: { primary: /a, backup: /b }\nbinapi-socket-path: /c',
      ':2:21: binapi-socket-path: names one VPP, and dataplanes names two; leave one of them out',
    ],
    ['dataplanes: { primry: /a, backup: /b }', 'unknown key "primry"; did you mean "primary"?'],
    ['dataplanes: { fail-back: never }', 'dataplanes.fail-back: must be one of auto, manual'],
    ['dataplanes: { main: { binapi-socket-path: /a } }', 'dataplanes.main: is the one at the top level of this file'],
    ['dataplanes: { Edge: { binapi-socket-path: /a } }', 'dataplanes.Edge: the name of a dataplane must be lower'],
    ['dataplanes: { edge: {} }', ':1:21: dataplanes.edge: has no VPP: write "binapi-socket-path: PATH" below it'],
    ['dataplanes: { edge: /a }', ':1:21: dataplanes.edge: must be a dataplane of this name, with "binapi-socket-path'],
    [
      'dataplanes: { edge: { binapi-socket-path: /a, primary: /b, backup: /c } }',
      'dataplanes.edge.binapi-socket-path: names one VPP, and primary and backup name two',
    ],
    ['dataplanes: { edge: { primary: /b } }', 'dataplanes.edge.primary: both primary and backup must be named'],
    ['dataplanes: { edge: { binapi-socket: /a } }', 'unknown key "binapi-socket"; did you mean "binapi-socket-path"?'],
    [
      'dataplanes: { a: { binapi-socket-path: /x }, b: { binapi-socket-path: /y/../x } }',
      'dataplanes.b: has the same VPP as dataplane a: each needs its own',
    ],
    [
      'binapi-socket-path: /x\ndataplanes: { a: { binapi-socket-path: /x } }',
      'dataplanes.a: has the same VPP as dataplane main',
    ],
    ['resync-after-reconnect: "yes"', ':1:25: resync-after-reconnect: expected boolean'],
  ])('%s: is refused with its place', (text, message) => {
    expect(() => optionsOf(text)).toThrow(message);
  });

  it.each(Object.keys(OBSOLETE))('%s of old: is accepted with a warning', async (key) => {
    const { log, text } = recordingLog();
    const configDir = directoryWith({ 'govpp.conf': `${key}: true\n` });
    const plugins = [govppPlugin((options) => new FakeConnection(options))];
    await createAgent({ plugins, configDir, log, env: {} });
    expect(text()).toContain(`govpp.conf:1:1: "${key}" has no effect: `);
  });
});

describe('the plugin govpp', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function started() {
    const connections: FakeConnection[] = [];
    const { log, text } = recordingLog('info');
    const plugin = govppPlugin((options) => {
      connections.push(new FakeConnection(options));
      return connections[0];
    });
    const user = taker({ mux: Mux });
    const agent = await createAgent({ plugins: [user.plugin, plugin], log, env: {} });
    await agent.start();
    const part = () => agent.status.status.parts.find(({ name }) => name === 'govpp');
    return { agent, connection: connections[0], text, part, mux: user.taken().mux };
  }

  it('VPP away: the start neither waits nor fails, and the board says why', async () => {
    const { agent, connection, part } = await started();
    expect(part()).toMatchObject({ state: 'error', reason: 'connecting to /run/vpp/api.sock' });
    connection.go('backoff', 'no socket at /run/vpp/api.sock: VPP is not running');
    expect(agent.status.status).toMatchObject({
      overall: 'error',
      reason: 'govpp: no socket at /run/vpp/api.sock: VPP is not running',
    });
  });

  it.each([
    ['degraded', 'degraded'],
    ['not-responding', 'error'],
    ['backoff', 'error'],
    ['connecting', 'error'],
    ['closed', 'error'],
  ] as const)('%s: counts as %s, with the connection’s reason', async (state, expected) => {
    const { connection, part } = await started();
    connection.comeUp(3);
    connection.go(state, 'because');
    expect(part()).toMatchObject({ state: expected, reason: expect.stringMatching(/^because/) });
  });

  it('VPP there: its version, pid, generation and the rest are in the status', async () => {
    const { agent, connection, part } = await started();
    connection.comeUp(1313);
    connection.learn('26.06-release', 4711);
    expect(part()).toMatchObject({ state: 'ok', reason: 'connected to VPP 26.06-release' });
    expect(agent.status.status.details.vpp).toMatchObject({
      state: 'ready',
      version: '26.06-release',
      pid: 4711,
      messages: 1313,
      generation: 1,
      reconnects: 0,
      socket: '/run/vpp/api.sock',
    });
  });

  it('a backup: ready to take over is well, away is degraded, and the status shows both', async () => {
    const { agent, connection, part } = await started();
    connection.comeUp(3);
    connection.learn('26.06', 1);
    const standby = { socket: '/run/b', state: 'ready', reason: 'connected', since: new Date() } as const;
    const redundancy = { role: 'primary', reason: 'the primary serves first', switches: 0, standby } as const;
    connection.go('ready', 'connected', { redundancy });
    expect(part()).toMatchObject({ state: 'ok', reason: 'connected to VPP 26.06, the primary' });
    expect(agent.status.status.details.vpp).toMatchObject({ redundancy });
    const away = { ...standby, state: 'backoff', reason: 'no socket at /run/b' } as const;
    connection.go('ready', 'connected', { redundancy: { ...redundancy, standby: away } });
    expect(part()).toMatchObject({
      state: 'degraded',
      reason: 'connected to VPP 26.06, the primary; the backup could not take over: no socket at /run/b',
    });
  });

  it('the log: a line when it is connected and known, one when it is back, with how long it was away', async () => {
    const { connection, text } = await started();
    connection.comeUp(1313);
    expect(text()).not.toContain('connected');
    connection.learn('26.06-release', 4711);
    connection.go('backoff', 'VPP closed the connection');
    connection.go('connecting', 'VPP closed the connection');
    await vi.advanceTimersByTimeAsync(3200);
    connection.comeUp(1400);
    connection.learn('26.10-release', 4712);
    expect(
      text()
        .split('\n')
        .filter((line) => line.includes('connected')),
    ).toEqual([
      'govpp info: connected to VPP 26.06-release (pid 4711, 1313 messages) at socket /run/vpp/api.sock',
      'govpp info: connected again to VPP 26.10-release (pid 4712, 1400 messages) at socket /run/vpp/api.sock after 3.2 s',
    ]);
  });

  it('the log: a switch that was called off is no absence, and does not count for the next one', async () => {
    const { connection, text } = await started();
    connection.comeUp(1313);
    connection.learn('26.06-release', 4711);
    connection.go('connecting', 'switching to the backup');
    connection.go('ready', 'the other dataplane has gone before it could serve');
    await vi.advanceTimersByTimeAsync(60_000);
    connection.go('backoff', 'VPP closed the connection');
    await vi.advanceTimersByTimeAsync(3200);
    connection.comeUp(1313);
    connection.learn('26.06-release', 4711);
    expect(text()).toMatch(/connected again to VPP .* after 3\.2 s/);
  });

  it('a VPP that does not say who it is: is announced after a second all the same', async () => {
    const { connection, text } = await started();
    connection.comeUp(7);
    await vi.advanceTimersByTimeAsync(1000);
    expect(text()).toContain('connected to VPP (7 messages) at socket');
    connection.learn('26.06', 1);
    expect(text().match(/connected/g)).toHaveLength(1);
  });

  it('a VPP that goes before it has said who it is: is not announced', async () => {
    const { connection, text } = await started();
    connection.comeUp(7);
    connection.go('backoff', 'gone');
    await vi.advanceTimersByTimeAsync(5000);
    expect(text()).not.toContain('connected');
  });

  it('probes missed and answered again: told once each', async () => {
    const { connection, text } = await started();
    connection.comeUp(7);
    connection.learn('26.06', 1);
    connection.go('degraded', 'VPP has said nothing for 1 s');
    connection.go('not-responding', 'VPP has said nothing for 3 s');
    connection.go('ready', 'VPP answers again');
    expect(text().split('\n').slice(-2)).toEqual([
      'govpp info: VPP has said nothing for 1 s',
      'govpp info: VPP answers again',
    ]);
  });

  it('close: says goodbye to VPP, within a second; nothing is told after it', async () => {
    const { agent, connection, part, text } = await started();
    connection.comeUp(7);
    await agent.close();
    expect(connection.closes).toEqual([{ timeoutMs: 1000 }]);
    expect(part()).toMatchObject({ state: 'closed' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(text().split('\n').at(-1)).toBe('govpp info: said goodbye to VPP');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('close, while VPP comes and goes: how often it did is written before the goodbye', async () => {
    const { agent, connection, text } = await started();
    connection.comeUp(7);
    connection.learn('26.06', 1);
    for (let i = 0; i < 10; i++) {
      connection.go('not-responding', 'VPP has said nothing for 3 s');
      connection.go('ready', 'VPP answers again');
    }
    await agent.close();
    const line = 'govpp info: VPP answers again (7 such lines until the end, of which this is the last)';
    expect(text().split('\n').slice(-2)).toEqual([line, 'govpp info: said goodbye to VPP']);
  });

  it('what plugins get: the connection, but for its end', async () => {
    const { connection, mux } = await started();
    connection.comeUp(2);
    expect(mux.state).toBe('ready');
    expect(mux.status).toBe(connection.status);
    expect(mux.table.size).toBe(2);
    expect(Object.keys(mux)).toEqual([]);
    expect('close' in mux || 'destroy' in mux).toBe(false);
  });

  it('a channel for somebody that the plugin serves: has both as owner, so that it cannot be another plugin’s', async () => {
    const { connection, mux } = await started();
    expect(() => mux.channel({ owner: 'policy' })).toThrow('the fake has no channels');
    expect(connection.channelOptions).toEqual([{ owner: 'user/policy', signal: expect.any(AbortSignal) }]);
  });

  it('govppmux’s own channels: 100 and 100, or what is asked for', async () => {
    const { connection, mux } = await started();
    expect(() => mux.newAPIChannel()).toThrow('the fake has no channels');
    expect(() => mux.newAPIChannelBuffered(5, 7)).toThrow();
    expect(connection.channelOptions).toEqual([
      { requestBuffer: 100, replyBuffer: 100, owner: 'user', signal: expect.any(AbortSignal) },
      { requestBuffer: 5, replyBuffer: 7, owner: 'user', signal: expect.any(AbortSignal) },
    ]);
  });
});
