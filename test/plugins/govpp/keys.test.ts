/** Every key of govpp.conf does what its name says, over a real socket. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { fakeClock } from '../../support/fake-clock.js';
import { ownApiDir, socketPath, testMock } from '../../support/mock.js';

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 5 });

/** An agent with these settings, and the `Mux` its plugins get. */
async function withGovpp(socket: string, settings: Record<string, unknown>) {
  const user = taker({ mux: Mux });
  const { log, text } = recordingLog();
  const agent = await createAgent({
    plugins: [govppPlugin(), user.plugin],
    log,
    env: {},
    settings: { govpp: { 'binapi-socket-path': socket, ...settings } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const part = () => agent.status.status.parts[0];
  return { mux: user.taken().mux, part, text };
}

async function connected(settings: Record<string, unknown>, mock?: MockVpp) {
  const vpp = mock ?? (await testMock());
  const all = await withGovpp(vpp.socket, settings);
  await all.mux.ready();
  return { ...all, mock: vpp };
}

describe('govpp.conf', () => {
  it('client-name: is what VPP shows', async () => {
    const { mock } = await connected({ 'client-name': 'edge-7' });
    expect(mock.clients.map(({ name }) => name)).toEqual(['edge-7']);
  });

  it('api-dir: is where the definitions come from', async () => {
    const { mux, mock } = await connected({ 'api-dir': ownApiDir });
    expect(mux.status.reason).toContain(ownApiDir);
    expect(mock.received('get_api_json')).toBe(0);
  });

  it('reply-timeout: is how long a request waits', async () => {
    const { mux, mock } = await connected({ 'reply-timeout': '100ms', 'health-check-probe': 'none' });
    mock.misbehave({ silent: { messages: 'show_version' } });
    const error = await mux
      .channel()
      .request('show_version')
      .catch((reason) => reason);
    expect(error).toMatchObject({ code: 'REPLY_TIMEOUT', afterMs: 100 });
  });

  it('health-check-probe and its interval: what is asked, and how often', async () => {
    const { mock } = await connected({ 'health-check-probe': 'show_version', 'health-check-probe-interval': '20ms' });
    await untilTrue(() => expect(mock.received('show_version')).toBeGreaterThan(5));
    expect(mock.received('control_ping')).toBeLessThan(3);
  });

  it.each([{ 'health-check-probe': 'none' }, { 'health-check-probe-interval': '0' }])(
    '%j: nothing is asked',
    async (off) => {
      const clock = fakeClock(onTestFinished);
      const quick = { 'health-check-probe-interval': '10ms', 'health-check-reply-timeout': '10ms' };
      const { mock, mux } = await connected({ ...quick, ...off });
      await untilTrue(() => expect(mux.status.pid).toBeDefined());
      const asked = mock.received();
      mock.misbehave({ silent: true });
      await clock.pass(100);
      expect(mock.received()).toBe(asked);
      expect(mux.state).toBe('ready');
    },
  );

  it('health-check-threshold: degraded up to it, not responding with one more, as in govppmux', async () => {
    const quick = { 'health-check-probe-interval': '20ms', 'health-check-reply-timeout': '20ms' };
    const { mock, mux } = await connected({ ...quick, 'health-check-threshold': 3 });
    const states: string[] = [];
    mux.states().subscribe(({ state, reason }) => states.push(`${state}: ${reason}`));
    mock.misbehave({ silent: true });
    await untilTrue(() => expect(mux.state).toBe('not-responding'));
    expect(states.filter((state) => /^degraded: .* [123] of 4 probes/.test(state))).toHaveLength(3);
    expect(states.find((state) => state.startsWith('not-responding'))).toMatch(/^not-responding: .* 4 of 4 probes/);
  });

  it('retry-connect-count: gives up after so many attempts, and the board says so', async () => {
    const { mux, part } = await withGovpp(socketPath(), { 'retry-connect-count': 3, 'retry-connect-timeout': '10ms' });
    await untilTrue(() => expect(mux.state).toBe('closed'));
    expect(part()).toMatchObject({ state: 'error' });
    expect(part().reason).toContain('given up after 3 attempts');
  });

  it('retry-request-count: a request made while VPP is away is sent when it is back', async () => {
    const { mux, mock } = await connected({ 'retry-request-count': 100, 'retry-request-timeout': '20ms' });
    mock.kill();
    await untilTrue(() => expect(mux.state).not.toBe('ready'));
    const asked = mux.channel().request('show_version');
    await mock.restart();
    expect(await asked).toMatchObject({ version: '26.06-mock' });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('resync-after-reconnect %s: subscribers are told %s times', async (resync, times) => {
    const { mux, mock } = await connected({ 'resync-after-reconnect': resync });
    const seen: unknown[] = [];
    const channel = mux.channel();
    const subscription = channel
      .events('sw_interface_event')
      .observe()
      .subscribe((item) => seen.push(item));
    onTestFinished(() => subscription.unsubscribe());
    await untilTrue(() => expect(mock.clients[0]?.wants).toContain('want_interface_events'));
    await mock.restart();
    await untilTrue(() => expect(mock.clients[0]?.wants).toContain('want_interface_events'));
    mock.dataplane.addLoopback();
    mock.dataplane.setAdmin(1, true);
    await untilTrue(() => expect(seen.some((item) => Object(item).sw_if_index === 1)).toBe(true));
    expect(seen.filter((item) => 'resync' in Object(item))).toHaveLength(times);
  });
});

describe('govppmux’s own calls', () => {
  it('requests, multi requests and notifications: over the shared connection', async () => {
    const { mux, mock } = await connected({});
    mock.dataplane.addLoopback();
    const channel = mux.newAPIChannel();
    expect(await channel.sendRequest('show_version', {}).receiveReply()).toMatchObject({ version: '26.06-mock' });

    const names: unknown[] = [];
    const interfaces = channel.sendMultiRequest('sw_interface_dump', {});
    for (;;) {
      const { stop, message } = await interfaces.receiveReply();
      if (stop) break;
      names.push(message.interface_name);
    }
    expect(names).toEqual(['local0', 'loop0']);

    const events: unknown[] = [];
    const subscription = await channel.subscribeNotification('sw_interface_event', (event) => void events.push(event));
    mock.dataplane.setAdmin(1, true);
    await untilTrue(() => expect(events).toMatchObject([{ sw_if_index: 1 }]));
    subscription.unsubscribe();
    channel.close();
  });
});
