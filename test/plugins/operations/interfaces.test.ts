import { describe, expect, it } from 'vitest';
import {
  interfaceAddAddress,
  interfaceCreateLoopback,
  interfaceDelete,
  interfaceList,
  interfaceRemoveAddress,
  interfaceSetState,
} from '../../../src/plugins/index.js';
import { mocked } from './support.js';

const LOOPBACK = { type: 'Loopback', mtu: 9000, tag: '', addresses: [] };

describe('interface.list', () => {
  it('all: by sw_if_index, with state and addresses', async () => {
    const setup = (dataplane: { addLoopback(options: object): number }) =>
      void dataplane.addLoopback({ up: true, addresses: ['2001:db8::1/64', '192.0.2.1/24', '192.0.2.2/24'] });
    const { client } = await mocked({ setup });
    expect(await client.call(interfaceList, {})).toEqual({
      interfaces: [
        {
          ...{ name: 'local0', swIfIndex: 0, type: 'local', state: 'down', link: 'down', mac: '00:00:00:00:00:00' },
          ...{ mtu: 0, tag: '', addresses: [] },
        },
        {
          ...{ name: 'loop0', swIfIndex: 1, state: 'up', link: 'up', mac: 'de:ad:00:00:00:00' },
          ...{ ...LOOPBACK, addresses: ['192.0.2.1/24', '192.0.2.2/24', '2001:db8::1/64'] },
        },
      ],
    });
  });

  it('by a part of the name', async () => {
    const { client } = await mocked({ setup: (dataplane) => void dataplane.addLoopback() });
    expect((await client.call(interfaceList, { name: 'LOOP' })).interfaces.map(({ name }) => name)).toEqual(['loop0']);
    expect(await client.call(interfaceList, { name: 'memif' })).toEqual({ interfaces: [] });
  });

  it('a sub-interface: its parent by name', async () => {
    const { mock, client } = await mocked();
    const details = {
      interface_name: 'eth0.7',
      interface_dev_type: 'dpdk',
      sw_if_index: 3,
      sup_sw_if_index: 2,
      mtu: [0, 0, 0, 0],
    };
    const parent = { ...details, interface_name: 'eth0', sw_if_index: 2, link_mtu: 1500 };
    mock.handle('sw_interface_dump', () => [parent, { ...details, link_mtu: 1500 }]);
    const { interfaces } = await client.call(interfaceList, {});
    expect(interfaces).toMatchObject([
      { name: 'eth0', mtu: 1500 },
      { name: 'eth0.7', parent: 'eth0', mtu: 1500 },
    ]);
    expect(interfaces[0]).not.toHaveProperty('parent');
  });
});

describe('interface.create-loopback', () => {
  it('twice: two; with an instance and a MAC: that one, and EEXIST when it is there', async () => {
    const { mock, client } = await mocked();
    expect(await client.call(interfaceCreateLoopback, {})).toEqual({
      name: 'loop0',
      swIfIndex: 1,
      mac: 'de:ad:00:00:00:00',
    });
    expect(await client.call(interfaceCreateLoopback, {})).toMatchObject({ name: 'loop1', swIfIndex: 2 });
    const mine = { instance: 7, mac: '02:00:00:00:00:AA' };
    expect(await client.call(interfaceCreateLoopback, mine)).toEqual({
      name: 'loop7',
      swIfIndex: 3,
      mac: '02:00:00:00:00:aa',
    });
    await expect(client.call(interfaceCreateLoopback, { instance: 7 })).rejects.toMatchObject({
      code: 'EEXIST',
      message: 'there is a loop7 already',
      path: 'instance',
    });
    expect(mock.received('create_loopback_instance')).toBe(1);
  });

  it.each(['01:00:5e:00:00:01', '00:00:00:00:00:00', '02:00:00:00:00', '02-00-00-00-00-01'])(
    'MAC %s: refused, and nothing is sent',
    async (mac) => {
      const { mock, client } = await mocked();
      const call = client.call(interfaceCreateLoopback, { mac });
      await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'mac' });
      expect(mock.received('create_loopback')).toBe(0);
    },
  );
});

