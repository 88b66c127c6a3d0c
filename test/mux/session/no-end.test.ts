/** VPPs that do not come to an end: progress renews a deadline, activity does not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type World = ReturnType<typeof onMemory>;

/** Lets `ms` pass with a detail of the request sent as number `index` every 50 ms. */
async function details(world: World, index: number, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    await vi.advanceTimersByTimeAsync(50);
    world.answer(index, 'thing_details', { value: passed });
  }
}

describe('details without an end', () => {
  it('a dump given up: has one more deadline to end, then its place is free for the request behind it', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 1, replyTimeoutMs: 200 });
    const leave = new AbortController();
    const dump = ch.dump('thing_dump', {}, { signal: leave.signal }).toArray();
    leave.abort();
    await expect(dump).rejects.toMatchObject({ code: 'ABORTED' });
    await details(world, 0, 150);
    const next = ch.request('add_one', { value: 1 });
    await details(world, 0, 100);
    expect(world.sent().at(-1)).toMatchObject({ name: 'add_one' });
    world.answer(2, 'add_one_reply', { value: 2 });
    await expect(next).resolves.toMatchObject({ value: 2 });
    expect(world.session.inFlight).toBe(0);
  });

  it('a request that waits behind one: fails as not sent after its deadline, whatever others are answered', async () => {
    const world = onMemory();
    const endless = world.channel({ requestBuffer: 1, replyTimeoutMs: 200 });
    const seen: unknown[] = [];
    endless
      .dump('thing_dump')
      .observe()
      .subscribe((each) => seen.push(each));
    const behind = endless.request('add_one');
    const failed = expect(behind).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'not-sent' });
    const other = world.channel();
    for (let round = 0; round < 30; round++) {
      const reply = other.request('add_one');
      await details(world, 0, 50);
      world.answer(2 + round, 'add_one_reply');
      await reply;
    }
    await failed;
    expect(seen.length).toBe(30);
  });

  it('the dump itself, with a reader: goes on for as long as it makes progress', async () => {
    const world = onMemory();
    const list = world.channel({ replyTimeoutMs: 100 }).dump('thing_dump').toArray();
    await details(world, 0, 1000);
    world.answer(1, 'control_ping_reply');
    expect((await list).length).toBe(20);
  });
});

describe('a cursor that does not move', () => {
  const page = (world: World, index: number, cursor: number) =>
    world.answer(index, 'item_get_reply', { retval: -165, cursor });

  it('EAGAIN with the cursor that was asked with: fails, and VPP is asked no more', async () => {
    const world = onMemory();
    const list = world.channel().dump('item_get').toArray();
    const failed = expect(list).rejects.toMatchObject({
      code: 'PROTOCOL',
      messageName: 'item_get',
      message: expect.stringContaining('cursor 7'),
    });
    page(world, 0, 7);
    page(world, 1, 7);
    await failed;
    expect(world.link.sent.length).toBe(2);
    expect(world.session.inFlight).toBe(0);
  });

  it('the same with details each time, or a cursor that goes back: fails with what had arrived', async () => {
    for (const second of [7, 3]) {
      const world = onMemory();
      const list = world.channel().dump('item_get').toArray();
      const failed = expect(list).rejects.toMatchObject({ code: 'PROTOCOL', arrived: 2 });
      for (const [index, cursor] of [7, second].entries()) {
        world.answer(index, 'item_details', { value: index });
        page(world, index, cursor);
      }
      await failed;
      expect(world.link.sent.length).toBe(2);
    }
  });

  it('the start again, with nothing given: fails at the first page', async () => {
    for (const fields of [{}, { cursor: 0 }, { cursor: 9 }]) {
      const world = onMemory();
      const list = world.channel().dump('item_get', fields).toArray();
      const failed = expect(list).rejects.toMatchObject({ code: 'PROTOCOL' });
      page(world, 0, fields.cursor ?? 0);
      await failed;
    }
  });

  it('pages with nothing on them, one after the other: end after a bounded number', async () => {
    const world = onMemory();
    const list = world.channel().dump('item_get').toArray();
    const failed = expect(list).rejects.toMatchObject({ code: 'PROTOCOL' });
    let asked = 0;
    for (; world.link.sent.length > 0 && asked < 100_000; asked++) {
      page(world, 0, asked + 1);
      world.link.sent.shift();
    }
    await failed;
    expect(asked).toBeLessThan(100_000);
  });
});
