/**
 * Event registrations of several clients: return codes as VPP's own, each client its own copy with its own pid and index, and
 * nothing left at VPP of a client that is gone.
 */
import { describe, expect, it } from 'vitest';
import type { EventItem, Fields } from '../../../src/mux/index.js';
import { turns } from '../../support/fake-clock.js';
import { ownSchema, until } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { type RelayWorld, relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

const INVALID_REGISTRATION = -31;
const CLIENT_PRESENT = -124;

interface Row {
  readonly want: string;
  readonly event: string;
  readonly enable: 'enable' | 'enable_disable';
  /** A second enable, and a disable when it is off. */
  readonly again: number;
  /** Where VPP has the pid: the one that was given, the same with its bytes turned round, 0; undefined: nowhere. */
  readonly pid?: 'raw' | 'turned' | 'zero';
  /** Whether VPP has the index of the client in the event. */
  readonly index: boolean;
}

const row = (want: string, event: string, more: Partial<Row> = {}): Row => ({
  ...{ want, event, enable: 'enable_disable', again: INVALID_REGISTRATION, pid: 'raw', index: true },
  ...more,
});
/** The field notes' table, as far as the mock has the messages. */
const ROWS: readonly Row[] = [
  row('want_interface_events', 'sw_interface_event'),
  row('want_bfd_events', 'bfd_udp_session_event', { index: false }),
  row('want_vrrp_vr_events', 'vrrp_vr_event'),
  row('want_l2_arp_term_events', 'l2_arp_term_event', { enable: 'enable' }),
  row('want_ip6_ra_events', 'ip6_ra_event', { enable: 'enable', pid: 'turned' }),
  row('want_dhcp6_reply_events', 'dhcp6_reply_event', { pid: 'turned' }),
  row('want_dhcp6_pd_reply_events', 'dhcp6_pd_reply_event', { pid: 'turned' }),
  row('want_ip6_dad_events', 'ip6_dad_event', { again: 0 }),
  row('want_ip_neighbor_events', 'ip_neighbor_event', { enable: 'enable', again: 0 }),
  row('want_ip_neighbor_events_v2', 'ip_neighbor_event_v2', { enable: 'enable', again: 0 }),
  row('want_wireguard_peer_events', 'wireguard_peer_event', { again: 0, pid: 'zero', index: false }),
];
const PIDS = [4711, 0x01020304];

const turned = (pid: number) => Buffer.from(Uint32Array.of(pid).buffer).readUInt32BE(0);
const sent = (pid: number, how: Row['pid']) => (how === 'turned' ? turned(pid) : how === 'zero' ? 0 : pid);

async function schemaFields(want: string, fields: Fields): Promise<Fields> {
  const { type } = (await ownSchema()).message(want).def.fields.find(({ name }) => name in fields) as never as {
    type: { kind: string; name: string };
  };
  const [[name, on]] = Object.entries(fields);
  return { [name]: type.name === 'bool' ? on === 1 : on };
}

/** Registers, or the opposite; resolves with the retval. */
async function want(client: RawClient, { want: name, enable }: Row, on: 0 | 1, pid: number, more: Fields = {}) {
  const { retval } = await client.ask(name, { ...(await schemaFields(name, { [enable]: on })), pid, ...more });
  return retval;
}

/** VPP's event, with the pid that it has of the mux, as VPP has it there. */
function emit({ mock }: RelayWorld, { event, pid: how }: Row): number {
  const own = { raw: undefined, turned: turned(process.pid), zero: 0 } as const;
  const pid = how === undefined ? undefined : own[how];
  return mock.emit(event, pid === undefined ? {} : { pid });
}

/** A world in which every event can be had: those of WireGuard are of peers that are there. */
async function eventWorld(): Promise<RelayWorld> {
  const made = await relayWorld({ mock: { setup: (dataplane) => void dataplane.addLoopback() } });
  const channel = made.connection.channel();
  const created = await channel.request('wireguard_interface_create', {
    ...{ interface: { port: 51820 }, generate_key: true },
  });
  const peer = { sw_if_index: created.sw_if_index, public_key: Buffer.alloc(32, 1), endpoint: '192.0.2.2' };
  await channel.request('wireguard_peer_add', { peer: { ...peer, allowed_ips: ['10.0.0.0/8'], n_allowed_ips: 1 } });
  channel.close();
  return made;
}

/** want_* requests that VPP has of the mux. */
const atVpp = ({ mock }: RelayWorld) => mock.clients.flatMap(({ wants }) => wants);

describe.each(ROWS)('$want', (each) => {
  it('return codes: are those of VPP to two clients of its own', async () => {
    const world = await eventWorld();
    const codes = async (a: RawClient, b: RawClient) => {
      const order: [RawClient, 0 | 1][] = [
        ...([
          [a, 0],
          [a, 1],
          [a, 1],
          [b, 0],
          [b, 1],
          [b, 1],
        ] as [RawClient, 0 | 1][]),
        ...([
          [a, 0],
          [a, 0],
          [b, 0],
          [b, 0],
        ] as [RawClient, 0 | 1][]),
      ];
      const heard = [];
      for (const [client, on] of order) heard.push(await want(client, each, on, client === a ? 1 : 2));
      return heard;
    };
    const relayed = await codes(await world.client('a'), await world.client('b'));
    expect(relayed).toEqual([each.again, 0, each.again, each.again, 0, each.again, 0, each.again, 0, each.again]);
    expect(atVpp(world)).toEqual([]);
    const direct = async () => {
      const client = await RawClient.connect(world.mock.socket, await ownSchema());
      afterThis(() => client.close());
      return client;
    };
    expect(relayed).toEqual(await codes(await direct(), await direct()));
  });

  it('two clients and a channel: VPP is asked once, and each gets its own copy, with its pid and index', async () => {
    const world = await eventWorld();
    const { mock, client, connection } = world;
    const all = [await client('a'), await client('b')];
    const channelEvents: EventItem[] = [];
    const stream = listen();
    function listen() {
      const events = connection.channel().events(each.event);
      events.observe().subscribe({ next: (event) => void channelEvents.push(event), error: () => {} });
      return events;
    }
    await stream.ready();
    for (const [i, one] of all.entries()) expect(await want(one, each, 1, PIDS[i])).toBe(0);
    expect(new Set(atVpp(world)).size).toBe(1);
    expect(emit(world, each)).toBe(1);
    for (const [i, one] of all.entries()) {
      const { name, fields } = await one.message();
      expect(name).toBe(each.event);
      if ('client_index' in fields) expect(fields.client_index).toBe(each.index ? one.index : fields.client_index);
      if (each.pid !== undefined) expect(fields.pid).toBe(sent(PIDS[i], each.pid));
    }
    await until(() => channelEvents.length === 1);
    for (const one of all) expect(await one.answersOnlyPing()).toBe(true);
    expect(mock.received(each.want)).toBe(1);
  });

  it('only who wants it gets it; a disable of one leaves the other its events', async () => {
    const world = await eventWorld();
    const [a, b, c] = [await world.client('a'), await world.client('b'), await world.client('c')];
    expect(await want(a, each, 1, 1)).toBe(0);
    expect(await want(b, each, 1, 1)).toBe(0);
    expect(await want(b, each, 0, 1)).toBe(0);
    emit(world, each);
    expect((await a.message()).name).toBe(each.event);
    for (const one of [b, c]) expect(await one.answersOnlyPing()).toBe(true);
  });

  it.each(['goes', 'says goodbye', 'is killed'])('a client that %s: VPP has nothing of it left', async (way) => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    await want(a, each, 1, 1);
    await want(b, each, 1, 1);
    expect(atVpp(world)).toHaveLength(1);
    const end = async (client: RawClient) => {
      if (way === 'goes') client.close();
      else if (way === 'says goodbye') expect((await client.ask('sockclnt_delete')).response).toBe(1);
      else world.api.kill(world.api.clients().find(({ name }) => name === (client === a ? 'a' : 'b'))?.id ?? 0);
    };
    await end(a);
    await until(() => world.api.clients().length === 1);
    await turns(20);
    expect(atVpp(world)).toHaveLength(1);
    emit(world, each);
    expect((await b.message()).name).toBe(each.event);
    await end(b);
    await until(() => atVpp(world).length === 0);
  });
});