describe('an interface', () => {
  const loopbacks = { setup: (dataplane: { addLoopback(): number }) => [1, 2].map(() => dataplane.addLoopback()) };

  it.each(['loop1', 2, '2'])('%j: by name or sw_if_index', async (ref) => {
    const { mock, client } = await mocked({ setup: (dataplane) => void loopbacks.setup(dataplane) });
    const set = { interface: ref, state: 'up' } as const;
    expect(await client.call(interfaceSetState, set)).toEqual({
      name: 'loop1',
      swIfIndex: 2,
      state: 'up',
      changed: true,
    });
    expect(await client.call(interfaceSetState, set)).toMatchObject({ changed: false });
    expect(mock.dataplane.interfaceAt(2).adminUp).toBe(true);
    expect(await client.call(interfaceDelete, { interface: ref })).toEqual({ name: 'loop1', swIfIndex: 2 });
    expect(mock.dataplane.hasInterface(2)).toBe(false);
  });

  it('set down: as it was', async () => {
    const { mock, client } = await mocked({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    expect(await client.call(interfaceSetState, { interface: 'loop0', state: 'down' })).toMatchObject({
      changed: true,
    });
    expect(mock.dataplane.interfaceAt(1).adminUp).toBe(false);
  });

  it('a wrong one: ENOENT with the nearest names, and nothing is sent', async () => {
    const { mock, client } = await mocked({ setup: (dataplane) => void loopbacks.setup(dataplane) });
    const call = client.call(interfaceSetState, { interface: 'lop1', state: 'up' });
    await expect(call).rejects.toMatchObject({
      code: 'ENOENT',
      path: 'interface',
      message: 'there is no interface "lop1"; did you mean loop1?',
    });
    await expect(client.call(interfaceDelete, { interface: 9 })).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'there is no interface with sw_if_index 9; interface.list has all',
    });
    await expect(client.call(interfaceDelete, { interface: -1 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect([mock.received('sw_interface_set_flags'), mock.received('delete_loopback')]).toEqual([0, 0]);
  });

  it('of another kind: cannot be deleted', async () => {
    const { client } = await mocked();
    await expect(client.call(interfaceDelete, { interface: 'local0' })).rejects.toMatchObject({
      code: 'ENOTSUP',
      message: 'local0 is no loopback (local), and only those can be deleted',
    });
  });
});

describe('addresses', () => {
  const setup = (dataplane: { addLoopback(): number }) => void [1, 2].map(() => dataplane.addLoopback());

  it('added and removed, each twice: the second changes nothing', async () => {
    const { mock, client } = await mocked({ setup });
    const given = { interface: 'loop0', address: '2001:DB8:0::1/64' };
    const result = { name: 'loop0', swIfIndex: 1, address: '2001:db8::1/64' };
    expect(await client.call(interfaceAddAddress, given)).toEqual({ ...result, changed: true });
    expect(await client.call(interfaceAddAddress, given)).toEqual({ ...result, changed: false });
    expect(mock.dataplane.interfaceAt(1).addresses.map(({ text }) => text)).toEqual(['2001:db8::1/64']);
    expect(await client.call(interfaceRemoveAddress, given)).toEqual({ ...result, changed: true });
    expect(await client.call(interfaceRemoveAddress, given)).toEqual({ ...result, changed: false });
    expect(mock.received('sw_interface_add_del_address')).toBe(2);
  });

  it('of another length: not removed, though VPP would', async () => {
    const { mock, client } = await mocked({ setup });
    await client.call(interfaceAddAddress, { interface: 'loop0', address: '192.0.2.1/24' });
    const call = client.call(interfaceRemoveAddress, { interface: 'loop0', address: '192.0.2.1/30' });
    await expect(call).rejects.toMatchObject({
      code: 'EINVAL',
      message: 'loop0 has 192.0.2.1/24, which is of another length',
      path: 'address',
    });
    expect(mock.dataplane.interfaceAt(1).addresses).toHaveLength(1);
  });

  it('that overlaps with another: EBUSY, with what VPP said', async () => {
    const { client } = await mocked({ setup });
    await client.call(interfaceAddAddress, { interface: 'loop0', address: '192.0.2.1/24' });
    await expect(
      client.call(interfaceAddAddress, { interface: 'loop1', address: '192.0.2.2/24' }),
    ).rejects.toMatchObject({
      code: 'EBUSY',
      message: 'VPP refused sw_interface_add_del_address: ADDRESS_IN_USE (-105)',
    });
  });

  it.each([
    '192.0.2.1',
    '192.0.2.1/33',
    '192.0.2/24',
    '192.0.2.1/024',
    'fe80::1%eth0/128',
    '2001:db8::/129',
    '/24',
    '',
  ])('"%s": refused, and nothing is asked', async (address) => {
    const { mock, client } = await mocked({ setup });
    await expect(client.call(interfaceAddAddress, { interface: 'loop0', address })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: 'address',
      message: expect.stringContaining('is no address with a length, such as 192.0.2.1/24'),
    });
    expect(mock.received('sw_interface_dump')).toBe(0);
  });
});
