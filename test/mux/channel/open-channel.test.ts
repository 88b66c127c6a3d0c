/** A second kind of channel: the connection, its statistics, its end and its listeners treat it as they do the first. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { VppConnection } from '../../../src/mux/connection/connection.js';
import { type DataListener, refuse } from '../../../src/mux/index.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { decodesOf } from '../../support/decodes.js';
import { FrameChannel } from '../../support/frame-channel.js';
import { ownSchema, testMock } from '../../support/mock.js';
import { body } from '../../support/small-schema.js';
import { afterThis } from '../../support/world.js';

afterEach(() => vi.restoreAllMocks());

async function connected() {
  const mock = await testMock();
  const connection = new VppConnection({ socket: mock.socket, cacheDir: false });
  afterThis(() => connection.destroy());
  await expect.poll(() => connection.status.pid).toBeDefined();
  const schema = await ownSchema();
  const channel = connection.open((id, host) => new FrameChannel(id, host));
  const message = (name: string) => schema.message(name);
  const ask = async (name: string) => {
    const reply = await channel.send(name, message(name).encode({}));
    return message(`${name}_reply`).decode(reply);
  };
  return { mock, connection, channel, ask };
}

/** Writes down what it hears of each channel. */
function scribe(more: DataListener = {}) {
  const heard: string[] = [];
  const listener: DataListener = {
    opened: ({ name }) => heard.push(`opened ${name}`),
    firstMessage: (_info, { name }) => void heard.push(`first ${name}`),
    request: (_info, { name }) => void heard.push(`request ${name}`),
    closed: ({ name }) => heard.push(`closed ${name}`),
    ...more,
  };
  return { heard, listener };
}

describe('a second kind of channel', () => {
  it('is opened: it has a number of its own, and VPP answers it', async () => {
    const { connection, channel, ask } = await connected();
    expect(await ask('show_version')).toMatchObject({ retval: 0, program: expect.any(String) });
    expect([channel.info.id, connection.channel().id]).toEqual([1, 2]);
  });

  it('is counted in the statistics', async () => {
    const { connection, channel, ask } = await connected();
    await ask('control_ping');
    const asked = ask('control_ping');
    const { channels, perChannel } = connection.stats();
    expect([channels, perChannel.at(-1)]).toEqual([
      1,
      expect.objectContaining({ id: 1, name: 'frames 1', owner: 'relay', access: 'write', requests: 2, inFlight: 1 }),
    ]);
    await asked;
    channel.close();
    expect(connection.stats().channels).toBe(0);
  });

  it('takes turns with the channels of the first kind', () => {
    const { open, channel, sent, answer } = onMemory({ maxInFlight: 1 });
    const frames = open((id, host) => new FrameChannel(id, host));
    const fields = channel();
    for (const value of [10, 11, 12]) fields.request('add_one', { value }).catch(() => {});
    for (const value of [20, 21]) frames.send('add_one', body('add_one', { value })).catch(() => {});
    for (let index = 0; index < 5; index++) answer(index, 'add_one_reply');
    expect(sent().map((each) => each.fields.value)).toEqual([10, 11, 20, 12, 21]);
  });

  it('closes: what is in flight and what waits is given up', async () => {
    const { open, session } = onMemory();
    const frames = open((id, host) => new FrameChannel(id, host, 1));
    const asked = [1, 2].map((value) => frames.send('add_one', body('add_one', { value })));
    const results = Promise.allSettled(asked);
    frames.close();
    expect(await results).toMatchObject([
      { reason: { code: 'CHANNEL_CLOSED', outcome: 'unknown' } },
      { reason: { code: 'CHANNEL_CLOSED', outcome: 'not-sent' } },
    ]);
    expect([session.inFlight, frames.outstanding]).toEqual([0, 0]);
  });

  it('too few bytes for the message: are refused and not sent', async () => {
    const { connection, channel } = await connected();
    const { requests } = connection.stats();
    await expect(channel.send('show_version', Buffer.alloc(9))).rejects.toMatchObject({ code: 'BAD_FIELD' });
    expect(connection.stats().requests).toBe(requests);
  });

  it('the connection is closed: what is in flight is answered first, then the channel is closed', async () => {
    const { connection, channel, ask } = await connected();
    const asked = ask('control_ping');
    await connection.close();
    expect(await asked).toMatchObject({ retval: 0 });
    expect([channel.closed, channel.endedBy]).toEqual([true, expect.objectContaining({ code: 'CLOSED' })]);
  });

  it('the connection is destroyed: its requests fail, then the channel is closed', async () => {
    const { connection, channel, ask } = await connected();
    const failed = expect(ask('control_ping')).rejects.toMatchObject({ code: 'CLOSED' });
    connection.destroy(new Error('enough'));
    expect([channel.closed, channel.endedBy?.message]).toEqual([true, expect.stringContaining('enough')]);
    await failed;
  });

  it('is seen by data listeners, from its opening to its end', async () => {
    const { connection, channel, ask } = await connected();
    const { heard, listener } = scribe();
    connection.dataEvents.listen(listener);
    await ask('show_version');
    channel.close();
    expect(heard).toEqual(['opened frames 1', 'first show_version', 'request show_version', 'closed frames 1']);
  });

  it('is refused what a listener refuses', async () => {
    const { connection, channel, ask } = await connected();
    let isAllowed = true;
    const { listener } = scribe({ firstMessage: () => (isAllowed ? undefined : refuse('REFUSED', 'no')) });
    connection.dataEvents.listen(listener);
    await ask('show_version');
    isAllowed = false;
    connection.dataEvents.decideAgain(listener);
    await expect(ask('show_version')).rejects.toMatchObject({ code: 'REFUSED', channel: channel.info.id });
  });
});

describe('a second kind of channel, and listeners', () => {
  it('a request, a reply: are decoded when a listener looks at their fields, and not before', async () => {
    const { connection, ask } = await connected();
    const message = connection.core.usable().catalogue.usable('show_version_reply');
    let looks = false;
    const seen: unknown[] = [];
    connection.dataEvents.listen({
      reply: (_info, reply) => void (looks && seen.push(reply.fields)),
    });
    const read = decodesOf(message);
    await ask('show_version');
    expect(read).not.toHaveBeenCalled();
    looks = true;
    const reply = await ask('show_version');
    expect(read).toHaveBeenCalledTimes(1);
    expect(reply).toMatchObject(seen[0] as object);
  });
});

describe('a channel whose connection has ended', () => {
  it('a want_* request that VPP has: its outcome is unknown', async () => {
    const { mock, connection } = await connected();
    mock.misbehave({ silent: { messages: 'want_interface_events' } });
    const wanted = connection.channel().request('want_interface_events', { enable_disable: 1 });
    const failed = expect(wanted).rejects.toMatchObject({ code: 'CLOSED', outcome: 'unknown', channel: 2 });
    await expect.poll(() => connection.stats().inFlight).toBe(1);
    connection.destroy();
    await failed;
  });

  it('is closed, and its calls fail with what ended the connection', async () => {
    const { connection } = await connected();
    const ch = connection.channel();
    await connection.close();
    expect(ch.closed).toBe(true);
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
    await expect(ch.dump('sw_interface_dump').toArray()).rejects.toMatchObject({ code: 'CLOSED' });
    const events = ch.events('sw_interface_event')[Symbol.asyncIterator]();
    await expect(events.next()).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
