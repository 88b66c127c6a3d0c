/** Event registrations by VPP's own keys, over a real socket, with VPP's own definitions. */

import { describe, expect, it } from 'vitest';
import type { MockVpp } from '../../mock-vpp/index.js';
import { kinds } from '../../mock-vpp/index.js';
import type { Channel, ConnectOptions, EventItem } from '../../src/mux/index.js';
import { loadSchema } from '../../src/mux/internal.js';
import { needs } from '../support/needs.js';
import { RawClient } from '../support/raw-client.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { afterThis, world } from '../support/world.js';

const apiDir = sharedPath('vpp-api', '26.06');
const vpp = (options: ConnectOptions = {}) => world({ apiDir, ...options }, { apiDir });

/** Collects what a stream gives, from when VPP has its registration. */
async function collect(ch: Channel, event: string, want?: Record<string, unknown>) {
  const items: EventItem[] = [];
  const leave = new AbortController();
  afterThis(() => leave.abort());
  const stream = ch.events(event, { want, signal: leave.signal });
  const read = async () => {
    for await (const item of stream) items.push(item);
  };
  const over = read();
  over.catch(() => {});
  await stream.ready();
  return { items, over, leave: () => leave.abort() };
}

const sentAs = (mock: MockVpp, name: string, ...fields: string[]) =>
  mock.receivedMessages(name).map((message) => fields.map((field) => message.fields[field]));

const neighbor = (mock: MockVpp, sw_if_index: number, ip_address: string) =>
  mock.emit('ip_neighbor_event', { neighbor: { sw_if_index, ip_address } });

const newPeer = (sw_if_index: number, id: number) => ({
  ...{ sw_if_index, public_key: Buffer.alloc(32, id), endpoint: '192.0.2.2' },
  ...{ allowed_ips: ['10.0.0.0/8'], n_allowed_ips: 1 },
});

async function wireguardInterface(ch: Channel): Promise<number> {
  const made = await ch.request('wireguard_interface_create', { interface: { port: 51820 }, generate_key: true });
  return Number(made.sw_if_index);
}

async function wireguardPeer(ch: Channel, swIfIndex: number, id: number): Promise<number> {
  return Number((await ch.request('wireguard_peer_add', { peer: newPeer(swIfIndex, id) })).peer_index);
}

const addresses = (items: EventItem[]) =>
  items.map((item) => ('neighbor' in item ? (item.neighbor as { ip_address: string }).ip_address : item));

/** An event that all have got shows that nothing came before it that was not counted. */
const until = (items: EventItem[], count: number) => expect.poll(() => items.length).toBe(count);

