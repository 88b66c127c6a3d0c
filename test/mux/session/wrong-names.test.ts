/** VPP's own mistakes: answers under another message's name or id. A list is complete or an error all the same. */
import { describe, expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { body, smallTable } from '../../support/small-schema.js';

type World = ReturnType<typeof onMemory>;

const idOf = (name: string) => smallTable.get(name)?.id ?? -1;

/** An answer to the request sent as number `index`, under the id `id`. */
function underId(world: World, id: number, name: string, index: number, fields: Record<string, unknown> = {}): Buffer {
  const bytes = body(name, { context: world.sent()[index].fields.context, ...fields });
  bytes.writeUInt16BE(id, 0);
  world.link.receive(bytes);
  return bytes;
}

describe("an answer under a sibling's name, of the same layout", () => {
  it('a reply: is the answer, with a debug line', async () => {
    const world = onMemory();
    const ch = world.channel();
    const replies = [ch.request('add_two', { value: 1 }), ch.request('add_two', { value: 2 })];
    for (const index of [0, 1]) world.answer(index, 'add_one_reply', { value: index });
    expect(await Promise.all(replies)).toEqual([
      { retval: 0, value: 0 },
      { retval: 0, value: 1 },
    ]);
    const told = world.log.filter((line) => line.includes('add_one_reply'));
    expect(told).toEqual([expect.stringContaining('add_two_reply')]);
  });

  it('a refusal under it: is a refusal', async () => {
    const world = onMemory();
    const reply = world.channel().request('add_two');
    world.answer(0, 'add_one_reply', { retval: -2 });
    await expect(reply).rejects.toMatchObject({ code: 'RETVAL', retval: -2, messageName: 'add_two' });
  });

  it('details: are the details', async () => {
    const world = onMemory();
    const list = world.channel().dump('thing_v2_dump').toArray();
    world.answer(0, 'thing_details', { value: 4 });
    world.answer(1, 'control_ping_reply');
    expect(await list).toEqual([{ value: 4 }]);
  });

  it('another layout: UNEXPECTED_REPLY, with what came and its bytes', async () => {
    const world = onMemory();
    const reply = world.channel().request('add_two');
    const bytes = underId(world, idOf('control_ping_reply'), 'control_ping_reply', 0, { vpe_pid: 3 });
    await expect(reply).rejects.toMatchObject({
      code: 'UNEXPECTED_REPLY',
      cause: { vpe_pid: 3 },
      bytes: new Uint8Array(bytes),
    });
  });
});

describe('details under a wrong id', () => {
  // A request's context stands at 6, an event has none, a reply has it where the details have it; 10 is nobody's.
  const ids = {
    'an id that nobody has': 10_000,
    'a request': 'add_one',
    'an event': 'thing_event',
    'a reply': 'add_one_reply',
  };

  it.each(Object.entries(ids))('%s: an error with the bytes, never an empty list', async (_what, id) => {
    const world = onMemory();
    const ch = world.channel();
    const list = ch.dump('thing_dump').toArray();
    const failed = list.catch((error) => error);
    const wrong = typeof id === 'number' ? id : idOf(id);
    const bytes = underId(world, wrong, 'thing_details', 0, { value: 7 });
    underId(world, wrong, 'thing_details', 0, { value: 8 });
    world.answer(1, 'control_ping_reply');
    expect(await failed).toMatchObject({
      code: 'UNEXPECTED_REPLY',
      messageName: 'thing_dump',
      message: expect.stringContaining(`${wrong}`),
      bytes: new Uint8Array(bytes),
    });
    expect([world.session.inFlight, ch.outstanding, world.counters.lateReplies]).toEqual([0, 0, 0]);
  });

  it('after good ones: the error says how many had arrived', async () => {
    const world = onMemory();
    const list = world.channel().dump('thing_dump').toArray();
    world.answer(0, 'thing_details', { value: 1 });
    underId(world, 10_000, 'thing_details', 0);
    world.answer(1, 'control_ping_reply');
    await expect(list).rejects.toMatchObject({ code: 'UNEXPECTED_REPLY', arrived: 1 });
  });

  it('a reply under a wrong id: fails its request at once', async () => {
    const world = onMemory();
    const reply = world.channel().request('add_one');
    underId(world, idOf('control_ping'), 'add_one_reply', 0);
    await expect(reply).rejects.toMatchObject({ code: 'UNEXPECTED_REPLY', messageName: 'add_one' });
  });

  it('an id that VPP is known to get wrong: they are the details', async () => {
    const world = onMemory();
    const list = world.channel().dump('ip6nd_proxy_dump').toArray();
    underId(world, 10, 'ip6nd_proxy_details', 0, { sw_if_index: 3 });
    underId(world, 8, 'ip6nd_proxy_details', 0, { sw_if_index: 4 });
    world.answer(1, 'control_ping_reply');
    expect(await list).toEqual([{ sw_if_index: 3 }, { sw_if_index: 4 }]);
    expect(world.log.filter((line) => line.includes('ip6nd_proxy_details')).length).toBe(1);
  });

  it('an event whose pid looks like a context: stays an event', async () => {
    const events: number[] = [];
    const world = onMemory({ onEvent: () => events.push(1) });
    const reply = world.channel().request('add_one');
    const { context } = world.sent()[0].fields;
    for (const client_index of [0x80000007, 0]) world.receive('thing_event', { client_index, pid: context, value: 1 });
    world.answer(0, 'add_one_reply', { value: 1 });
    await expect(reply).resolves.toMatchObject({ value: 1 });
    expect(events.length).toBe(2);
  });

  it('what has no context of ours anywhere: is counted, as before', () => {
    const { receive, link, counters } = onMemory();
    receive('add_one_reply', { context: 0x12 });
    link.receive(Buffer.from([0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(counters).toMatchObject({ strayReplies: 1, unknownMessages: 1 });
  });
});
