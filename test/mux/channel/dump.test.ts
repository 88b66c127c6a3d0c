import { afterEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

type World = ReturnType<typeof onMemory>;

/** Details of a thing_dump sent as number `index`, each in a read of its own. */
function details(world: World, index: number, values: number[]): void {
  for (const value of values) world.answer(index, 'thing_details', { value });
}

const numbers = (list: Record<string, unknown>[]) => list.map(({ value }) => value);

afterEach(() => vi.useRealTimers());

describe('dump: ended by control_ping', () => {
  it('toArray: dump and ping leave together under one context; the ping reply is the end', async () => {
    const world = onMemory();
    const list = world.channel().dump('thing_dump').toArray();
    const [dump, ping] = world.sent();
    expect([dump.name, ping.name]).toEqual(['thing_dump', 'control_ping']);
    expect(ping.fields.context).toBe(dump.fields.context);
    details(world, 0, [1, 2, 3]);
    world.answer(1, 'control_ping_reply');
    expect(numbers(await list)).toEqual([1, 2, 3]);
  });

  it('for await: gives details as they come, sent only when iterated, and anew each time', async () => {
    const world = onMemory();
    const dump = world.channel().dump('thing_dump');
    expect(world.link.sent.length).toBe(0);
    for (const round of [0, 2]) {
      const seen: unknown[] = [];
      const reading = (async () => {
        for await (const { value } of dump) seen.push(value);
      })();
      details(world, round, [7]);
      await vi.waitFor(() => expect(seen).toEqual([7]));
      world.answer(round + 1, 'control_ping_reply');
      await reading;
    }
  });

  it('an empty dump: an empty list', async () => {
    const world = onMemory();
    const list = world.channel().dump('thing_dump').toArray();
    world.answer(1, 'control_ping_reply');
    expect(await list).toEqual([]);
  });

  it('a reader that leaves early: the rest of the answer reaches nobody, the window is kept until its end', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 1 });
    const reading = (async () => {
      for await (const { value } of ch.dump('thing_dump')) return value;
    })();
    details(world, 0, [1]);
    expect(await reading).toBe(1);
    const next = ch.request('add_one', { value: 1 });
    details(world, 0, [2, 3]);
    expect(world.link.sent.length).toBe(2);
    world.answer(1, 'control_ping_reply');
    world.answer(2, 'add_one_reply', { value: 2 });
    await expect(next).resolves.toMatchObject({ value: 2 });
    expect(world.session.inFlight).toBe(0);
    expect(world.counters).toMatchObject({ lateReplies: 0, strayReplies: 0 });
  });

  it('a slow reader: REPLY_OVERFLOW says how many arrived; what waited is read first', async () => {
    const world = onMemory();
    const dump = world.channel({ replyBuffer: 3 }).dump('thing_dump')[Symbol.asyncIterator]();
    const first = dump.next();
    details(world, 0, [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await first).toMatchObject({ value: { value: 0 } });
    const seen: unknown[] = [];
    const error = await (async () => {
      for (;;) seen.push((await dump.next()).value?.value);
    })().catch((failure) => failure);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(error).toMatchObject({ code: 'REPLY_OVERFLOW', arrived: 6 });
    expect(await dump.next()).toEqual({ value: undefined, done: true });
  });

  it('toArray and observe: are not bounded by replyBuffer', async () => {
    const world = onMemory();
    const ch = world.channel({ replyBuffer: 1 });
    const all = ch.dump('thing_dump').toArray();
    const seen: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      ch.dump('thing_dump')
        .observe()
        .subscribe({ next: ({ value }) => seen.push(value), complete: resolve });
    });
    details(world, 0, [1, 2, 3]);
    details(world, 2, [4, 5, 6]);
    world.answer(1, 'control_ping_reply');
    world.answer(3, 'control_ping_reply');
    expect(numbers(await all)).toEqual([1, 2, 3]);
    await done;
    expect(seen).toEqual([4, 5, 6]);
  });

  it('observe: is cold, and unsubscribing gives up', () => {
    const world = onMemory();
    const seen: unknown[] = [];
    const observable = world.channel().dump('thing_dump').observe();
    expect(world.link.sent.length).toBe(0);
    const subscription = observable.subscribe(({ value }) => seen.push(value));
    details(world, 0, [1]);
    subscription.unsubscribe();
    details(world, 0, [2]);
    world.answer(1, 'control_ping_reply');
    expect(seen).toEqual([1]);
    expect(world.session.inFlight).toBe(0);
  });

  it('silence in the middle: fails after the idle deadline, which each read renews; never a shorter list', async () => {
    vi.useFakeTimers();
    const world = onMemory();
    const list = world.channel().dump('thing_dump', {}, { timeoutMs: 100 }).toArray();
    const failed = expect(list).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', arrived: 3, messageName: 'thing_dump' });
    for (const value of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(80);
      details(world, 0, [value]);
    }
    await vi.advanceTimersByTimeAsync(150);
    await failed;
  });

  it('an abort: ends the iteration with ABORTED', async () => {
    const world = onMemory();
    const leave = new AbortController();
    const list = world.channel().dump('thing_dump', {}, { signal: leave.signal }).toArray();
    details(world, 0, [1]);
    leave.abort();
    await expect(list).rejects.toMatchObject({ code: 'ABORTED', outcome: 'unknown' });
  });
});