describe('ip neighbours', () => {
  const each = row('want_ip_neighbor_events_v2', 'ip_neighbor_event_v2', { enable: 'enable', again: 0 });

  it('two clients with other addresses: each gets what it has asked for', async () => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    await want(a, each, 1, 1, { ip: '192.0.2.1', sw_if_index: 1 });
    await want(b, each, 1, 2, { ip: '192.0.2.2', sw_if_index: 1 });
    for (const ip of ['192.0.2.2', '192.0.2.1']) {
      world.mock.emit(each.event, { neighbor: { ip_address: ip, sw_if_index: 1 } });
    }
    for (const [one, ip] of [
      [a, '192.0.2.1'],
      [b, '192.0.2.2'],
    ] as const) {
      expect((await one.message()).fields).toMatchObject({ neighbor: { ip_address: ip } });
      expect(await one.answersOnlyPing()).toBe(true);
    }
  });

  it('one client with two pids: has two watchers, as with VPP', async () => {
    const world = await eventWorld();
    const one = await world.client();
    for (const pid of [5, 6]) expect(await want(one, each, 1, pid)).toBe(0);
    world.mock.emit(each.event);
    const pids = [(await one.message()).fields.pid, (await one.message()).fields.pid];
    expect(pids.sort()).toEqual([5, 6]);
    expect(await want(one, each, 0, 5)).toBe(0);
    world.mock.emit(each.event);
    expect((await one.message()).fields.pid).toBe(6);
    expect(await one.answersOnlyPing()).toBe(true);
  });
});