describe('event registrations', needs(sharedMissing), () => {
  it('two watches of one channel by address and interface: both are on, each gets its own events, once', async () => {
    const { mock, connection } = await vpp();
    const [one, two] = [mock.dataplane.addLoopback(), mock.dataplane.addLoopback()];
    const ch = connection.channel();
    const first = await collect(ch, 'ip_neighbor_event', { ip: '192.0.2.1', sw_if_index: one });
    const second = await collect(ch, 'ip_neighbor_event', { ip: '192.0.2.2', sw_if_index: two });
    const all = await collect(ch, 'ip_neighbor_event');
    const again = await collect(connection.channel(), 'ip_neighbor_event', { ip: '0.0.0.0' });
    expect(neighbor(mock, one, '192.0.2.1')).toBe(2); // VPP sends it once for each registration that fits
    neighbor(mock, two, '192.0.2.2');
    neighbor(mock, two, '192.0.2.9');
    await until(all.items, 3);
    await until(again.items, 3);
    expect(addresses(first.items)).toEqual(['192.0.2.1']);
    expect(addresses(second.items)).toEqual(['192.0.2.2']);
    expect(addresses(all.items)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.9']);
    expect(all.items[0]).toMatchObject({ pid: process.pid });
    expect(mock.received('want_ip_neighbor_events')).toBe(3);
  });

  it('one who has registered nothing: hears what others have asked for, each event once', async () => {
    const { mock, connection } = await vpp();
    const at = mock.dataplane.addLoopback();
    const items: EventItem[] = [];
    connection
      .channel()
      .events('ip_neighbor_event', { subscribe: false })
      .observe()
      .subscribe({ next: (item) => items.push(item), error: () => {} });
    await collect(connection.channel(), 'ip_neighbor_event', { ip: '192.0.2.1', sw_if_index: at });
    await collect(connection.channel(), 'ip_neighbor_event');
    expect([neighbor(mock, at, '192.0.2.1'), neighbor(mock, at, '192.0.2.1')]).toEqual([2, 2]);
    neighbor(mock, at, '192.0.2.7');
    await expect.poll(() => addresses(items)).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.7']);
  });

  it('an un-watch: repeats the fields of its watch, and leaves the others alone', async () => {
    const { mock, connection } = await vpp();
    const at = mock.dataplane.addLoopback();
    const ch = connection.channel();
    const first = await collect(ch, 'ip_neighbor_event', { ip: '192.0.2.1', sw_if_index: at });
    const second = await collect(ch, 'ip_neighbor_event', { ip: '192.0.2.2', sw_if_index: at });
    first.leave();
    await expect.poll(() => mock.received('want_ip_neighbor_events')).toBe(3);
    const [enable, , disable] = mock.receivedMessages('want_ip_neighbor_events').map(({ fields }) => fields);
    expect(disable).toEqual({ ...enable, enable: false, context: disable.context });
    expect([neighbor(mock, at, '192.0.2.1'), neighbor(mock, at, '192.0.2.2')]).toEqual([0, 1]);
    await until(second.items, 1);
  });

  it('a reconnect: renews each with all its fields', async () => {
    const { mock, connection } = await vpp();
    mock.dataplane.addLoopback();
    const ch = connection.channel();
    const wanted = [
      ['192.0.2.1', 0xffffffff],
      ['192.0.2.2', 0xffffffff],
    ];
    for (const [ip] of wanted) await collect(ch, 'ip_neighbor_event', { ip });
    await ch.request('want_ip_neighbor_events_v2', { enable: true, ip: '192.0.2.3', pid: 7 });
    const sent = () => [
      ...sentAs(mock, 'want_ip_neighbor_events', 'enable', 'ip', 'sw_if_index', 'pid'),
      ...sentAs(mock, 'want_ip_neighbor_events_v2', 'enable', 'ip', 'sw_if_index', 'pid'),
    ];
    const before = sent();
    expect(before).toHaveLength(3);
    mock.forget();
    await mock.restart();
    await expect.poll(() => sent().length).toBe(3);
    expect(sent()).toEqual(before);
  });

  it('the same in other words (interface 0, ::, left out): is one registration', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel();
    await collect(ch, 'ip_neighbor_event', { sw_if_index: 0 });
    const last = await collect(ch, 'ip_neighbor_event', { ip: '::' });
    const all = await collect(ch, 'ip_neighbor_event');
    expect(sentAs(mock, 'want_ip_neighbor_events', 'ip', 'sw_if_index')).toEqual([['0.0.0.0', 0xffffffff]]);
    last.leave();
    expect(neighbor(mock, 0, '192.0.2.1')).toBe(1);
    await until(all.items, 1);
  });

  it('a watch of an address without an interface, of which VPP sends nothing: is warned of', async () => {
    const lines: string[] = [];
    const { connection } = await vpp({ log: (level, text) => void (level === 'warn' && lines.push(text)) });
    await collect(connection.channel(), 'ip_neighbor_event', { ip: '192.0.2.1' });
    expect(lines).toEqual([expect.stringContaining('give its sw_if_index')]);
  });

  it('an explicit enable: is sent although it is on, with 0 for what VPP keeps by more than the client', async () => {
    const { mock, connection } = await vpp();
    const [ch, other] = [connection.channel(), connection.channel()];
    const want = (on: Channel, enable: boolean) => on.request('want_ip_neighbor_events', { enable, pid: 9 });
    for (const on of [ch, ch, other]) expect(await want(on, true)).toEqual({ retval: 0 });
    expect(sentAs(mock, 'want_ip_neighbor_events', 'enable', 'pid')).toEqual(Array(3).fill([true, process.pid]));
    expect(await want(ch, false)).toEqual({ retval: 0 });
    expect(await want(ch, false)).toEqual({ retval: 0 });
    expect(mock.received('want_ip_neighbor_events')).toBe(3);
    expect(await want(other, false)).toEqual({ retval: 0 });
    expect(neighbor(mock, 0, '192.0.2.1')).toBe(0);
    expect(await want(other, false)).toEqual({ retval: 0 });
    expect(mock.received('want_ip_neighbor_events')).toBe(5);
  });

  it('what VPP keeps one of for each client: -31 for the second time, as VPP says', async () => {
    const { connection } = await vpp();
    const [ch, other] = [connection.channel(), connection.channel()];
    const want = (on: Channel, enable_disable: number) =>
      on.request('want_interface_events', { enable_disable, pid: 9 }, { anyRetval: true });
    expect([await want(ch, 0), await want(ch, 1), await want(ch, 1)]).toEqual([
      { retval: -31 },
      { retval: 0 },
      { retval: -31 },
    ]);
    expect([await want(other, 0), await want(other, 1), await want(ch, 0), await want(other, 0)]).toEqual([
      { retval: -31 },
      ...Array(3).fill({ retval: 0 }),
    ]);
    await expect(ch.request('want_interface_events', { enable_disable: 0 })).rejects.toMatchObject({
      ...{ code: 'RETVAL', retval: -31, retvalName: 'INVALID_REGISTRATION' },
    });
  });

  it('WireGuard: one peer given up leaves all that the others watch', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel();
    const swIfIndex = await wireguardInterface(ch);
    for (let i = 0; i < 3; i++) await wireguardPeer(ch, swIfIndex, i);
    const [one, all] = [
      await collect(ch, 'wireguard_peer_event', { peer_index: 1 }),
      await collect(ch, 'wireguard_peer_event'),
    ];
    const tell = (peer_index: number) => mock.emit('wireguard_peer_event', { peer_index, flags: 1 });
    expect([tell(0), tell(1)]).toEqual([1, 1]);
    await until(all.items, 2);
    expect(one.items).toMatchObject([{ peer_index: 1 }]);
    one.leave();
    await ch.request('control_ping');
    expect([tell(0), tell(1), tell(2)]).toEqual([1, 1, 1]);
    const two = await collect(ch, 'wireguard_peer_event', { peer_index: 2 });
    all.leave();
    await expect.poll(() => [tell(0), tell(1), tell(2)]).toEqual([0, 0, 1]);
    await expect.poll(() => two.items.length).toBeGreaterThan(0);
  });

  it('WireGuard: a peer that is added through the mux is watched from then on', async () => {
    const { mock, connection } = await vpp();
    const other = await RawClient.connect(mock.socket, await loadSchema(apiDir));
    afterThis(() => other.close());
    const ch = connection.channel();
    const all = await collect(ch, 'wireguard_peer_event');
    const swIfIndex = await wireguardInterface(ch);
    const peer_index = await wireguardPeer(connection.channel(), swIfIndex, 1);
    await ch.request('control_ping');
    expect(mock.emit('wireguard_peer_event', { peer_index, flags: 1 })).toBe(1);
    await until(all.items, 1);
    await other.ask('wireguard_peer_add', { peer: newPeer(swIfIndex, 2) });
    expect(mock.emit('wireguard_peer_event', { peer_index: 1 })).toBe(0);
    await ch.request('want_wireguard_peer_events', { enable_disable: 1, peer_index: 0xffffffff });
    expect(mock.emit('wireguard_peer_event', { peer_index: 1 })).toBe(1);
  });

  it('MAC events: are had without a limit of what is learnt, and the mux says what else they do', async () => {
    const lines: string[] = [];
    const { mock, connection } = await vpp({ log: (_level, text) => void lines.push(text) });
    const l2Learning = mock.dataplane.of(kinds.l2Learning);
    const { limit } = l2Learning;
    const watch = await collect(connection.channel(), 'l2_macs_event', { max_macs_in_event: 20 });
    expect([mock.received('want_l2_macs_events'), mock.received('want_l2_macs_events2')]).toEqual([0, 1]);
    expect(l2Learning).toMatchObject({ limit, ownerPid: process.pid });
    expect(lines).toContainEqual(expect.stringMatching(/want_l2_macs_events2 .* flushes all learnt MAC/));
    expect(mock.emit('l2_macs_event', { n_macs: 1, mac: [{}] })).toBe(1);
    await until(watch.items, 1);
    watch.leave();
    await expect.poll(() => l2Learning).toMatchObject({ limit, ownerPid: 0 });
  });

  it('MAC events with a limit of what is learnt: the un-subscribe puts VPP’s own back', async () => {
    const { mock, connection } = await vpp();
    const l2Learning = mock.dataplane.of(kinds.l2Learning);
    const { limit } = l2Learning;
    const ch = connection.channel();
    const watch = await collect(ch, 'l2_macs_event', { learn_limit: 500 });
    expect(l2Learning.limit).toBe(500);
    await expect(collect(ch, 'l2_macs_event')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    watch.leave();
    await expect.poll(() => l2Learning).toMatchObject({ limit, ownerPid: 0 });
    // Both requests are one registration at VPP, so the one undoes what the other changed.
    const held = await collect(ch, 'l2_macs_event', { learn_limit: 500 });
    held.leave();
    await collect(ch, 'l2_macs_event');
    expect(l2Learning).toMatchObject({ limit, ownerPid: process.pid });
  });

  it('MAC events that another client has: the refusal says how to free them', async () => {
    const { mock, connection } = await vpp();
    mock.dataplane.of(kinds.l2Learning).ownerPid = 4242;
    const ch = connection.channel();
    await expect(collect(ch, 'l2_macs_event')).rejects.toMatchObject({
      ...{ code: 'RETVAL', retval: -124, message: expect.stringContaining('enable_disable: false frees them') },
    });
    await ch.request('want_l2_macs_events2', { enable_disable: false });
    await collect(ch, 'l2_macs_event');
  });

  it('an event of a request that does something: says which one it is, and takes its fields, once', async () => {
    const { mock, connection } = await vpp();
    mock.handle('want_ping_finished_events', () => 0);
    const ch = connection.channel();
    await expect(ch.events('ping_finished_event').ready()).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringMatching(/want_ping_finished_events, which sends pings.*\(address, repeat, interval\)/),
    });
    const watch = await collect(ch, 'ping_finished_event', { address: '192.0.2.1', repeat: 3 });
    expect(sentAs(mock, 'want_ping_finished_events', 'address', 'repeat', 'interval')).toEqual([['192.0.2.1', 3, 1]]);
    mock.inject('ping_finished_event', { request_count: 3, reply_count: 2 });
    await until(watch.items, 1);
    await mock.restart();
    await expect(watch.over).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('subscribe again'),
    });
    expect(mock.received('want_ping_finished_events')).toBe(1);
    await connection.ready();
    const quiet = ch.events('ping_finished_event', { subscribe: false });
    await quiet.ready();
  });

  it('dhcp_compl_event: the client’s fields are given, and that the event is wanted is the mux’s affair', async () => {
    const { mock, connection } = await vpp();
    mock.handle('dhcp_client_config', () => 0);
    const ch = connection.channel();
    await expect(ch.events('dhcp_compl_event').ready()).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('dhcp_client_config'),
    });
    await collect(ch, 'dhcp_compl_event', { client: { sw_if_index: 1, hostname: 'box' } });
    expect(mock.receivedMessages('dhcp_client_config')).toMatchObject([
      {
        fields: { is_add: true, client: { sw_if_index: 1, hostname: 'box', want_dhcp_event: true, pid: process.pid } },
      },
    ]);
  });

  it('a channel that only reads: has none that changes VPP sent, with or without fields, but may listen', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel({ access: 'read' });
    for (const [event, want] of [
      ['l2_macs_event', undefined],
      ['l2_macs_event', { learn_limit: 5 }],
      ['ping_finished_event', { address: '192.0.2.1' }],
      ['dhcp_compl_event', { client: { sw_if_index: 1 } }],
    ] as const) {
      await expect(ch.events(event, { want }).ready(), event).rejects.toMatchObject({ code: 'READ_ONLY' });
    }
    for (const request of ['want_l2_macs_events', 'want_l2_macs_events2']) {
      await expect(ch.request(request, { enable_disable: true })).rejects.toMatchObject({
        code: 'READ_ONLY',
        message: expect.stringContaining('flushes all learnt MAC addresses'),
      });
    }
    await expect(ch.dump('mfib_signal_dump').toArray()).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect(mock.receivedMessages().filter(({ name }) => /^want|^dhcp|^mfib/.test(name))).toEqual([]);
    await ch.events('l2_macs_event', { subscribe: false }).ready();
    await ch.events('ip_neighbor_event', { want: { ip: '192.0.2.1', sw_if_index: 0 } }).ready();
  });

  it('a want_* request that VPP does not answer: has a deadline like any other, and leaves nothing on', async () => {
    const { mock, connection } = await vpp({ replyTimeoutMs: 100 });
    const ch = connection.channel();
    mock.misbehave({ silent: { messages: 'want_interface_events', count: 1 } });
    const want = () => ch.request('want_interface_events', { enable_disable: 1 });
    await expect(want()).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', messageName: 'want_interface_events' });
    await expect.poll(() => mock.clients[0].wants).toEqual([]);
    expect(await want()).toEqual({ retval: 0 });
    mock.misbehave({ silent: { messages: 'want_interface_events', count: 1 } });
    await expect(want()).rejects.toMatchObject({ code: 'REPLY_TIMEOUT' });
    expect(mock.clients[0].wants).toEqual(['want_interface_events']);
  });

  it('a want_* request with a signal or a deadline of its own: they count, and what was given up is undone', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel();
    const enable = { enable_disable: 1 };
    await expect(
      ch.request('want_interface_events', enable, { signal: AbortSignal.abort('no') }),
    ).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    await expect(ch.request('want_interface_events', enable, { timeoutMs: -1 })).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
    expect(mock.received('want_interface_events')).toBe(0);
    mock.misbehave({ late: { messages: 'want_interface_events', ms: 400 } });
    const leave = new AbortController();
    const aborted = ch.request('want_interface_events', enable, { signal: leave.signal });
    const hurried = connection.channel().request('want_bfd_events', enable);
    await expect.poll(() => mock.received('want_interface_events')).toBe(1);
    leave.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED', outcome: 'unknown', channel: ch.id });
    await hurried;
    await expect.poll(() => mock.received('want_interface_events')).toBe(2);
    await expect.poll(() => mock.clients[0].wants).toEqual(['want_bfd_events']);
    mock.misbehave({ silent: { messages: 'want_interface_events', count: 1 } });
    await expect(ch.request('want_interface_events', enable, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'REPLY_TIMEOUT',
      outcome: 'unknown',
    });
  });

  it('a want_* request whose channel is closed meanwhile: fails, and nothing stays on', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel();
    mock.misbehave({ late: { messages: 'want_interface_events', ms: 200 } });
    const claimed = ch.request('want_interface_events', { enable_disable: 1 });
    await expect.poll(() => mock.received('want_interface_events')).toBe(1);
    ch.close();
    await expect(claimed).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' });
    await expect.poll(() => mock.received('want_interface_events')).toBe(2);
    await expect.poll(() => mock.clients[0].wants).toEqual([]);
  });

  it('very many that come and go: leave nothing behind', async () => {
    const { mock, connection } = await vpp();
    const ch = connection.channel();
    for (let i = 0; i < 300; i++) {
      const watch = await collect(ch, 'ip_neighbor_event', { ip: `192.0.2.${i % 200}`, sw_if_index: 0 });
      watch.leave();
    }
    await expect.poll(() => mock.clients[0].wants).toEqual([]);
    expect(
      sentAs(mock, 'want_ip_neighbor_events', 'pid').every(([pid]) => (Number(pid) & 0x3fffff) === process.pid),
    ).toBe(true);
  });
});
