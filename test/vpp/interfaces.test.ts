import { describe, expect, it } from 'vitest';
import { interfaces } from '../../src/vpp/index.js';
import { channelToMock } from './support.js';

const LOOP0 = { name: 'loop0', swIfIndex: 1, type: 'Loopback', mac: 'de:ad:00:00:00:00', mtu: 9000, tag: '' };

describe('interfaces', () => {
  it('list: typed, by sw_if_index', async () => {
    const { mock, channel } = await channelToMock();
    mock.dataplane.addLoopback({ up: true });
    const [local0, loop0, ...rest] = await interfaces.list(channel);
    expect(local0).toMatchObject({ name: 'local0', swIfIndex: 0, adminUp: false, linkUp: false });
    expect(loop0).toEqual({ ...LOOP0, adminUp: true, linkUp: true });
    expect(rest).toEqual([]);
  });

  it('a sub-interface: names its parent', async () => {
    const { mock, channel } = await channelToMock();
    const details = { interface_dev_type: 'dpdk', link_mtu: 1500, mtu: [0, 0, 0, 0] };
    mock.handle('sw_interface_dump', () => [
      { ...details, interface_name: 'eth0', sw_if_index: 2, sup_sw_if_index: 2 },
      { ...details, interface_name: 'eth0.7', sw_if_index: 3, sup_sw_if_index: 2 },
    ]);
    const table = await interfaces.table(channel);
    expect(table.list).toMatchObject([{ mtu: 1500 }, { parent: 2 }]);
    expect(table.list[0]).not.toHaveProperty('parent');
    expect([table.nameOf(2), table.nameOf(9)]).toEqual(['eth0', '9']);
  });

  it.each(['loop0', 1, '1'])('find %j: the interface', async (ref) => {
    const { mock, channel } = await channelToMock();
    mock.dataplane.addLoopback();
    expect(await interfaces.find(channel, ref)).toMatchObject({ name: 'loop0', swIfIndex: 1 });
  });

  it('find: one that is not there: NOT_FOUND with the nearest names', async () => {
    const { mock, channel } = await channelToMock();
    mock.dataplane.addLoopback();
    await expect(interfaces.find(channel, 'lop0')).rejects.toMatchObject({
      ...{ name: 'ObjectError', code: 'NOT_FOUND', object: 'interface', path: 'interface', nearest: ['loop0'] },
      message: 'there is no interface "lop0"; did you mean loop0?',
    });
    await expect(interfaces.find(channel, 7)).rejects.toMatchObject({
      message: 'there is no interface with sw_if_index 7',
      nearest: [],
    });
  });

  it('createLoopback, deleteLoopback: the interface as it is and was; a second one of an instance: EXISTS', async () => {
    const { mock, channel } = await channelToMock();
    const loop7 = { ...LOOP0, name: 'loop7', mac: '02:00:00:00:00:aa', adminUp: false, linkUp: false };
    const wanted = { instance: 7, mac: '02:00:00:00:00:aa' };
    expect(await interfaces.createLoopback(channel, wanted)).toEqual(loop7);
    await expect(interfaces.createLoopback(channel, wanted)).rejects.toMatchObject({
      code: 'EXISTS',
      path: 'instance',
    });
    expect(await interfaces.deleteLoopback(channel, 'loop7')).toEqual(loop7);
    expect(mock.dataplane.hasInterface(1)).toBe(false);
    await expect(interfaces.deleteLoopback(channel, 'local0')).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  });

  it('setAdminUp: tells whether that is a change', async () => {
    const { mock, channel } = await channelToMock();
    mock.dataplane.addLoopback();
    const { interface: after, changed } = await interfaces.setAdminUp(channel, 'loop0', true);
    expect([after.adminUp, changed, mock.dataplane.interfaceAt(1).adminUp]).toEqual([true, true, true]);
    expect(await interfaces.setAdminUp(channel, 1, true)).toMatchObject({ changed: false });
  });

  it('changes of an interface that was read before: ask for no list', async () => {
    const { mock, channel } = await channelToMock();
    const itf = await interfaces.createLoopback(channel);
    mock.forget();
    await interfaces.setAdminUp(channel, itf, true);
    await interfaces.addAddress(channel, itf, '192.0.2.1/24');
    await interfaces.deleteLoopback(channel, itf);
    expect([mock.received('sw_interface_dump'), mock.received()]).toEqual([0, 7]);
  });

  it('options: a signal that is aborted gives the call up', async () => {
    const { mock, channel } = await channelToMock();
    const options = { signal: AbortSignal.abort() };
    await expect(interfaces.setAdminUp(channel, 'local0', true, options)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });
});

describe('addresses of an interface', () => {
  const loop0 = { setup: (dataplane: { addLoopback(): number }) => void dataplane.addLoopback() };

  it('added and removed in any spelling, each twice: the second changes nothing', async () => {
    const { mock, channel } = await channelToMock(loop0);
    for (const changed of [true, false]) {
      expect(await interfaces.addAddress(channel, 'loop0', '2001:DB8::0001/64')).toMatchObject({ changed });
    }
    expect(await interfaces.listAddresses(channel, 1)).toEqual(['2001:db8::1/64']);
    for (const changed of [true, false]) {
      expect(await interfaces.removeAddress(channel, 1, '2001:db8::1/64')).toMatchObject({ changed });
    }
    expect(mock.received('sw_interface_add_del_address')).toBe(2);
  });

  it('of another length, and what is none: INVALID', async () => {
    const { mock, channel } = await channelToMock(loop0);
    await interfaces.addAddress(channel, 'loop0', '192.0.2.1/24');
    await expect(interfaces.removeAddress(channel, 'loop0', '192.0.2.1/30')).rejects.toMatchObject({
      ...{ code: 'INVALID', path: 'address' },
      message: 'loop0 has 192.0.2.1/24, which is of another length',
    });
    await expect(interfaces.addAddress(channel, 'loop0', '192.0.2.1')).rejects.toMatchObject({ code: 'INVALID' });
    expect(mock.dataplane.interfaceAt(1).addresses).toHaveLength(1);
  });

  it('that overlaps: as VPP refuses it', async () => {
    const { channel } = await channelToMock({
      setup: (dataplane) => void [dataplane.addLoopback({ addresses: ['192.0.2.1/24'] }), dataplane.addLoopback()],
    });
    const call = interfaces.addAddress(channel, 'loop1', '192.0.2.2/24');
    await expect(call).rejects.toMatchObject({ code: 'RETVAL', retvalName: 'ADDRESS_IN_USE' });
  });
});
