import { describe, expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

type World = ReturnType<typeof onMemory>;

const emit = (world: World, values: number[]) => {
  for (const value of values) world.receive('thing_event', { client_index: 0x80000007, pid: 1, value });
};

/** Lets promises settle; no time passes. */
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

/** The want_* requests sent so far: true enables. */
const wants = (world: World) =>
  world.sent().flatMap(({ name, fields }) => (name === 'want_thing_events' ? [fields.enable_disable] : []));

/** Answers every want_* request that has none yet. */
async function answerWants(world: World, from: { index: number }, retval = 0): Promise<void> {
  await settle();
  for (; from.index < world.link.sent.length; from.index++) {
    if (world.sent()[from.index].name === 'want_thing_events')
      world.answer(from.index, 'want_thing_events_reply', { retval });
    await settle();
  }
}

describe('events', () => {
  it('subscribers: the first enables, the last disables, those between send nothing', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const channels = [world.channel(), world.channel()];
    const streams = channels.map((ch) => ch.events('thing_event'));
    const ready = Promise.all(streams.map((stream) => stream.ready()));
    await answerWants(world, at);
    await ready;
    expect(wants(world)).toEqual([true]);
    expect(world.sent()[0].fields.pid).toBe(process.pid);
    channels[0].close();
    await answerWants(world, at);
    expect(wants(world)).toEqual([true]);
    channels[1].close();
    await answerWants(world, at);
    expect(wants(world)).toEqual([true, false]);
  });

  it('an event: reaches each subscriber as its own object', async () => {
    const world = onMemory();
    const iterators = [1, 2].map(() => world.channel().events('thing_event')[Symbol.asyncIterator]());
    await answerWants(world, { index: 0 });
    emit(world, [5]);
    const [a, b] = await Promise.all(iterators.map((iterator) => iterator.next()));
    expect(a.value).toEqual({ pid: 1, value: 5 });
    expect(b.value).toEqual(a.value);
    expect(b.value).not.toBe(a.value);
  });

  it('a reader too slow: finds a gap of exactly what was lost, where it was lost', async () => {
    const world = onMemory();
    const iterator = world.channel({ replyBuffer: 3 }).events('thing_event')[Symbol.asyncIterator]();
    await answerWants(world, { index: 0 });
    emit(world, [1, 2, 3, 4, 5]);
    const next = async () => (await iterator.next()).value as Record<string, unknown>;
    expect((await next()).value).toBe(1);
    emit(world, [6, 7]);
    const rest = [await next(), await next(), await next(), await next(), await next()];
    expect(rest.map((item) => item.gap ?? item.value)).toEqual([2, 3, 2, 6, 1]);
    expect(rest[2]).toEqual({ gap: 2 });
    expect(rest[4]).toEqual({ gap: 1 });
    expect(world.counters.gaps).toBe(3);
  });

  it('replyBytes of a stream: bounds it alone, within those of its channel', async () => {
    const world = onMemory();
    const channel = world.channel({ replyBytes: 1000 });
    const streams = [{ replyBytes: 40 }, {}, { replyBytes: 1e9 }].map((options) =>
      channel.events('thing_event', options),
    );
    const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
    await answerWants(world, { index: 0 });
    emit(world, [1, 2, 3, 4, 5, 6]);
    channel.close();
    const items = await Promise.all(
      iterators.map(async (iterator) => {
        const found: unknown[] = [];
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) found.push(next.value);
        return found;
      }),
    );
    expect(items[0].at(-1)).toEqual({ gap: expect.any(Number) });
    expect(items.slice(1).map(({ length }) => length)).toEqual([6, 6]);
    expect(() => channel.events('thing_event', { replyBytes: -1 })).toThrow('replyBytes');
  });

  it('observe: is cold; unsubscribing disables', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const observable = world.channel().events('thing_event').observe();
    await settle();
    expect(wants(world)).toEqual([]);
    const seen: unknown[] = [];
    const subscription = observable.subscribe((item) => seen.push(item));
    await answerWants(world, at);
    emit(world, [9]);
    subscription.unsubscribe();
    emit(world, [10]);
    await answerWants(world, at);
    expect(seen).toEqual([{ pid: 1, value: 9 }]);
    expect(wants(world)).toEqual([true, false]);
  });

  it('subscribing and leaving quickly: ends switched off, one request at a time', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const ch = world.channel();
    for (let i = 0; i < 5; i++) ch.events('thing_event').observe().subscribe().unsubscribe();
    const stays = ch.events('thing_event').observe().subscribe();
    await answerWants(world, at);
    emit(world, [1]);
    stays.unsubscribe();
    await answerWants(world, at);
    const sent = wants(world);
    expect(sent.at(-1)).toBe(false);
    expect(sent.every((enable, index) => enable === (index % 2 === 0))).toBe(true);
  });

  it('subscribing while the session is being left: nothing is registered there, the next one serves it', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const { subscriptions, session } = world;
    await subscriptions.leave();
    const events = world.channel().events('thing_event');
    let ready = false;
    const told = events.ready().then(() => {
      ready = true;
    });
    await answerWants(world, at);
    expect([wants(world), ready]).toEqual([[], false]);
    subscriptions.onSessionEnd();
    subscriptions.onSession(session);
    await answerWants(world, at);
    await told;
    expect(wants(world)).toEqual([true]);
  });

  it('a want_* request of a user: shares the registration, and is sent all the same, as it may cover more by now', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const [govpp, modern] = [world.channel(), world.channel()];
    const stream = modern.events('thing_event').observe().subscribe();
    const enabled = govpp.request('want_thing_events', { enable_disable: true, pid: 1 });
    await settle();
    world.answer(at.index++, 'want_thing_events_reply');
    await answerWants(world, at, -31);
    expect(await enabled).toEqual({ retval: 0 });
    const disabled = govpp.request('want_thing_events', { enable_disable: false, pid: 1 });
    await answerWants(world, at);
    expect(await disabled).toEqual({ retval: 0 });
    expect(wants(world)).toEqual([true, true]);
    stream.unsubscribe();
    await answerWants(world, at);
    expect(wants(world)).toEqual([true, true, false]);
  });

  it('a want_* request sent twice, or undone twice, by one channel: gets -31, as VPP gives it to a client', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const [one, other] = [world.channel(), world.channel()];
    const want = async (ch: typeof one, enable_disable: boolean, retval = 0) => {
      const reply = ch.request('want_thing_events', { enable_disable, pid: 1 });
      reply.catch(() => {});
      await answerWants(world, at, retval);
      return reply;
    };
    expect(await want(one, true)).toEqual({ retval: 0 });
    await expect(want(one, true, -31)).rejects.toMatchObject({ code: 'RETVAL', retval: -31 });
    await expect(want(other, false)).rejects.toMatchObject({ code: 'RETVAL', retval: -31 });
    const reply = other.request('want_thing_events', { enable_disable: false }, { anyRetval: true });
    expect(await reply).toEqual({ retval: -31 });
    expect(await want(one, false)).toEqual({ retval: 0 });
    await expect(want(one, false, -31)).rejects.toMatchObject({ code: 'RETVAL', retval: -31 });
    expect(wants(world)).toEqual([true, true, false, false]);
  });

  it('a refusal: ends the stream with VPP its reason; INVALID_REGISTRATION means it is on already', async () => {
    const world = onMemory();
    const at = { index: 0 };
    const refused = world.channel().events('thing_event');
    const failed = expect(refused.ready()).rejects.toMatchObject({ code: 'RETVAL', retval: -1 });
    await answerWants(world, at, -1);
    await failed;
    const fine = world.channel().events('thing_event');
    const ready = fine.ready();
    await answerWants(world, at, -31);
    await ready;
  });

  it('names that are no events: are refused', async () => {
    const world = onMemory();
    const ch = world.channel();
    await expect(ch.events('thing_evnt').ready()).rejects.toMatchObject({
      code: 'UNKNOWN_MESSAGE',
      nearest: ['thing_event'],
    });
    await expect(ch.events('add_one_reply').ready()).rejects.toMatchObject({ code: 'WRONG_KIND' });
    await expect(ch.events('thing_evnt')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'UNKNOWN_MESSAGE',
    });
  });

  it('a signal: ends the stream; subscribe: false sends no want', async () => {
    const world = onMemory();
    const leave = new AbortController();
    const iterator = world
      .channel()
      .events('thing_event', { subscribe: false, signal: leave.signal })
      [Symbol.asyncIterator]();
    emit(world, [3]);
    expect((await iterator.next()).value).toMatchObject({ value: 3 });
    leave.abort();
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
    expect(wants(world)).toEqual([]);
  });

  it('another pid: is the same registration', async () => {
    const world = onMemory();
    const ch = world.channel();
    ch.events('thing_event').observe().subscribe();
    const ready = ch.events('thing_event', { want: { pid: 3 } }).ready();
    await answerWants(world, { index: 0 });
    await ready;
    expect(wants(world)).toEqual([true]);
    expect(world.sent()[0].fields.pid).toBe(process.pid);
  });
});
