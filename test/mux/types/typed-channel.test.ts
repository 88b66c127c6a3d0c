/** The types of channels with a map of messages. The compiler tests them; what runs is that types change nothing. */

import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import type { Messages as Messages2210 } from 'vppmux/vpp-22.10';
import type { Messages as Messages2510 } from 'vppmux/vpp-25.10';
import type { EidInput, FibPath, IfTypeValues, Messages, PuntReason } from 'vppmux/vpp-26.06';
import {
  type ApiChannel,
  type Channel,
  type Connection,
  connect,
  type DumpName,
  type EventItem,
  type EventName,
  enumValues,
  type Fields,
  name,
  newAPIChannel,
  type RequestFields,
  type RequestName,
  type Untyped,
} from '../../../src/mux/index.js';
import { ownSchema, testMock } from '../../support/mock.js';

/** Calls that are compiled, and never made. */
const compiled = (_: (channel: Channel<Messages>) => unknown) => {};

describe('a channel without a map', () => {
  it('takes every name and any fields, and gives fields', () => {
    expectTypeOf<Channel['request']>().toBeCallableWith('anything', { at: 'all' }, { timeoutMs: 1 });
    expectTypeOf<RequestName>().toEqualTypeOf<string>();
    expectTypeOf<ReturnType<Channel['request']>>().toEqualTypeOf<Promise<Fields>>();
    expectTypeOf<ReturnType<Channel['events']>>().toExtend<AsyncIterable<EventItem>>();
  });

  it('is what every channel can be given for, and what can be given for every channel', () => {
    expectTypeOf<Channel<Messages>>().toExtend<Channel<Untyped>>();
    expectTypeOf<Channel<Untyped>>().toExtend<Channel<Messages>>();
    expectTypeOf<Connection<Messages2510>>().toExtend<Connection<Untyped>>();
    expectTypeOf<Channel<Untyped>>().toExtend<Channel>();
  });
});

describe('names', () => {
  it('of requests, dumps and events: each where it belongs', () => {
    expectTypeOf<'show_version'>().toExtend<RequestName<Messages>>();
    expectTypeOf<'sw_interface_dump'>().toExtend<DumpName<Messages>>();
    expectTypeOf<'trace_v2_dump'>().toExtend<DumpName<Messages>>();
    expectTypeOf<'sw_interface_event'>().toExtend<EventName<Messages>>();
    expectTypeOf<'sw_interface_dump'>().not.toExtend<RequestName<Messages>>();
    expectTypeOf<'show_version_reply'>().not.toExtend<RequestName<Messages>>();
  });

  it('two releases in one program: each has its own', () => {
    expectTypeOf<'ip_route_v2_dump'>().toExtend<DumpName<Messages2210>>();
    expectTypeOf<'npol_get_version'>().toExtend<RequestName<Messages>>();
    expectTypeOf<'npol_get_version'>().not.toExtend<RequestName<Messages2210>>();
    expectTypeOf<ReturnType<typeof connect<Messages2510>>>().resolves.toEqualTypeOf<Connection<Messages2510>>();
  });

  it('wrong ones: errors of the compiler', () => {
    compiled((channel) => {
      // @ts-expect-error: no such message
      channel.request('show_versio');
      // @ts-expect-error: a list
      channel.request('sw_interface_dump');
      // @ts-expect-error: no list
      channel.dump('show_version');
      // @ts-expect-error: a request
      channel.events('want_interface_events');
    });
  });
});

describe('fields of a request', () => {
  it('may be left out where each may, and are asked for otherwise', () => {
    compiled(async (channel) => {
      const { version } = await channel.request('show_version');
      expectTypeOf(version).toEqualTypeOf<string>();
      channel.dump('sw_interface_dump').observe();
      channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 1 }, { timeoutMs: 500 });
      // @ts-expect-error: they are missing
      channel.request('sw_interface_set_flags');
      // @ts-expect-error: one is missing
      channel.request('sw_interface_set_flags', { flags: 1 });
      // @ts-expect-error: one is misspelt
      channel.request('sw_interface_set_flags', { sw_if_inde: 1, flags: 1 });
      // @ts-expect-error: the request has none
      channel.request('show_version', { verbose: true });
      // @ts-expect-error: set by the mux
      channel.request('show_version', { client_index: 1 });
    });
  });

  it('a default, a count, a bool: may be left out', () => {
    type Given = RequestFields<Messages, 'acl_add_replace'>;
    expectTypeOf<{ acl_index: number; tag: string; r: [] }>().toExtend<Given>();
    expectTypeOf<RequestFields<Messages, 'sw_interface_add_del_address'>['del_all']>().toEqualTypeOf<
      boolean | 0 | 1 | undefined
    >();
  });

  it('enums: numbers, names, names without their prefix', () => {
    compiled((channel) => {
      channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 'IF_STATUS_API_FLAG_ADMIN_UP' });
      channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: ['ADMIN_UP', 2] });
      // @ts-expect-error: no such flag
      channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: ['ADMIN_UPP'] });
      channel.request('sw_interface_set_rx_mode', { sw_if_index: 1, mode: 'POLLING' });
      // @ts-expect-error: one of them only
      channel.request('sw_interface_set_rx_mode', { sw_if_index: 1, mode: ['POLLING', 'ADAPTIVE'] });
    });
  });

  it('64 bits: bigint, number or decimal text; bytes in every form', () => {
    type Keep = RequestFields<Messages, 'ipsec_sad_entry_add_v2'>['entry']['salt'];
    expectTypeOf<Keep>().toEqualTypeOf<number | undefined>();
    type Long = RequestFields<Messages, 'pg_capture'>;
    expectTypeOf<Long>().toHaveProperty('count');
    type Rate = RequestFields<Messages, 'policer_add'>['infos']['cb'];
    expectTypeOf<Rate>().toEqualTypeOf<bigint | number | string | undefined>();
    type Mac = RequestFields<Messages, 'create_loopback'>['mac_address'];
    expectTypeOf<Mac>().toEqualTypeOf<string | Uint8Array | readonly number[]>();
  });
});

