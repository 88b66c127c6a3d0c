/** A channel that only reads, over a real socket. */
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/mux/index.js';
import { world } from '../support/world.js';

describe('read-only channels', () => {
  it('what reads: is sent', async () => {
    const { mock, connection } = await world();
    const ch = connection.channel({ access: 'read' });
    await expect(ch.request('show_version')).resolves.toMatchObject({ retval: 0 });
    await expect(ch.request('control_ping')).resolves.toMatchObject({ retval: 0 });
    await expect(ch.dump('sw_interface_dump').toArray()).resolves.toHaveLength(1);
    await expect(ch.request('want_interface_events', { enable_disable: 1, pid: 1 })).resolves.toEqual({ retval: 0 });
    await ch.events('sw_interface_event').ready();
    expect(mock.received('want_interface_events')).toBe(1);
  });

  it('what does more: is refused before a byte is sent, and the error says what may be sent', async () => {
    const { mock, connection } = await world();
    const ch = connection.channel({ access: 'read', name: 'wall display', owner: 'screens' });
    const refused = ch.request('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    await expect(refused).rejects.toBeInstanceOf(RefusedError);
    await expect(refused).rejects.toMatchObject({
      code: 'READ_ONLY',
      outcome: 'not-sent',
      messageName: 'sw_interface_set_flags',
      channel: ch.id,
      message: `sw_interface_set_flags was not sent: channel ${ch.id} "wall display" of screens only reads, and takes dumps, gets, shows, pings and want_*; open one with access: 'write' for it`,
    });
    await expect(ch.request('cli_inband', { cmd: 'show version' })).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect([mock.received('sw_interface_set_flags'), mock.received('cli_inband')]).toEqual([0, 0]);
  });

  it('events: may be had, but with no fields of a want_* that sets something', async () => {
    const { mock, connection } = await world();
    const ch = connection.channel({ access: 'read' });
    const events = ch.events('l2_macs_event', { want: { learn_limit: 5 } });
    await expect(events.ready()).rejects.toMatchObject({ code: 'READ_ONLY', messageName: 'want_l2_macs_events' });
    expect(mock.received('want_l2_macs_events')).toBe(0);
  });

  it('other channels: are not touched by it', async () => {
    const { connection } = await world();
    connection.channel({ access: 'read' });
    await expect(connection.channel().request('create_loopback')).resolves.toMatchObject({ retval: 0 });
  });

  it('all channels of a connection: read only by default, if it says so', async () => {
    const { connection } = await world({ channel: { access: 'read' } });
    await expect(connection.channel().request('create_loopback')).rejects.toMatchObject({ code: 'READ_ONLY' });
    await expect(connection.channel({ access: 'write' }).request('create_loopback')).resolves.toMatchObject({
      retval: 0,
    });
  });

  it('read only by default: the mux itself may still register for those whose channels may', async () => {
    const { mock, connection } = await world({ channel: { access: 'read', owner: 'screens' } });
    await connection.channel({ access: 'write' }).events('l2_macs_event').ready();
    expect(mock.received('want_l2_macs_events2')).toBe(1);
    expect(connection.stats().perChannel[0]).toMatchObject({ id: 0, access: 'write', owner: undefined });
  });

  it('another access: BAD_OPTION', async () => {
    const { connection } = await world();
    expect(() => connection.channel({ access: 'none' as 'read' })).toThrow(
      'channel.access must be "read" or "write", not none',
    );
  });

  it('statistics: say whose a channel is and what it may', async () => {
    const { connection } = await world();
    connection.channel({ name: 'a', owner: 'p', access: 'read' });
    connection.channel();
    expect(connection.stats().perChannel).toMatchObject([
      { id: 0, access: 'write', owner: undefined },
      { name: 'a', owner: 'p', access: 'read' },
      { access: 'write', owner: undefined },
    ]);
  });
});
