/** `stats()`: requests in flight and waiting, bytes buffered, channel by channel; and the requests that VPP takes long for. */
import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/mux/index.js';
import { deferred } from '../agent/support.js';
import { fakeClock, turns } from '../support/fake-clock.js';
import { afterThis, world } from '../support/world.js';

const channelStats = (vpp: Connection, name: string) => vpp.stats().perChannel.find((each) => each.name === name);
const serviceTime = (vpp: Connection, name: string) => vpp.stats().slowest.find((each) => each.name === name);

/** Turns of the event loop after which everything sent has arrived. */
const ARRIVED = 20;

/** The time that the event loop has waited, set by the test: the time that VPP took. */
function waitedTime() {
  let waited = 0;
  const idle = vi.spyOn(performance.nodeTiming, 'idleTime', 'get').mockImplementation(() => waited);
  afterThis(() => idle.mockRestore());
  return {
    wait(ms: number) {
      waited += ms;
    },
  };
}

describe('channels', () => {
  it('requests in flight and waiting: counted for their channel and in all, with the age of the oldest', async () => {
    const clock = fakeClock(afterThis);
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    mock.misbehave({ silent: { messages: 'show_threads' } });
    const busy = vpp.channel({ name: 'busy', requestBuffer: 2 });
    const idle = vpp.channel({ name: 'idle' });
    const requests = Array.from({ length: 5 }, () => busy.request('show_threads').catch((error) => error.code));
    await clock.pass(30);
    expect(channelStats(vpp, 'busy')).toMatchObject({ id: busy.id, inFlight: 2, waiting: 3, requests: 2 });
    expect(channelStats(vpp, 'busy')?.oldestMs).toBeCloseTo(30, -1);
    expect(channelStats(vpp, 'idle')).toEqual({
      id: idle.id,
      name: 'idle',
      access: 'write',
      inFlight: 0,
      waiting: 0,
      oldestMs: 0,
      requests: 0,
      gaps: 0,
      bufferedBytes: 0,
    });
    const { inFlight, waiting, channels, oldestMs, perChannel } = vpp.stats();
    expect({ inFlight, waiting, channels }).toEqual({ inFlight: 2, waiting: 3, channels: 2 });
    expect(oldestMs).toBeCloseTo(30, -1);
    expect(perChannel[0]).toMatchObject({ id: 0, requests: 2 }); // the mux asked for version and pid
    busy.close();
    await Promise.all(requests);
    expect(channelStats(vpp, 'busy')).toBeUndefined();
    expect(vpp.stats()).toMatchObject({ inFlight: 0, waiting: 0, oldestMs: 0, channels: 1 });
  });

  it('a slow reader of a dump: its bytes are told until it has read or left them', async () => {
    const { connection: vpp } = await world({}, { routes: 500 });
    const channel = vpp.channel({ name: 'slow' });
    const rows = channel.dump('ip_route_v2_dump', { table: { table_id: 0 } })[Symbol.asyncIterator]();
    await rows.next();
    await expect.poll(() => channelStats(vpp, 'slow')?.inFlight).toBe(0);
    const all = channelStats(vpp, 'slow')?.bufferedBytes ?? 0;
    expect(all).toBeGreaterThan(500 * 50);
    expect(vpp.stats().bufferedBytes).toBe(all);
    await rows.next();
    expect(channelStats(vpp, 'slow')?.bufferedBytes).toBeLessThan(all);
    await rows.return?.();
    expect(channelStats(vpp, 'slow')?.bufferedBytes).toBe(0);
  });

  it('events that do not fit: gaps of their channel and of all', async () => {
    const { mock, connection: vpp } = await world();
    const channel = vpp.channel({ name: 'events', replyBuffer: 2 });
    const events = channel.events('sw_interface_event');
    await events.ready();
    for (let i = 0; i < 5; i++) mock.emit('sw_interface_event', { sw_if_index: i });
    await expect.poll(() => channelStats(vpp, 'events')).toMatchObject({ gaps: 3 });
    expect(channelStats(vpp, 'events')?.bufferedBytes).toBeGreaterThan(0);
    expect(vpp.stats().gaps).toBe(3);
  });
});