describe('unions', () => {
  it('with a field that says which arm counts: told apart by it', () => {
    const addressOf = (path: FibPath) => {
      if (path.proto === 0) return path.nh.address.ip4;
      if (path.proto === 1) return path.nh.address.ip6;
      // Nothing is known of the arms.
      expectTypeOf(path.nh.address.ip4).toEqualTypeOf<string | undefined>();
      return undefined;
    };
    expectTypeOf(addressOf).returns.toEqualTypeOf<string | undefined>();
  });

  it('given: the arm that the field says, and no other', () => {
    const right: readonly EidInput[] = [
      { type: 'EID_TYPE_API_MAC', address: { mac: 'de:ad:00:00:00:01' } },
      { type: 'MAC', address: { mac: 'de:ad:00:00:00:01' } },
      { address: { prefix: '192.0.2.0/24' } },
    ];
    // @ts-expect-error: another arm
    const other: EidInput = { type: 1, address: { prefix: '192.0.2.0/24' } };
    // @ts-expect-error: two arms
    const two: EidInput = { type: 1, address: { mac: 'de:ad:00:00:00:01', nsh: {} } };
    expect([...right, other, two]).toHaveLength(5);
  });

  it('read: a discriminated one has literals for its field, an enum otherwise any number', () => {
    expectTypeOf<Extract<FibPath, { proto: 0 }>['nh']['address']>().toEqualTypeOf<{ ip4: string }>();
    expectTypeOf<PuntReason>().not.toBeAny();
  });
});

describe('dumps, events and the calls of govpp', () => {
  it('details, the reply that ends a list, the items of a stream', () => {
    compiled(async (channel) => {
      for await (const itf of channel.dump('sw_interface_dump')) {
        expectTypeOf(itf.interface_name).toEqualTypeOf<string>();
        expectTypeOf(itf.mtu).toEqualTypeOf<number[]>();
        expectTypeOf(itf).toExtend<Fields>();
      }
      const list = channel.dump('ip_path_mtu_get', {});
      expectTypeOf(list.reply?.retval).toEqualTypeOf<number | undefined>();
      for await (const item of channel.events('sw_interface_event')) {
        if ('gap' in item) expectTypeOf(item.gap).toEqualTypeOf<number>();
        else if ('resync' in item) expectTypeOf(item.resync.reason).toEqualTypeOf<string>();
        else expectTypeOf(item.deleted).toEqualTypeOf<boolean>();
      }
      channel.events('ip_neighbor_event_v2', { want: { ip: '192.0.2.1' } });
      // @ts-expect-error: no field of the request
      channel.events('ip_neighbor_event_v2', { want: { ipp: '192.0.2.1' } });
    });
  });

  it('multi-requests: as dumps', () => {
    const follow = async (channel: ApiChannel<Messages>) => {
      const { version } = await channel.sendRequest('show_version').receiveReply();
      const next = await channel.sendMultiRequest('sw_interface_dump').receiveReply();
      await channel.subscribeNotification(
        'sw_interface_event',
        (item) => 'gap' in item || 'resync' in item || item.flags,
      );
      return next.stop ? version : next.message.interface_name;
    };
    expectTypeOf(follow).returns.resolves.toEqualTypeOf<string>();
    expectTypeOf(newAPIChannel<Messages>).returns.toEqualTypeOf<ApiChannel<Messages>>();
  });
});

describe('at run time', () => {
  it('a typed channel: is the untyped one', async () => {
    const { socket } = await testMock();
    const vpp = await connect<Messages>({ socket, cacheDir: false });
    onTestFinished(() => vpp.destroy());
    const channel: Channel<Messages> = vpp.channel();
    const { version } = await channel.request('show_version');
    expect(version).toBe('26.06-mock');
    const [itf] = await channel.dump('sw_interface_dump').toArray();
    expect(itf.interface_name).toBe('local0');
    const untyped: Channel<Untyped> = channel;
    await expect(untyped.request('show_versio')).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' });
  });

  it("an enum's constants: from the definitions in use", async () => {
    const schema = await ownSchema();
    const IfType = enumValues<IfTypeValues>(schema, 'if_type');
    expectTypeOf(IfType.IF_API_TYPE_PIPE).toEqualTypeOf<3>();
    expect(name(IfType, 3)).toBe('IF_API_TYPE_PIPE');
    expect(name(IfType, 77)).toBeUndefined();
    expect(() => enumValues(schema, 'if_typ')).toThrow(/there is no enum if_typ in the schema; did you mean if_type/);
  });
});
