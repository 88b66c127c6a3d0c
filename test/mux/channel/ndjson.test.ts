import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect, ndjson } from '../../../src/mux/index.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { testMock } from '../../support/mock.js';
import { body, read } from '../../support/small-schema.js';

type World = ReturnType<typeof onMemory>;

const lines = async (rows: AsyncIterable<Buffer>) => {
  const chunks: string[] = [];
  for await (const chunk of rows) chunks.push(chunk.toString());
  return chunks;
};

function details(world: World, index: number, values: number[]): void {
  for (const value of values) world.answer(index, 'thing_details', { value });
}

describe('a dump as NDJSON', () => {
  it('a line for each of the details, in chunks of what came at the same time; then the end', async () => {
    const world = onMemory();
    const reading = lines(ndjson(world.channel().dump('thing_dump')));
    details(world, 0, [1, 2, 3]);
    await vi.waitFor(() => expect(world.counters.details).toBe(3));
    details(world, 0, [4]);
    world.answer(1, 'control_ping_reply');
    expect(await reading).toEqual(['{"value":1}\n{"value":2}\n{"value":3}\n', '{"value":4}\n']);
  });

  it('the end in the same read: loses no line; the reply is there', async () => {
    const world = onMemory();
    const dump = world.channel().dump('item_get');
    const reading = lines(ndjson(dump));
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { cursor: 3 });
    expect(await reading).toEqual(['{"value":1}\n']);
    expect(dump.reply).toEqual({ retval: 0, cursor: 3 });
  });

  it('is sent when it is read, and anew each time', async () => {
    const world = onMemory();
    const rows = ndjson(world.channel().dump('thing_dump'));
    expect(world.link.sent.length).toBe(0);
    for (const round of [0, 2]) {
      const reading = lines(rows);
      details(world, round, [7]);
      world.answer(round + 1, 'control_ping_reply');
      expect(await reading).toEqual(['{"value":7}\n']);
    }
  });

  it('a chunk is the reader’s own: later ones leave it as it is', async () => {
    const world = onMemory();
    const rows = ndjson(world.channel().dump('thing_dump'))[Symbol.asyncIterator]();
    const first = rows.next();
    details(world, 0, [1]);
    const chunk = (await first).value as Buffer;
    const second = rows.next();
    details(world, 0, [2]);
    await second;
    expect(chunk.toString()).toBe('{"value":1}\n');
  });

  it('a slow reader: REPLY_OVERFLOW by the bytes of text that wait, behind what has arrived', async () => {
    const world = onMemory();
    const channel = world.channel({ replyBuffer: 1, replyBytes: 30 });
    const rows = ndjson(channel.dump('thing_dump'))[Symbol.asyncIterator]();
    const first = rows.next();
    for (const value of [0, 1, 2, 3, 4, 5, 6]) {
      details(world, 0, [value]);
      await Promise.resolve();
    }
    expect((await first).value?.toString()).toBe('{"value":0}\n');
    const seen: string[] = [];
    const error = await (async () => {
      for (;;) seen.push(`${(await rows.next()).value}`);
    })().catch((failure) => failure);
    expect(seen).toEqual(['{"value":1}\n', '{"value":2}\n', '{"value":3}\n']);
    expect(error).toMatchObject({ code: 'REPLY_OVERFLOW' });
  });

  it('bytes beyond the definition are counted; details that end too early fail it, behind the lines before', async () => {
    const world = onMemory();
    const reading = lines(ndjson(world.channel().dump('thing_dump'))).catch((error) => error);
    const { context } = read(world.link.sent[0]).fields;
    const one = body('thing_details', { context, value: 1 });
    world.link.receive(Buffer.concat([one, Buffer.alloc(3)]));
    expect(world.counters).toMatchObject({ trailingMessages: 1, trailingBytes: 3 });
    world.link.receive(one.subarray(0, one.length - 1));
    expect(await reading).toMatchObject({ code: 'TRUNCATED', messageName: 'thing_dump' });
  });

  it('data listeners see the details as ever', async () => {
    const mock = await testMock();
    const vpp = await connect({ socket: mock.socket, cacheDir: false });
    onTestFinished(() => vpp.destroy());
    const seen: [string, Record<string, unknown>][] = [];
    vpp.dataEvents.listen({ reply: (_channel, { name, fields }) => void seen.push([name, fields]) });
    const rows = await lines(ndjson(vpp.channel().dump('sw_interface_dump')));
    const [, fields] = seen.find(([name]) => name === 'sw_interface_details') ?? [];
    expect(rows.join('')).toContain(`"interface_name":"${fields?.interface_name}"`);
  });

  it('of something else: TypeError', () => {
    expect(() => ndjson({} as never)).toThrow(TypeError);
  });
});
