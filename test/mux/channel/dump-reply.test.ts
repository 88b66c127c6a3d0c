/** The reply that ends a list, or comes beside its details, can be read whichever way the list is. */
import { describe, expect, it } from 'vitest';
import { newAPIChannel } from '../../../src/mux/channel/api-channel.js';
import type { Dump } from '../../../src/mux/types.js';
import { onMemory } from '../../support/channel-on-memory.js';

const forms: Record<string, (dump: Dump) => Promise<unknown>> = {
  'for await': async (dump) => {
    for await (const _ of dump);
  },
  toArray: (dump) => dump.toArray(),
  observe: (dump) =>
    new Promise((resolve, reject) => {
      let seen: unknown;
      dump.observe().subscribe({ complete: () => resolve(seen), error: reject, next: (each) => (seen = each) });
    }),
};

describe('the reply that ends a get', () => {
  it.each(Object.entries(forms))('%s: is there when the list has ended', async (_form, read) => {
    const world = onMemory();
    const dump = world.channel().dump('item_get');
    const reading = read(dump);
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 5 });
    expect(dump.reply).toBeUndefined();
    world.answer(1, 'item_get_reply', { cursor: 8 });
    await reading;
    expect(dump.reply).toEqual({ retval: 0, cursor: 8 });
  });

  it('read anew: is that of the new reading', async () => {
    const world = onMemory();
    const dump = world.channel().dump('item_get');
    const first = dump.toArray();
    world.answer(0, 'item_get_reply', { cursor: 1 });
    await first;
    const second = dump.toArray();
    expect(dump.reply).toBeUndefined();
    world.answer(1, 'item_get_reply', { cursor: 2 });
    await second;
    expect(dump.reply).toEqual({ retval: 0, cursor: 2 });
  });

  it('a multi request as in Go: comes with the stop', async () => {
    const world = onMemory();
    const context = newAPIChannel({ channel: () => world.channel() }).sendMultiRequest('item_get');
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { cursor: 3 });
    expect(await context.receiveReply()).toEqual({ stop: false, message: { value: 1 } });
    expect(await context.receiveReply()).toEqual({ stop: true, reply: { retval: 0, cursor: 3 } });
  });
});

describe('a reply beside the details of a dump', () => {
  const answer = (world: ReturnType<typeof onMemory>, retval: number) => {
    world.answer(0, 'thing_v2_details', { value: 1 });
    world.answer(0, 'thing_v2_dump_reply', { retval, epoch: 7 });
    world.answer(1, 'control_ping_reply');
  };

  it('is its reply; without one a dump has none', async () => {
    const world = onMemory();
    const dump = world.channel().dump('thing_v2_dump');
    const list = dump.toArray();
    answer(world, 0);
    expect(await list).toEqual([{ value: 1 }]);
    expect(dump.reply).toEqual({ retval: 0, epoch: 7 });
    const plain = world.channel().dump('thing_dump');
    const empty = plain.toArray();
    world.answer(3, 'control_ping_reply');
    await empty;
    expect(plain.reply).toBeUndefined();
  });

  it('that refuses: is an error; that nothing has changed: is none', async () => {
    const world = onMemory();
    const refused = world.channel().dump('thing_v2_dump').toArray();
    answer(world, -2);
    await expect(refused).rejects.toMatchObject({ code: 'DUMP_INCOMPLETE', cause: { retval: -2 } });
    expect(world.session.inFlight).toBe(0);
    const other = onMemory();
    const dump = other.channel().dump('thing_v2_dump');
    const same = dump.toArray();
    other.answer(0, 'thing_v2_dump_reply', { retval: -160, epoch: 7 });
    other.answer(1, 'control_ping_reply');
    expect(await same).toEqual([]);
    expect(dump.reply).toEqual({ retval: -160, epoch: 7 });
  });

  it('that is cut short: fails the dump', async () => {
    const world = onMemory();
    const list = world.channel().dump('thing_v2_dump').toArray();
    world.answerCut(0, 'thing_v2_dump_reply', 8);
    world.answer(1, 'control_ping_reply');
    await expect(list).rejects.toMatchObject({ code: 'TRUNCATED' });
  });
});
