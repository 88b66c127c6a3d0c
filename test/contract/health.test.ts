/** The probe: notices a dataplane that hangs, raises no false alarm, and recovers immediately. */
import { createConnection, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type ConnectionStatus, type ConnectOptions, connect, type HealthOptions } from '../../src/mux/index.js';
import { fakeClock } from '../support/fake-clock.js';
import { socketPath, until } from '../support/mock.js';
import { afterThis, world } from '../support/world.js';

async function watched(health: HealthOptions, log?: ConnectOptions['log']) {
  const { mock, connection } = await world({ health, log });
  const seen: ConnectionStatus[] = [];
  connection.states().subscribe((status) => seen.push(status));
  return {
    mock,
    connection,
    states: () => seen.map(({ state }) => state).filter((s, i, all) => s !== all[i - 1]),
  };
}

/** A proxy in front of VPP that passes everything on, until VPP is to trickle: then single bytes of a long frame. */
async function betweenUsAnd(vpp: string) {
  const socket = socketPath();
  const pairs: [Socket, Socket][] = [];
  const server = createServer((ours) => {
    const theirs = createConnection(vpp);
    ours.pipe(theirs).pipe(ours);
    for (const each of [ours, theirs]) each.on('error', () => {});
    pairs.push([ours, theirs]);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  let timer: NodeJS.Timeout | undefined;
  afterThis(() => {
    clearInterval(timer);
    for (const each of pairs.flat()) each.destroy();
    server.close();
  });
  return {
    socket,
    trickle() {
      for (const [ours, theirs] of pairs) {
        theirs.unpipe(ours);
        const header = Buffer.alloc(16);
        header.writeUInt32BE(1000, 8);
        ours.write(header);
        timer = setInterval(() => ours.write('x'), 20);
      }
    },
  };
}

describe('health', () => {
  it('a dataplane that hangs: degraded, then not-responding within interval × threshold + timeout; ready when it answers', async () => {
    const clock = fakeClock(afterThis);
    const { mock, connection, states } = await watched({ intervalMs: 50, timeoutMs: 60, threshold: 3 });
    await clock.pass(170);
    expect(mock.received('control_ping')).toBeGreaterThan(2);
    expect(states()).toEqual(['ready']);
    mock.misbehave({ silent: true });
    await clock.pass(50 * 3 + 60);
    expect(connection.state).toBe('not-responding');
    expect(connection.status.reason).toMatch(/3 of 3 probes \(control_ping\)/);
    mock.behave();
    await clock.pass(60);
    expect(states()).toEqual(['ready', 'degraded', 'not-responding', 'ready']);
    expect(connection.status.generation).toBe(1);
  });

  it('any traffic counts as life, though the probe itself is never answered', async () => {
    const clock = fakeClock(afterThis);
    const { mock, connection, states } = await watched({ intervalMs: 30, timeoutMs: 40, threshold: 2 });
    mock.misbehave({ silent: { messages: 'control_ping' } });
    const ch = connection.channel();
    for (let i = 0; i < 40; i++) {
      await ch.request('show_version');
      await clock.pass(5);
    }
    expect(states()).toEqual(['ready']);
  });

  it.each([
    ['a request that its caller gives a long time', {}, { timeoutMs: 500 }],
    ['a channel whose user gives all its requests a long time', { replyTimeoutMs: 500 }, {}],
  ])('%s: VPP is not hung while it runs, and is once that time is over', async (_, channel, options) => {
    const clock = fakeClock(afterThis);
    // VPP would count as hung after 250 ms without the excuse.
    const { mock, connection, states } = await watched({ intervalMs: 50, timeoutMs: 150, threshold: 2 });
    // A probe on its way would let VPP be silent for longer than this request.
    await until(() => connection.stats().inFlight === 0);
    mock.misbehave({ silent: true });
    const slow = connection.channel(channel).request('show_version', {}, options);
    const failed = expect(slow).rejects.toMatchObject({ code: 'REPLY_TIMEOUT' });
    await clock.pass(499);
    expect(states()).toEqual(['ready']);
    await clock.pass(2);
    await failed;
    await clock.pass(250);
    expect(connection.state).toBe('not-responding');
  });

  it('a CLI command that takes its time: nothing else reaches VPP meanwhile, no probe either', async () => {
    const clock = fakeClock(afterThis);
    const { mock, connection } = await watched({ intervalMs: 20, timeoutMs: 5000 });
    mock.misbehave({ late: { messages: 'cli_inband', ms: 400 } });
    const slow = connection.channel().request('cli_inband', { cmd: 'show version' });
    await expect.poll(() => mock.received('cli_inband'), { interval: 1 }).toBe(1);
    const before = mock.received();
    const behind = connection.channel().request('show_version');
    await clock.pass(395);
    expect(mock.received()).toBe(before);
    await clock.pass(10);
    await Promise.all([slow, behind]);
  });

  it('a byte now and then of a message that never ends: is no life', async () => {
    const clock = fakeClock(afterThis);
    const { mock } = await world();
    const { socket, trickle } = await betweenUsAnd(mock.socket);
    const connection = await connect({
      socket,
      cacheDir: false,
      health: { intervalMs: 50, timeoutMs: 60, threshold: 2 },
    });
    afterThis(() => connection.destroy());
    await expect.poll(() => connection.status.pid).toBeDefined();
    trickle();
    await clock.pass(500);
    expect(connection.state).toBe('not-responding');
  });

  it('our own event loop blocked: no false alarm', async () => {
    const timeoutMs = 400;
    const { connection, states } = await watched({ intervalMs: 50, timeoutMs, threshold: 1 });
    await until(() => connection.stats().inFlight > 0); // a probe, whose answer is not read in time
    const end = performance.now() + 2 * timeoutMs;
    while (performance.now() < end); // as a plugin might
    const { replies } = connection.stats();
    await expect.poll(() => connection.stats().replies).toBeGreaterThan(replies + 3);
    expect(states()).toEqual(['ready']);
    expect(connection.stats().lateReplies).toBe(0);
  });

  it('a probe that would change VPP: is never sent, control_ping is', async () => {
    const told: string[] = [];
    const log = (_level: string, message: string) => void told.push(message);
    const { mock, connection } = await watched({ intervalMs: 20, probe: 'create_loopback' }, log);
    mock.forget();
    await expect.poll(() => mock.received('control_ping')).toBeGreaterThan(3);
    expect(mock.received('create_loopback')).toBe(0);
    expect(connection.state).toBe('ready');
    expect(told.join('\n')).toContain('the health probe create_loopback cannot be used, control_ping is sent instead');
  });

  it('another probe: any message; none: no probe is sent', async () => {
    const clock = fakeClock(afterThis);
    const other = await watched({ intervalMs: 20, probe: 'show_version' });
    await clock.pass(100);
    expect(other.mock.received('show_version')).toBeGreaterThan(3);
    const none = await watched({ intervalMs: 20, probe: false });
    await expect.poll(() => none.connection.status.pid).toBeDefined();
    none.mock.forget();
    await clock.pass(500);
    expect(none.mock.received()).toBe(0);
  });
});
