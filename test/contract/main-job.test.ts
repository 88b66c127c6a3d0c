/** The main job of every user, over a real socket: against the mock, or against the VPP that VPP_API_SOCKET names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect, newAPIChannel, RetvalError } from '../../src/mux/index.js';
import { anyVpp, scratch, type TestVpp } from '../support/vpp.js';

let vpp: TestVpp;
let connection: Connection;
const { path, remove } = scratch();

beforeAll(async () => {
  vpp = await anyVpp();
  connection = await connect({ socket: vpp.socket, name: 'vppmux-test', cacheDir: path('cache') });
});
afterAll(async () => {
  await connection.close();
  await vpp.stop();
  remove();
});

/** A loopback for the time of `work`. */
async function withLoopback<T>(work: (sw_if_index: number) => Promise<T>): Promise<T> {
  const ch = connection.channel();
  const { sw_if_index } = await ch.request('create_loopback', {});
  try {
    return await work(sw_if_index as number);
  } finally {
    await ch.request('delete_loopback', { sw_if_index });
    ch.close();
  }
}

describe('main job', () => {
  it('connected: state, table and schema are there; version and pid follow', async () => {
    expect(connection.state).toBe('ready');
    expect(connection.table.get('show_version')).toMatchObject({ crc: '51077d14' });
    expect(connection.schema?.message('show_version').nameCrc).toBe('show_version_51077d14');
    const { vpe_pid } = await connection.channel().request('control_ping');
    await expect.poll(() => connection.status).toMatchObject({ generation: 1, reconnects: 0, pid: vpe_pid });
    expect(connection.status.version).toMatch(/^\d\d\.\d\d/);
  });

  it('a request: show_version', async () => {
    const { program, version, retval } = await connection.channel().request('show_version', {}, { timeoutMs: 2000 });
    expect({ program, retval }).toEqual({ program: 'vpe', retval: 0 });
    expect(version).toMatch(/^\d\d\.\d\d/);
  });

  it('a dump, three ways: the same interfaces', async () => {
    await withLoopback(async (sw_if_index) => {
      const ch = connection.channel();
      const iterated = [];
      for await (const itf of ch.dump('sw_interface_dump', {})) iterated.push(itf);
      const collected = await ch.dump('sw_interface_dump').toArray();
      const observed: object[] = [];
      await ch
        .dump('sw_interface_dump')
        .observe()
        .forEach((itf) => void observed.push(itf));
      expect(iterated).toEqual(collected);
      expect(observed).toEqual(collected);
      expect(collected.find((itf) => itf.sw_if_index === sw_if_index)).toMatchObject({
        interface_name: expect.stringMatching(/^loop\d+$/),
        l2_address: expect.stringMatching(/^de:ad:/),
      });
    });
  });

  it('text in, text out: an address and a route', async () => {
    await withLoopback(async (sw_if_index) => {
      const ch = connection.channel();
      await ch.request('sw_interface_add_del_address', { is_add: true, sw_if_index, prefix: '2001:db8:7::1/64' });
      const addresses = await ch.dump('ip_address_dump', { sw_if_index, is_ipv6: true }).toArray();
      expect(addresses.map(({ prefix }) => prefix)).toContain('2001:db8:7::1/64');
      const route = {
        table_id: 0,
        prefix: '198.51.100.0/24',
        paths: [{ sw_if_index, type: 'FIB_API_PATH_TYPE_NORMAL' }],
      };
      await ch.request('ip_route_add_del_v2', { is_add: true, route });
      const routes = await ch.dump('ip_route_v2_dump', { table: { table_id: 0, is_ip6: false } }).toArray();
      expect(routes.map((each) => (each.route as { prefix: string }).prefix)).toContain('198.51.100.0/24');
      await ch.request('ip_route_add_del_v2', { is_add: false, route });
    });
  });

  it('a refusal: RetvalError with number and name', async () => {
    const refused = connection.channel().request('sw_interface_set_flags', { sw_if_index: 123456, flags: 0 });
    await expect(refused).rejects.toBeInstanceOf(RetvalError);
    await expect(refused).rejects.toMatchObject({ retval: -2, retvalName: 'INVALID_SW_IF_INDEX' });
  });

  it('events: up and down of an interface, seen by two channels', async () => {
    await withLoopback(async (sw_if_index) => {
      const [a, b] = [connection.channel(), connection.channel()];
      const streams = [a, b].map((ch) => ch.events('sw_interface_event'));
      await Promise.all(streams.map((stream) => stream.ready()));
      await a.request('sw_interface_set_flags', { sw_if_index, flags: ['IF_STATUS_API_FLAG_ADMIN_UP'] });
      for (const stream of streams) {
        for await (const event of stream) {
          if (!('sw_if_index' in event) || event.sw_if_index !== sw_if_index || event.flags === 0) continue;
          expect(Number(event.flags) & 1).toBe(1);
          break;
        }
      }
    });
  });

  it('a thousand requests at once on one channel: all answered, each its own', async () => {
    const ch = connection.channel();
    const replies = await Promise.all(Array.from({ length: 1000 }, () => ch.request('control_ping')));
    expect(new Set(replies.map(({ vpe_pid }) => vpe_pid)).size).toBe(1);
    expect(connection.stats().inFlight).toBeLessThanOrEqual(1);
  });

  it("govppmux's own calls: request, multi request with stop mark, notification", async () => {
    await withLoopback(async (sw_if_index) => {
      const ch = newAPIChannel(connection);
      expect(await ch.sendRequest('show_version').receiveReply()).toMatchObject({ program: 'vpe' });
      const multi = ch.sendMultiRequest('sw_interface_dump');
      const names: unknown[] = [];
      for (let next = await multi.receiveReply(); !next.stop; next = await multi.receiveReply()) {
        names.push(next.message.interface_name);
      }
      expect(names).toContain('local0');
      const seen: object[] = [];
      const subscription = await ch.subscribeNotification('sw_interface_event', (event) => seen.push(event));
      await ch.sendRequest('sw_interface_set_flags', { sw_if_index, flags: 1 }).receiveReply();
      await expect.poll(() => seen).toContainEqual(expect.objectContaining({ sw_if_index }));
      subscription.unsubscribe();
      ch.close();
      await expect(ch.sendRequest('show_version').receiveReply()).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' });
    });
  });

  it('closing: finishes what is in flight, ends streams, and refuses what comes after', async () => {
    const own = await connect({ socket: vpp.socket, cacheDir: path('cache') });
    const ch = own.channel();
    const events = ch.events('sw_interface_event');
    await events.ready();
    const ending = (async () => {
      for await (const _event of events);
    })();
    const reply = ch.request('show_version');
    const closing = own.close();
    await expect(reply).resolves.toMatchObject({ program: 'vpe' });
    await closing;
    await ending;
    expect(own.state).toBe('closed');
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
    expect(() => own.channel()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  });
});
