/** A WebSocket that is lost, and another one that goes on with its subscriptions. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, type RawRemote, READ, remoteWorld, type World, WRITE } from './world.js';

const EVENT = 'sw_interface_event';

/** A client with a subscription that VPP has, and the secret of its session. */
async function subscribed({ connect }: World, credit: number, form: 'json' | 'cbor' = 'json') {
  const client = await connect(form);
  const { session } = await client.next('hello');
  client.send({ type: 'open', channel: 3 }, { type: 'events', id: 5, channel: 3, message: EVENT, credit });
  await client.next('ready', 5);
  return { client, session };
}

/** As a network does that is gone. */
const lose = async (client: RawRemote) => {
  client.socket.terminate();
  await client.untilClosed();
};

/** Sends events of VPP. */
function changes({ mock }: World) {
  return (times: number) => {
    for (let at = 0; at < times; at++) mock.emit(EVENT, { sw_if_index: at, flags: 1, deleted: false });
  };
}

const itemsOf = (client: RawRemote) =>
  client.frames.flatMap((frame) =>
    frame.type === 'events' ? frame.items.map((item, at) => [frame.seq + at, item]) : [],
  );

async function lost(world: World) {
  await eventually(async () => expect(await metric(world, 'vppmux_remote_lost_sessions')).toBe(1));
}

