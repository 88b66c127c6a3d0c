/** Event streams and counters over a remote connection. */

import { describe, expect, it } from 'vitest';
import type { EventItem } from '../../src/mux/index.js';
import { remoteWorld } from './support/fake-agent.js';

const event = (n: number) => ({ event: { n } });

describe('an event stream', () => {
  it('ready resolves when VPP has the registration; what comes until the first read is kept', async () => {
    const { vpp, socket } = await remoteWorld();
    const stream = vpp.channel().events('thing_event', { want: { sw_if_index: 3 } });
    const ready = stream.ready();
    const { id, ...asked } = await socket.next('events');
    expect(asked).toMatchObject({ channel: 1, message: 'thing_event', want: { sw_if_index: 3 } });
    socket.send({ type: 'ready', id }, { type: 'events', id, seq: 1, items: [event(1), event(2)] });
    await ready;
    const seen: EventItem[] = [];
    for await (const item of stream) if (seen.push(item) === 2) break;
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await socket.next('cancel')).id).toBe(id);
  });

  it('gaps and resyncs of the agent are handed on; credit is given as they are read', async () => {
    const { vpp, socket } = await remoteWorld();
    const reader = vpp.channel({ replyBuffer: 8 }).events('thing_event')[Symbol.asyncIterator]();
    const { id, credit } = await socket.next('events');
    expect(credit).toBe(4);
    const resync = { generation: 2, reason: 'VPP was restarted' };
    socket.send({ type: 'events', id, seq: 1, items: [event(1), { gap: 5 }, { resync }, event(2)] });
    const items = [await reader.next(), await reader.next(), await reader.next(), await reader.next()];
    expect(items.map(({ value }) => value)).toEqual([{ n: 1 }, { gap: 5 }, { resync }, { n: 2 }]);
    expect(await socket.next('credit')).toEqual({ type: 'credit', id, count: 4 });
  });

  it('without resync: those items are left out', async () => {
    const { vpp, socket } = await remoteWorld({}, { resync: false });
    const reader = vpp.channel().events('thing_event')[Symbol.asyncIterator]();
    const { id } = await socket.next('events');
    socket.send({ type: 'events', id, seq: 1, items: [{ resync: { generation: 2, reason: 'r' } }, event(2)] });
    expect((await reader.next()).value).toEqual({ n: 2 });
  });

  it('refused: its error, from ready and from the reader', async () => {
    const error = { code: 'UNKNOWN_MESSAGE', message: 'no such event' };
    const { vpp } = await remoteWorld({
      answer(frame, socket) {
        if (frame.type === 'events') socket.send({ type: 'error', id: frame.id, error });
      },
    });
    await expect(vpp.channel().events('thing_event').ready()).rejects.toMatchObject(error);
    await expect(vpp.channel().events('thing_event')[Symbol.asyncIterator]().next()).rejects.toMatchObject(error);
  });

  it('its signal, or the end of its channel: the stream ends', async () => {
    const { vpp, socket } = await remoteWorld();
    const stop = new AbortController();
    const ch = vpp.channel();
    const readers = [ch.events('a', { signal: stop.signal }), ch.events('b')].map((each) =>
      each[Symbol.asyncIterator](),
    );
    const ends = readers.map((reader) => reader.next());
    await socket.next('events', 1);
    stop.abort();
    expect(await ends[0]).toEqual({ done: true, value: undefined });
    ch.close();
    expect(await ends[1]).toEqual({ done: true, value: undefined });
  });

  it('observe: the same, until it is unsubscribed', async () => {
    const { vpp, socket } = await remoteWorld();
    const seen: EventItem[] = [];
    const subscription = vpp
      .channel()
      .events('thing_event', { subscribe: false })
      .observe()
      .subscribe((item) => seen.push(item));
    const { id, subscribe } = await socket.next('events');
    expect(subscribe).toBe(false);
    socket.send({ type: 'events', id, seq: 1, items: [event(1)] });
    await expect.poll(() => seen).toEqual([{ n: 1 }]);
    subscription.unsubscribe();
    await socket.next('cancel');
  });
});

describe('counters', () => {
  it('a report at each reading, until the reader leaves; after a loss they go on', async () => {
    const { agent, vpp, socket } = await remoteWorld();
    const reader = vpp.counters(['^/if/'], { intervalMs: 500 })[Symbol.asyncIterator]();
    const first = reader.next();
    const { id, ...asked } = await socket.next('stats');
    expect(asked).toEqual({ type: 'stats', patterns: ['^/if/'], intervalMs: 500, credit: 2 });
    socket.send({ type: 'stats', id, seconds: 0, entries: [{ name: '/if/rx' }] });
    expect((await first).value).toEqual({ seconds: 0, entries: [{ name: '/if/rx' }] });
    const second = reader.next();
    socket.breakOff();
    const again = await agent.socket(1);
    const anew = await again.next('stats');
    again.send({ type: 'stats', id: anew.id, seconds: 0, entries: [] });
    expect((await second).value).toEqual({ seconds: 0, entries: [] });
    await reader.return?.();
    expect((await again.next('cancel')).id).toBe(anew.id);
  });
});
