/** Callers that act from within what they are told, and refusals in unlucky places: everything still settles. */
import { repeat, take } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

const quiet = { error: () => {} };
const settle = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};

afterEach(() => vi.useRealTimers());

describe('re-entrancy', () => {
  it('an observed dump that is refused before it is sent: leaves the channel as it was', async () => {
    const { channel, answer } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    ch.dump('item_get', { bogus: 1 }).observe().subscribe(quiet);
    ch.dump('item_get', {}, { signal: AbortSignal.abort() }).observe().subscribe(quiet);
    expect(ch.outstanding).toBe(0);
    const reply = ch.request('add_one', { value: 1 });
    answer(0, 'add_one_reply', { value: 2 });
    await expect(reply).resolves.toMatchObject({ value: 2 });
  });

  it('the end of the session from within a detail: no deadline is left behind', async () => {
    vi.useFakeTimers();
    const { channel, answer, session, deadlines } = onMemory();
    let failed: unknown;
    const dump = channel().dump('thing_dump').observe();
    const end = () => {
      session.destroy(new Error('enough'));
      deadlines.clear();
    };
    dump.subscribe({ next: end, error: (error) => (failed = error) });
    answer(0, 'thing_details', { value: 1 });
    expect(failed).toMatchObject({ arrived: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closing a channel from the failure of another, with the session full: no endless turn', () => {
    const { channel } = onMemory({ maxInFlight: 1 });
    const [a, b] = [channel(), channel()];
    a.request('add_one').catch(() => {});
    b.dump('thing_dump')
      .observe()
      .subscribe({ error: () => a.close() });
    b.dump('thing_dump').observe().subscribe(quiet);
    b.close();
    expect([a.closed, a.outstanding, b.outstanding]).toEqual([true, 0, 0]);
  });

  it('subscribing anew for each event, beside another subscriber: each event is given once', async () => {
    const world = onMemory();
    const seen: unknown[] = [];
    const events = () => world.channel().events('thing_event', { subscribe: false }).observe();
    events().subscribe();
    events()
      .pipe(take(1), repeat(1000))
      .subscribe((item) => seen.push(item));
    for (const value of [1, 2]) world.receive('thing_event', { value });
    await settle();
    expect(seen.length).toBe(2);
  });

  it('a request within a cursor dump, with a window of one: the paused dump holds no place', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 1, replyBuffer: 4 });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const { value } of ch.dump('item_get'))
        seen.push([value, (await ch.request('add_one', { value })).value]);
    })();
    for (const value of [1, 2, 3, 4]) world.answer(0, 'item_details', { value });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 4 });
    for (let index = 1; seen.length < 5 && index < 20; index++) {
      await settle();
      const sent = world.sent()[index];
      if (sent?.name === 'add_one') world.answer(index, 'add_one_reply', { value: Number(sent.fields.value) * 10 });
      else if (sent?.name === 'item_get') {
        world.answer(index, 'item_details', { value: 5 });
        world.answer(index, 'item_get_reply', { cursor: 0xffffffff });
      }
      await settle();
    }
    await reading;
    expect(seen).toEqual([1, 2, 3, 4, 5].map((value) => [value, value * 10]));
    expect(world.session.inFlight).toBe(0);
  });

  it('a short deadline: fails its own request, not those behind it', async () => {
    vi.useFakeTimers();
    const { channel, answer } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    const short = ch.request('add_one', {}, { timeoutMs: 20 });
    const next = ch.request('add_one', { value: 7 });
    const failed = expect(short).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'unknown' });
    await vi.advanceTimersByTimeAsync(30);
    await failed;
    answer(1, 'add_one_reply', { value: 8 });
    await expect(next).resolves.toMatchObject({ value: 8 });
  });

  it('waiting for another channel that gets no answer: ends with the deadline, as not sent', async () => {
    vi.useFakeTimers();
    const { channel } = onMemory({ maxInFlight: 1 });
    channel()
      .request('add_one', {}, { timeoutMs: 60_000 })
      .catch(() => {});
    const waiting = channel({ replyTimeoutMs: 100 }).request('add_one');
    const failed = expect(waiting).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'not-sent' });
    await vi.advanceTimersByTimeAsync(150);
    await failed;
  });

  it('a want_* with bad fields: is refused, and stands in nobody else his way', async () => {
    const world = onMemory();
    const ch = world.channel();
    await expect(ch.request('want_thing_events', { enable_disable: true, bogus: 1 })).rejects.toMatchObject({
      code: 'BAD_FIELD',
    });
    const events = ch.events('thing_event');
    const ready = events.ready();
    await settle();
    world.answer(0, 'want_thing_events_reply');
    await ready;
  });

  it('ready() after the loop has begun: waits for that loop, and makes no second subscription', async () => {
    const world = onMemory();
    const ch = world.channel();
    const events = ch.events('thing_event');
    const first = events[Symbol.asyncIterator]().next();
    const ready = events.ready();
    await settle();
    world.answer(0, 'want_thing_events_reply');
    await ready;
    world.receive('thing_event', { value: 1 });
    expect((await first).value).toMatchObject({ value: 1 });
    ch.close();
    await settle();
    expect(world.sent().map(({ fields }) => fields.enable_disable)).toEqual([true, false]);
  });

  it('a stream of a closed channel: CHANNEL_CLOSED, nothing is sent', async () => {
    const world = onMemory();
    const ch = world.channel();
    const events = ch.events('thing_event');
    ch.close();
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' });
    await expect(ch.events('thing_event').ready()).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' });
    expect(world.link.sent).toEqual([]);
  });

  it('next() after return(): the end, nothing is sent', async () => {
    const world = onMemory();
    const dump = world.channel().dump('thing_dump')[Symbol.asyncIterator]();
    await dump.return?.();
    expect(await dump.next()).toEqual({ value: undefined, done: true });
    expect(world.link.sent).toEqual([]);
  });

  it('names of object members: are no forbidden messages', async () => {
    const ch = onMemory().channel();
    await expect(ch.request('constructor')).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' });
    await expect(ch.request('__proto__')).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' });
  });
});