async function metric({ url }: World, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('a lost socket', () => {
  it('its subscription: goes on behind the last item that the client has', async () => {
    const world = await remoteWorld();
    const change = changes(world);
    const { client, session } = await subscribed(world, 100);
    change(3);
    await eventually(() => expect(itemsOf(client)).toHaveLength(3));
    await lose(client);
    await lost(world);
    change(2);
    const next = await world.connect('cbor');
    await next.next('hello');
    next.send({ type: 'resume', session, streams: [{ id: 5, seq: 1, credit: 100 }] });
    expect(await next.next('resumed')).toEqual({ type: 'resumed', channels: [3], streams: [5] });
    await next.next('ready', 5);
    await eventually(() => expect(itemsOf(next).map(([seq]) => seq)).toEqual([2, 3, 4, 5]));
    expect(itemsOf(next).every(([, item]) => 'event' in (item as object))).toBe(true);
    expect(await next.ask(6, 'show_version', {}, 3)).toMatchObject({ type: 'reply' });
    expect(await metric(world, 'vppmux_remote_lost_sessions')).toBe(0);
    expect(await metric(world, 'vppmux_remote_resumes_total')).toBe(1);
  });

  it('the credit of a resumed stream: the one that resume says, also for what comes again', async () => {
    const world = await remoteWorld();
    const change = changes(world);
    const { client, session } = await subscribed(world, 100);
    change(3);
    await eventually(() => expect(itemsOf(client)).toHaveLength(3));
    await lose(client);
    await lost(world);
    const next = await world.connect('json');
    next.send({ type: 'resume', session, streams: [{ id: 5, seq: 0, credit: 2 }] });
    await next.next('resumed');
    await eventually(() => expect(itemsOf(next)).toHaveLength(2));
    await next.settled();
    expect(itemsOf(next).map(([seq]) => seq)).toEqual([1, 2]);
    next.send({ type: 'credit', id: 5, count: 1 });
    await eventually(() => expect(itemsOf(next)).toHaveLength(3));
  });

  it.each([
    ['an item that it was never sent', 7],
    ['far behind what is kept', 0],
  ])('a client that has got %s: is told to read the state again', async (_, seq) => {
    const world = await remoteWorld();
    const change = changes(world);
    const { client, session } = await subscribed(world, 5000);
    const sent = seq === 0 ? 2000 : 3;
    change(sent);
    await eventually(() => expect(itemsOf(client)).toHaveLength(sent));
    await lose(client);
    await lost(world);
    change(1);
    const next = await world.connect('json');
    next.send({ type: 'resume', session, streams: [{ id: 5, seq, credit: 100 }] });
    await eventually(() => expect(itemsOf(next)).toHaveLength(2));
    expect(itemsOf(next)).toEqual([
      [seq + 1, { resync: { generation: 1, reason: expect.stringContaining('items in between are not kept') } }],
      [seq + 2, { event: expect.anything() }],
    ]);
  });

  it('requests, dumps and calls: end with it; what resume does not name ends as well', async () => {
    const world = await remoteWorld();
    const { client, session } = await subscribed(world, 1);
    client.send({ type: 'events', id: 6, channel: 3, message: EVENT });
    client.send({ type: 'dump', id: 7, channel: 3, message: 'sw_interface_dump' }, { type: 'watch-state', id: 8 });
    await client.settled();
    await lose(client);
    await lost(world);
    expect(await metric(world, 'vppmux_remote_streams')).toBe(2);
    const next = await world.connect('json');
    next.send({
      ...{ type: 'resume', session },
      streams: [5, 7, 99].map((id) => ({ id, seq: 0, credit: 1 })),
    });
    expect(await next.next('resumed')).toEqual({ type: 'resumed', channels: [3], streams: [5] });
    expect(await metric(world, 'vppmux_remote_streams')).toBe(1);
  });

  it('channels that the client has closed meanwhile: are closed, with their streams', async () => {
    const world = await remoteWorld();
    const { client, session } = await subscribed(world, 1);
    client.send({ type: 'open', channel: 4 }, { type: 'events', id: 6, channel: 4, message: EVENT });
    await client.next('ready', 6);
    await lose(client);
    await lost(world);
    const next = await world.connect('json');
    const streams = [5, 6].map((id) => ({ id, seq: 0, credit: 1 }));
    next.send({ ...{ type: 'resume', session }, streams, channels: [3, 99] });
    expect(await next.next('resumed')).toEqual({ type: 'resumed', channels: [3], streams: [5] });
    expect(world.mux.stats().perChannel.filter(({ owner }) => owner === 'remote/write-token')).toHaveLength(1);
    next.send({ type: 'open', channel: 4 });
    await next.next('opened');
  });

  it('another caller, and a secret that was used: have no session', async () => {
    const world = await remoteWorld();
    const { client, session } = await subscribed(world, 1);
    await lose(client);
    await lost(world);
    const nothing = { type: 'resumed', channels: [], streams: [] };
    const resume = { type: 'resume', session, streams: [{ id: 5, seq: 0, credit: 1 }] } as const;
    const reader = await world.connect('json', READ);
    reader.send(resume);
    expect(await reader.next('resumed')).toEqual(nothing);
    const owner = await world.connect('json', WRITE);
    const own = await owner.next('hello');
    owner.send(resume);
    expect(await owner.next('resumed')).toMatchObject({ streams: [5] });
    const again = await world.connect('json', WRITE);
    again.send(resume);
    expect(await again.next('resumed')).toEqual(nothing);
    // The secret of the socket that took it over is the one that counts.
    await lose(owner);
    await lost(world);
    const last = await world.connect('json', WRITE);
    last.send({ ...resume, session: own.session });
    expect(await last.next('resumed')).toMatchObject({ streams: [5] });
  });

  it('not yet noticed by the agent: is closed when another one takes over', async () => {
    const world = await remoteWorld();
    const { client, session } = await subscribed(world, 1);
    const next = await world.connect('json');
    next.send({ type: 'resume', session, streams: [{ id: 5, seq: 0, credit: 1 }] });
    expect(await next.next('resumed')).toMatchObject({ streams: [5] });
    expect(await client.untilClosed()).toEqual({ code: 4409, reason: 'another socket has resumed the session' });
    changes(world)(1);
    await eventually(() => expect(itemsOf(next)).toHaveLength(1));
  });

  it('nobody comes back in time: everything ends, at VPP as well', async () => {
    const world = await remoteWorld({ remote: { 'resume-window': '50ms' } });
    const { client } = await subscribed(world, 1);
    await lose(client);
    await eventually(() => expect(world.mock.clients[0].wants).not.toContain('want_interface_events'));
    expect(world.mux.stats().perChannel.filter(({ owner }) => owner === 'remote/write-token')).toEqual([]);
    expect(await metric(world, 'vppmux_remote_lost_sessions')).toBe(0);
  });

  it('more of them than are kept: the oldest goes', async () => {
    const world = await remoteWorld({ remote: { 'max-lost': 1 } });
    const [one, two] = [await subscribed(world, 1), await subscribed(world, 1)];
    await lose(one.client);
    await lost(world);
    await lose(two.client);
    await eventually(async () => expect(await metric(world, 'vppmux_remote_channels')).toBe(1));
    const next = await world.connect('json');
    next.send({ type: 'resume', session: two.session, streams: [{ id: 5, seq: 0, credit: 1 }] });
    expect(await next.next('resumed')).toMatchObject({ streams: [5] });
  });

  it('closed by its client, or without a subscription: nothing is kept', async () => {
    const world = await remoteWorld();
    const { client } = await subscribed(world, 1);
    client.socket.close(1000);
    await client.untilClosed();
    const idle = await world.connect('json');
    idle.send({ type: 'open', channel: 1 });
    await idle.next('opened');
    await lose(idle);
    await eventually(async () => expect(await metric(world, 'vppmux_remote_channels')).toBe(0));
    expect(await metric(world, 'vppmux_remote_lost_sessions')).toBe(0);
  });

  it('resume behind another frame: closes the socket', async () => {
    const { connect } = await remoteWorld();
    const client = await connect('json');
    client.send({ type: 'ping' }, { type: 'resume', session: 'x', streams: [] });
    expect(await client.untilClosed()).toEqual({
      code: 4400,
      reason: 'resume: only the first frame of a socket can resume a session',
    });
  });

  it('the agent that ends: closes sockets, and keeps nothing', async () => {
    const world = await remoteWorld();
    const { client } = await subscribed(world, 1);
    const { client: gone } = await subscribed(world, 1);
    await lose(gone);
    await lost(world);
    await world.agent.close();
    expect((await client.untilClosed()).code).toBe(1001);
    onTestFinished(() => expect(world.text()).not.toMatch(/left open|error/));
  });
});