describe('service times', () => {
  it('a slow message among quick ones: only it is slow', async () => {
    const time = waitedTime();
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    mock.handle('show_threads', async () => {
      await turns(ARRIVED);
      time.wait(40);
      return { count: 0, thread_data: [] };
    });
    const channel = vpp.channel();
    const requests = Array.from({ length: 50 }, (_, i) =>
      channel.request(i % 10 === 5 ? 'show_threads' : 'control_ping'),
    );
    await Promise.all(requests);
    const [slowest] = vpp.stats().slowest;
    expect(slowest).toMatchObject({ name: 'show_threads', count: 5, meanMs: 40, maxMs: 40 });
    expect(serviceTime(vpp, 'control_ping')?.maxMs).toBe(0);
  });

  it('this program busy for 200 ms: not VPP’s time', async () => {
    const { connection: vpp } = await world({ health: { probe: false } });
    const channel = vpp.channel();
    const begun = performance.now();
    const ping = channel.request('control_ping');
    await turns(1); // it has left
    for (const end = performance.now() + 200; performance.now() < end; );
    await ping;
    const all = performance.now() - begun;
    expect(serviceTime(vpp, 'control_ping')?.maxMs).toBeLessThanOrEqual(all - 200);
  });

  it('a request that was given up, and answered later: its time is its own, not the next one’s', async () => {
    const time = waitedTime();
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    const gate = deferred();
    mock.handle('show_threads', async () => {
      await gate.promise;
      return { count: 0, thread_data: [] };
    });
    const channel = vpp.channel();
    const late = channel.request('show_threads', {}, { timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ code: 'REPLY_TIMEOUT' });
    const next = channel.request('control_ping');
    await turns(ARRIVED);
    time.wait(100);
    gate.resolve();
    await next;
    expect(serviceTime(vpp, 'show_threads')?.totalMs).toBe(100);
    expect(serviceTime(vpp, 'control_ping')?.maxMs).toBe(0);
  });

  it('a reconnect: the times of all sessions are told together', async () => {
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    const channel = vpp.channel();
    for (let i = 0; i < 3; i++) await channel.request('show_threads');
    await mock.restart();
    await expect.poll(() => vpp.status.generation).toBe(2);
    for (let i = 0; i < 2; i++) await channel.request('show_threads');
    expect(serviceTime(vpp, 'show_threads')).toMatchObject({ count: 5 });
    await vpp.close();
    expect(serviceTime(vpp, 'show_threads')).toMatchObject({ count: 5 });
  });
});

describe('messages', () => {
  const messageStats = (vpp: Connection, name: string) => vpp.stats().perMessage.find((each) => each.name === name);

  it('answered, refused, given up and never sent: each is counted once', async () => {
    const clock = fakeClock(afterThis);
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    const channel = vpp.channel({ requestBuffer: 1 });
    await channel.request('show_version');
    await channel.request('show_version');
    const refused = { sw_if_index: 999, flags: 1 };
    await expect(channel.request('sw_interface_set_flags', refused)).rejects.toMatchObject({ code: 'RETVAL' });
    mock.misbehave({ silent: { messages: 'show_threads' } });
    const late = channel.request('show_threads', {}, { timeoutMs: 50 }).catch((error) => error.code);
    const aborter = new AbortController();
    const waiting = channel.request('show_threads', {}, { signal: aborter.signal }).catch((error) => error.code);
    aborter.abort();
    await clock.pass(100);
    expect(await Promise.all([late, waiting])).toEqual(['REPLY_TIMEOUT', 'ABORTED']);
    expect(messageStats(vpp, 'show_version')).toMatchObject({ answered: 3, failed: {} }); // the mux asked as well
    expect(messageStats(vpp, 'sw_interface_set_flags')).toMatchObject({ answered: 0, failed: { RETVAL: 1 } });
    expect(messageStats(vpp, 'show_threads')).toMatchObject({
      answered: 0,
      failed: { REPLY_TIMEOUT: 1, 'not-sent': 1 },
    });
  });

  it('VPP dies: what was in flight is counted as lost, next to what the next session does', async () => {
    const { mock, connection: vpp } = await world({ health: { probe: false } });
    const channel = vpp.channel();
    mock.misbehave({ silent: { messages: 'show_threads' } });
    const lost = [1, 2].map(() => channel.request('show_threads').catch((error) => error.code));
    await turns(ARRIVED);
    await mock.restart();
    expect(await Promise.all(lost)).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST']);
    await expect.poll(() => vpp.status.generation).toBe(2);
    expect(messageStats(vpp, 'show_threads')).toMatchObject({ answered: 0, failed: { CONNECTION_LOST: 2 } });
    // The session is there before the answer that it was made for is counted.
    await expect.poll(() => messageStats(vpp, 'show_version')?.answered).toBe(2);
  });
});
