import { describe, expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { world } from '../../support/world.js';

/** The result of a look-up by name that found nothing. */
const notFound = undefined;

const refused = (path: string) => ({
  code: 'BAD_FIELD',
  path,
  message: expect.stringMatching(/undefined is no value/),
});

describe('a field that is there and undefined', () => {
  it('of a request: is refused, and nothing is sent', async () => {
    const { channel, sent } = onMemory();
    await expect(channel().request('add_one', { value: notFound })).rejects.toMatchObject(refused('value'));
    expect(sent()).toEqual([]);
  });

  it('of a request that has to wait: is refused as well', async () => {
    const { channel, sent } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    ch.request('add_one').catch(() => {});
    await expect(ch.request('add_one', { value: notFound })).rejects.toMatchObject(refused('value'));
    expect(sent()).toHaveLength(1);
  });

  it('of a dump: is refused, and nothing is sent', async () => {
    const { channel, sent } = onMemory();
    await expect(channel().dump('item_get', { cursor: notFound }).toArray()).rejects.toMatchObject(refused('cursor'));
    expect(sent()).toEqual([]);
  });

  it('of a want_* request: is refused, and is no "off" that takes the registration away', async () => {
    const { channel, sent, answer } = onMemory();
    const ch = channel();
    const on = ch.request('want_thing_events', { enable_disable: true });
    await expect.poll(() => sent().length).toBe(1);
    answer(0, 'want_thing_events_reply');
    await on;
    const again = ch.request('want_thing_events', { enable_disable: notFound });
    await expect(again).rejects.toMatchObject(refused('enable_disable'));
    expect(sent()).toHaveLength(1);
  });

  it('of an event subscription: is refused, also where others hold the registration without it', async () => {
    const { channel, sent, answer } = onMemory();
    const first = channel().events('thing_event').ready();
    await expect.poll(() => sent().length).toBe(1);
    answer(0, 'want_thing_events_reply');
    await first;
    const second = channel().events('thing_event', { want: { pid: notFound } });
    await expect(second.ready()).rejects.toMatchObject(refused('pid'));
    expect(sent()).toHaveLength(1);
  });

  it("of an answer that a test gives the mock: is the mock's failure, with its path", async () => {
    const warnings: string[] = [];
    const log = (_level: string, text: string) => void warnings.push(text);
    const { connection, mock } = await world({}, { log });
    mock.handle('show_version', () => ({ retval: 0, version: notFound }));
    const asking = connection.channel().request('show_version');
    const over = expect(asking).rejects.toMatchObject({ code: 'CLOSED' });
    await expect.poll(() => warnings.join()).toMatch(/handler of show_version failed.*version: undefined is no value/);
    connection.destroy();
    await over;
  });

  it('deep within a request to a real socket: is refused with the whole path', async () => {
    const { connection, mock } = await world();
    const route = { prefix: '10.0.0.0/8', paths: [{ sw_if_index: notFound }] };
    const sending = connection.channel().request('ip_route_add_del_v2', { is_add: true, route });
    await expect(sending).rejects.toMatchObject(refused('route.paths[0].sw_if_index'));
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });
});
