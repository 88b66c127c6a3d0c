/** The agent is lost, and comes back: what fails, what goes on, and what is made anew. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EventItem } from '../../src/mux/index.js';
import type { RemoteConnection } from '../../src/remote/types.js';
import { remoteWorld } from './support/fake-agent.js';

/** Resolves when the link is lost. */
function leaving(vpp: RemoteConnection): Promise<void> {
  return new Promise((resolve) => {
    vpp.states().subscribe(({ state }) => state === 'backoff' && resolve());
  });
}

const event = (n: number) => ({ event: { n } });

describe('a lost link', () => {
  it('what was sent fails with an unknown outcome, what waited was not sent', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel({ requestBuffer: 1 });
    const dump = vpp.channel().dump('thing_dump').toArray();
    const all = [ch.request('a'), ch.request('b'), dump].map((each) => each.catch((error: unknown) => error));
    await Promise.all([socket.next('request'), socket.next('dump')]);
    socket.breakOff();
    expect(await Promise.all(all)).toMatchObject([
      { code: 'CONNECTION_LOST', outcome: 'unknown', messageName: 'a' },
      { code: 'CONNECTION_LOST', outcome: 'not-sent', messageName: 'b' },
      { code: 'CONNECTION_LOST', outcome: 'unknown', messageName: 'thing_dump' },
    ]);
  });

  it('meanwhile: requests fail with NOT_CONNECTED, not sent; the state says why, and has is unknown', async () => {
    const { agent, vpp, socket } = await remoteWorld(
      { names: ['a'] },
      { reconnect: { delayMs: 60_000, maxDelayMs: 60_000 } },
    );
    const ch = vpp.channel();
    const states: string[] = [];
    vpp.states().subscribe(({ state }) => states.push(state));
    socket.breakOff();
    await expect.poll(() => vpp.state).toBe('backoff');
    expect(vpp.status).toMatchObject({
      socket: agent.url,
      reason: expect.stringContaining('was lost'),
      version: '26.06-release',
    });
    await expect(ch.request('a')).rejects.toMatchObject({ code: 'NOT_CONNECTED', outcome: 'not-sent' });
    await expect(vpp.call('x')).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    expect(ch.has('a')).toBeUndefined();
    expect(states).toEqual(['ready', 'backoff']);
  });

  it('then: the channel is opened anew under the same object', async () => {
    const { agent, vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type === 'request') to.send({ type: 'reply', id: frame.id, fields: {} });
      },
    });
    const ch = vpp.channel({ name: 'mine' });
    expect(await ch.request('a')).toEqual({});
    socket.breakOff();
    const again = await agent.socket(1);
    expect(await again.next('open')).toMatchObject({ channel: ch.id, name: 'mine' });
    await vpp.ready();
    expect(await ch.request('b')).toEqual({});
  });

  it('a session that can be resumed: its streams go on behind the last item, and nothing comes twice', async () => {
    const { agent, vpp, socket } = await remoteWorld({ resumed: { channels: [1], streams: [] } });
    const ch = vpp.channel({ replyBuffer: 20 });
    const stream = ch.events('thing_event');
    const ready = stream.ready();
    const { id } = await socket.next('events');
    agent.options = { resumed: { channels: [1], streams: [id] } };
    socket.send({ type: 'ready', id }, { type: 'events', id, seq: 1, items: [event(1), event(2)] });
    await ready;
    const seen: EventItem[] = [];
    const reading = (async () => {
      for await (const item of stream) if (seen.push(item) === 4) return;
    })();
    await expect.poll(() => seen.length).toBe(2);
    socket.breakOff();
    const again = await agent.socket(1);
    const resume = await again.next('resume');
    expect(resume).toEqual({
      type: 'resume',
      session: 'secret-1',
      channels: [1],
      streams: [{ id, seq: 2, credit: 10 }],
    });
    again.send({ type: 'events', id, seq: 2, items: [event(2), event(3), event(4)] });
    await reading;
    expect(seen).toEqual([1, 2, 3, 4].map((n) => ({ n })));
    expect([again.of('open'), again.of('events')]).toEqual([[], []]);
  });

  it('lost again before the agent has said what goes on: asked for by the secret that counts since then', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const stream = vpp.channel().events('thing_event');
    const ready = stream.ready();
    const { id } = await socket.next('events');
    socket.send({ type: 'ready', id });
    await ready;
    agent.options = { resumed: false };
    socket.breakOff();
    const second = await agent.socket(1);
    expect(await second.next('resume')).toMatchObject({ session: 'secret-1' });
    second.breakOff();
    expect(await (await agent.socket(2)).next('resume')).toMatchObject({ session: 'secret-2', streams: [{ id }] });
  });

  it('channels closed meanwhile: the agent is not asked for them, and told to close those that it names all the same', async () => {
    const { agent, vpp, socket } = await remoteWorld({ resumed: { channels: [1, 2], streams: [] } });
    const [first, second] = [vpp.channel(), vpp.channel()];
    await Promise.all([socket.next('open', 0), socket.next('open', 1)]);
    const away = leaving(vpp);
    socket.breakOff();
    await away;
    first.close();
    const again = await agent.socket(1);
    expect(await again.next('resume')).toMatchObject({ channels: [second.id] });
    expect(await again.next('close')).toEqual({ type: 'close', channel: first.id });
    await again.next('watch-state');
    expect(again.of('open')).toEqual([]);
  });

  it('a session that is gone: subscribed anew, and the reader is told that events may be missing', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const reader = vpp.channel().events('thing_event')[Symbol.asyncIterator]();
    const { id } = await socket.next('events');
    socket.send({ type: 'ready', id }, { type: 'events', id, seq: 1, items: [event(1)] });
    expect((await reader.next()).value).toEqual({ n: 1 });
    socket.breakOff();
    const again = await agent.socket(1);
    const anew = await again.next('events');
    expect(anew.id).not.toBe(id);
    again.send({ type: 'ready', id: anew.id }, { type: 'events', id: anew.id, seq: 1, items: [event(2)] });
    expect((await reader.next()).value).toEqual({
      resync: { generation: 1, reason: expect.stringContaining('was lost') },
    });
    expect((await reader.next()).value).toEqual({ n: 2 });
  });

  it('not ready before: no events can be missing', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const reader = vpp.channel().events('thing_event')[Symbol.asyncIterator]();
    const first = reader.next();
    await socket.next('events');
    socket.breakOff();
    const again = await agent.socket(1);
    const { id } = await again.next('events');
    again.send({ type: 'ready', id }, { type: 'events', id, seq: 1, items: [event(1)] });
    expect((await first).value).toEqual({ n: 1 });
  });

  it('attempts used up: GAVE_UP, and the connection is closed for good', async () => {
    const { agent, vpp, socket } = await remoteWorld({}, { reconnect: { delayMs: 1, maxDelayMs: 1, maxAttempts: 2 } });
    const ch = vpp.channel();
    void socket;
    await agent.stop();
    await expect.poll(() => vpp.state).toBe('closed');
    await expect(ch.request('m')).rejects.toMatchObject({ code: 'GAVE_UP' });
    await expect(vpp.ready()).rejects.toMatchObject({ code: 'GAVE_UP' });
  });

  it('an agent that ends each link behind its hello: those are attempts too, and get used up', async () => {
    const { agent, vpp, socket } = await remoteWorld({}, { reconnect: { delayMs: 1, maxDelayMs: 1, maxAttempts: 3 } });
    agent.options = { welcome: ({ socket }) => socket.close() };
    socket.breakOff();
    await expect.poll(() => vpp.state).toBe('closed');
    expect(agent.sockets.length).toBe(1 + 3);
    await expect(vpp.ready()).rejects.toMatchObject({ code: 'GAVE_UP' });
  });

  it('more is to go on than the agent has room for now: the link is dropped, and made anew', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const ready = vpp.channel().events('thing_event').ready();
    const { id } = await socket.next('events');
    socket.send({ type: 'ready', id });
    await ready;
    agent.options = { limits: { streams: 1 } };
    socket.breakOff();
    const full = await agent.socket(1);
    await full.next('resume');
    agent.options = {};
    await expect.poll(() => full.socket.readyState).toBe(full.socket.CLOSED);
    expect(await (await agent.socket(2)).next('watch-state')).toBeDefined();
    await vpp.ready();
    expect(agent.sockets.length).toBe(3);
  });

  it('much that waits for the link: the state is asked for all the same', async () => {
    const { agent, vpp, socket } = await remoteWorld({ limits: { streams: 2 } });
    const away = leaving(vpp);
    socket.breakOff();
    await away;
    const failed = [1, 2].map(() => new Promise((error) => void vpp.counters(['.*']).observe().subscribe({ error })));
    const again = await agent.socket(1);
    expect(await again.next('watch-state')).toBeDefined();
    expect(await Promise.race(failed)).toMatchObject({ code: 'BACKLOG_FULL' });
    await vpp.ready();
    expect(agent.sockets.length).toBe(2);
  });

  it('an agent that breaks the protocol right behind its hello: another attempt', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    agent.options = { welcome: ({ socket }) => socket.send('this is text') };
    socket.breakOff();
    await agent.socket(1);
    agent.options = {};
    expect(await (await agent.socket(2)).next('watch-state')).toBeDefined();
    await vpp.ready();
  });

  it('a link that has lived for some seconds: attempts count anew', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { agent, socket } = await remoteWorld({}, { reconnect: { delayMs: 1, maxDelayMs: 1, maxAttempts: 1 } });
    socket.breakOff();
    const again = await agent.socket(1);
    await again.next('watch-state');
    vi.advanceTimersByTime(6000);
    again.breakOff();
    expect(await (await agent.socket(2)).next('watch-state')).toBeDefined();
  });

  it('an agent that says what is no frame: PROTOCOL, and another attempt', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const reply = vpp
      .channel()
      .request('m')
      .catch((error: unknown) => error);
    await socket.next('request');
    socket.socket.send('this is text');
    expect(await reply).toMatchObject({ code: 'PROTOCOL', outcome: 'unknown' });
    await agent.socket(1);
  });
});