describe('learnt MAC addresses, which have one owner in all of VPP', () => {
  const each = row('want_l2_macs_events2', 'l2_macs_event', { again: 0 });
  const older = row('want_l2_macs_events', 'l2_macs_event', { again: 0 });

  it.each([each, older])('$want: a second client is told that there is one, and the owner gets them', async (asked) => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    expect(await want(a, asked, 1, 1)).toBe(0);
    expect(await want(a, asked, 1, 1)).toBe(0);
    expect(await want(b, asked, 1, 2)).toBe(CLIENT_PRESENT);
    world.mock.emit('l2_macs_event');
    expect((await a.message()).fields).toMatchObject({ pid: 1, client_index: a.index });
    expect(await b.answersOnlyPing()).toBe(true);
  });

  it('whoever disables it: ends it, for the next', async () => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    await want(a, each, 1, 1);
    expect(await want(b, each, 0, 2)).toBe(0);
    expect(await want(b, each, 1, 2)).toBe(0);
    world.mock.emit('l2_macs_event');
    expect((await b.message()).name).toBe('l2_macs_event');
    expect(await a.answersOnlyPing()).toBe(true);
  });

  it('another client with the pid of the owner: takes its place', async () => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    await want(a, each, 1, 1);
    expect(await want(b, each, 1, 1, { max_macs_in_event: 9 })).toBe(0);
    world.mock.emit('l2_macs_event');
    expect((await b.message()).fields).toMatchObject({ client_index: b.index });
    expect(await a.answersOnlyPing()).toBe(true);
  });

  it('the owner asks with other fields: VPP has those', async () => {
    const world = await eventWorld();
    const one = await world.client();
    for (const max of [7, 8]) expect(await want(one, each, 1, 1, { max_macs_in_event: max })).toBe(0);
    const asked = world.mock.receivedMessages('want_l2_macs_events2').map(({ fields }) => fields.max_macs_in_event);
    expect(asked.at(-1)).toBe(8);
    world.mock.emit('l2_macs_event');
    expect((await one.message()).name).toBe('l2_macs_event');
    expect(await one.answersOnlyPing()).toBe(true);
  });

  it('VPP keeps an owner that is no client of ours: a disable ends it', async () => {
    const world = await eventWorld();
    const direct = await RawClient.connect(world.mock.socket, await ownSchema());
    await want(direct, each, 1, 77);
    direct.close();
    const one = await world.client();
    expect(await want(one, each, 1, 1)).toBe(CLIENT_PRESENT);
    expect(await want(one, each, 0, 1)).toBe(0);
    expect(await want(one, each, 1, 1)).toBe(0);
  });

  it('an owner that is gone: the next client has them', async () => {
    const world = await eventWorld();
    const [a, b] = [await world.client('a'), await world.client('b')];
    await want(a, each, 1, 1);
    a.close();
    await until(() => world.api.clients().length === 1);
    expect(await want(b, each, 1, 2)).toBe(0);
  });

  it('a program of the mux has them: a client is told so', async () => {
    const world = await eventWorld();
    const events = world.connection.channel().events('l2_macs_event', { want: { max_macs_in_event: 7 } });
    events.observe().subscribe({ error: () => {} });
    await events.ready();
    expect(await want(await world.client(), each, 1, 1)).toBe(CLIENT_PRESENT);
  });
});

it('VPP refuses it: the client hears what VPP says, and may ask again', async () => {
  const world = await eventWorld();
  const one = await world.client();
  world.mock.handle('want_interface_events', () => -1);
  expect(await want(one, ROWS[0], 1, 1)).toBe(-1);
  world.mock.handle('want_interface_events', () => 0);
  expect(await want(one, ROWS[0], 1, 1)).toBe(0);
});

it('what a client gets: is listed', async () => {
  const world = await eventWorld();
  const one = await world.client();
  await want(one, ROWS[0], 1, 1);
  await want(one, ROWS[1], 1, 1);
  expect(world.api.clients()[0].events).toEqual(['sw_interface_event', 'bfd_udp_session_event']);
});
