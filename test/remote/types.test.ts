/** The types of a remote connection: those of a local one, as far as both have them. The compiler tests them. */

import { describe, expectTypeOf, it } from 'vitest';
import type { Channel, Connection, ConnectionStatus, Fields } from 'vppmux';
import type { connectRemote, RemoteConnection, SharedConnection, Untyped } from 'vppmux/remote';
import type { Messages as Messages2510 } from 'vppmux/vpp-25.10';
import type { Messages } from 'vppmux/vpp-26.06';

/** Calls that are compiled, and never made. */
const compiled = (_: (vpp: RemoteConnection<Messages>, untyped: RemoteConnection) => unknown) => {};

describe('the types of a remote connection', () => {
  it('a channel of it is the same type as a local one, with a map or without', () => {
    compiled((vpp) => expectTypeOf(vpp.channel()).toEqualTypeOf<Channel<Messages>>());
    compiled((_, untyped) => expectTypeOf(untyped.channel()).toEqualTypeOf<Channel>());
    expectTypeOf<ReturnType<typeof connectRemote<Messages2510>>>().resolves.toEqualTypeOf<
      RemoteConnection<Messages2510>
    >();
  });

  it('code for what both have takes either', () => {
    expectTypeOf<Connection<Messages>>().toExtend<SharedConnection<Messages>>();
    expectTypeOf<RemoteConnection<Messages>>().toExtend<SharedConnection<Messages>>();
    expectTypeOf<RemoteConnection<Messages>>().toExtend<SharedConnection<Untyped>>();
    expectTypeOf<RemoteConnection['status']>().toEqualTypeOf<ConnectionStatus>();
  });

  it('what only a local one has is missing', () => {
    type Missing = Exclude<keyof Connection, keyof RemoteConnection>;
    expectTypeOf<Missing>().toEqualTypeOf<
      'table' | 'schema' | 'listen' | 'dataEvents' | 'stats' | 'trace' | 'compatibility' | 'switchTo'
    >();
  });

  it('names, fields and answers are those of the map', () => {
    compiled(async (vpp) => {
      const ch = vpp.channel();
      const { version } = await ch.request('show_version');
      expectTypeOf(version).toEqualTypeOf<string>();
      for await (const { sw_if_index } of ch.dump('sw_interface_dump'))
        expectTypeOf(sw_if_index).toEqualTypeOf<number>();
      for await (const item of ch.events('sw_interface_event')) {
        if ('gap' in item || 'resync' in item) continue;
        expectTypeOf(item.deleted).toEqualTypeOf<boolean>();
      }
      // @ts-expect-error: no such message
      await ch.request('show_versions');
      // @ts-expect-error: no such field
      await ch.request('sw_interface_set_flags', { sw_if_indexx: 1 });
      const untyped = vpp.channel<Untyped>();
      expectTypeOf(await untyped.request('anything', { at: 'all' })).toEqualTypeOf<Fields>();
    });
  });

  it('an operation gives what its caller says, and counters their reports', () => {
    compiled(async (vpp) => {
      expectTypeOf(await vpp.call('interface.list')).toEqualTypeOf<unknown>();
      expectTypeOf(await vpp.call<{ name: string }>('interface.create', {})).toEqualTypeOf<{ name: string }>();
      for await (const { seconds } of vpp.counters(['^/if/'])) expectTypeOf(seconds).toEqualTypeOf<number>();
    });
  });
});