describe('dump: ended by its own reply', () => {
  it('EAGAIN: follows the cursor until done', async () => {
    const world = onMemory();
    const list = world.channel().dump('item_get').toArray();
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 77 });
    expect(world.sent()[1]).toMatchObject({ name: 'item_get', fields: { cursor: 77 } });
    world.answer(1, 'item_details', { value: 2 });
    world.answer(1, 'item_get_reply', { retval: 0, cursor: 0xffffffff });
    expect(numbers(await list)).toEqual([1, 2]);
    expect(world.link.sent.length).toBe(2);
  });

  it('silence after the first page, with a time of its own: fails after that time', async () => {
    vi.useFakeTimers();
    const world = onMemory();
    const list = world.channel().dump('item_get', {}, { timeoutMs: 100 }).toArray();
    const failed = expect(list).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', arrived: 1 });
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 77 });
    await vi.advanceTimersByTimeAsync(150);
    expect(world.session.inFlight).toBe(0);
    await failed;
  });

  it('INVALID_VALUE on an empty vector or behind a deleted tail: is the end', async () => {
    const world = onMemory();
    const ch = world.channel();
    const empty = ch.dump('item_get').toArray();
    world.answer(0, 'item_get_reply', { retval: -7, cursor: 0xffffffff });
    expect(await empty).toEqual([]);
    const cut = ch.dump('item_get', { cursor: 0xffffffff }).toArray();
    world.answer(1, 'item_details', { value: 1 });
    world.answer(1, 'item_get_reply', { retval: -165, cursor: 5 });
    world.answer(2, 'item_get_reply', { retval: -7, cursor: 5 });
    expect(numbers(await cut)).toEqual([1]);
  });

  it('INVALID_VALUE for a cursor of the caller: is a refusal', async () => {
    const world = onMemory();
    const list = world.channel().dump('item_get', { cursor: 12 }).toArray();
    world.answer(0, 'item_get_reply', { retval: -7 });
    await expect(list).rejects.toMatchObject({ code: 'RETVAL', retval: -7 });
  });

  it('a refusal after details: DUMP_INCOMPLETE, never a shorter list', async () => {
    const world = onMemory();
    const list = world.channel().dump('item_get').toArray();
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { retval: -1 });
    await expect(list).rejects.toMatchObject({ code: 'DUMP_INCOMPLETE', arrived: 1, cause: { retval: -1 } });
  });

  it('a slow reader: the next page is asked for when there is room; leaving in between ends it', async () => {
    const world = onMemory();
    const dump = world.channel({ replyBuffer: 4 }).dump('item_get')[Symbol.asyncIterator]();
    const first = dump.next();
    for (const value of [0, 1, 2, 3]) world.answer(0, 'item_details', { value });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 4 });
    await first;
    expect(world.link.sent.length).toBe(1);
    await dump.next();
    await dump.next();
    expect(world.sent()[1].fields.cursor).toBe(4);
    for (const value of [4, 5, 6]) world.answer(1, 'item_details', { value });
    world.answer(1, 'item_get_reply', { retval: -165, cursor: 7 });
    await dump.return?.();
    expect(world.session.inFlight).toBe(0);
    expect(world.link.sent.length).toBe(2);
  });
});
