import { describe, expect, it } from 'vitest';
import { kinds } from '../../../mock-vpp/index.js';
import { bridgeAdd, bridgeList, bridgeRemove } from '../../../src/plugins/index.js';
import { mocked } from './support.js';

const FEATURES = { flood: true, uuFlood: true, forward: true, learn: true, arpTerm: false, arpUfwd: false, macAge: 0 };

const withLoopbacks = () => mocked({ setup: (dataplane) => void [1, 2, 3].map(() => dataplane.addLoopback()) });

describe('bridge.add', () => {
  it('a domain with interfaces: made; the same again: nothing changes', async () => {
    const { mock, client } = await withLoopbacks();
    const wanted = { id: 5, interfaces: ['loop0', 2], bvi: 'loop2', tag: 'lab' };
    const bridge = {
      ...{ id: 5, tag: 'lab', ...FEATURES, bvi: 'loop2' },
      members: [
        { name: 'loop2', swIfIndex: 3, shg: 0 },
        { name: 'loop0', swIfIndex: 1, shg: 0 },
        { name: 'loop1', swIfIndex: 2, shg: 0 },
      ],
    };
    expect(await client.call(bridgeAdd, wanted)).toEqual({ bridge, changed: true });
    const asked = mock.received('sw_interface_set_l2_bridge');
    expect(await client.call(bridgeAdd, wanted)).toEqual({ bridge, changed: false });
    expect(await client.call(bridgeAdd, { id: 5 })).toEqual({ bridge, changed: false });
    expect(mock.received('sw_interface_set_l2_bridge')).toBe(asked);
    expect(await client.call(bridgeList, {})).toMatchObject({ bridges: [bridge], total: 1 });
    expect(await client.call(bridgeList, { id: 6 })).toMatchObject({ bridges: [], total: 0 });
  });

  it('without a number: one that VPP chooses', async () => {
    const { client } = await withLoopbacks();
    await client.call(bridgeAdd, { id: 1 });
    expect((await client.call(bridgeAdd, { learn: false, macAge: 7 })).bridge).toMatchObject({
      id: 7271263,
      learn: false,
      macAge: 7,
    });
  });

  it('one more interface: joins, the others stay; as bvi as well', async () => {
    const { client } = await withLoopbacks();
    await client.call(bridgeAdd, { id: 5, interfaces: ['loop0'] });
    const { bridge, changed } = await client.call(bridgeAdd, { id: 5, interfaces: ['loop1', 'loop0'] });
    expect([changed, bridge.members.map(({ name }) => name)]).toEqual([true, ['loop0', 'loop1']]);
    expect((await client.call(bridgeAdd, { id: 5, bvi: 'loop1' })).bridge).toMatchObject({ bvi: 'loop1' });
  });

  it.each([
    [
      'other settings',
      { id: 5, flood: false, tag: '' },
      'EEXIST',
      'bridge domain 5 is there with other settings (flood: true)',
    ],
    [
      'an interface of another domain',
      { id: 6, interfaces: ['loop0'] },
      'EBUSY',
      'loop0 is in bridge domain 5; bridge.remove takes it out there',
    ],
    ['a second bvi', { id: 5, bvi: 'loop2' }, 'EBUSY', 'bridge domain 5 has the bvi loop1 already'],
    [
      'an unknown interface',
      { id: 7, interfaces: ['loop9'] },
      'ENOENT',
      'there is no interface "loop9"; did you mean loop0, loop1 or loop2?',
    ],
  ])('%s: refused, and nothing changes', async (_, input, code, message) => {
    const { mock, client } = await withLoopbacks();
    await client.call(bridgeAdd, { id: 5, interfaces: ['loop0'], bvi: 'loop1' });
    const before = await client.call(bridgeList, {});
    mock.forget();
    await expect(client.call(bridgeAdd, input)).rejects.toMatchObject({ code, message });
    expect([mock.received('sw_interface_set_l2_bridge'), mock.received('bridge_domain_add_del_v2')]).toEqual([0, 0]);
    expect((await client.call(bridgeList, {})).bridges).toEqual(before.bridges);
  });

  it('VPP refuses an interface: says that the domain is there', async () => {
    const { mock, client } = await withLoopbacks();
    mock.handle('sw_interface_set_l2_bridge', ({ rx_sw_if_index }) => (rx_sw_if_index === 2 ? -9 : 0));
    await expect(client.call(bridgeAdd, { id: 5, interfaces: ['loop0', 'loop1'] })).rejects.toMatchObject({
      code: 'ENOTSUP',
      message:
        'bridge domain 5 is there, but loop1 did not join it: VPP refused sw_interface_set_l2_bridge: UNIMPLEMENTED (-9)',
    });
  });

  it.each([0, 2 ** 24, 1.5])('number %d: refused', async (id) => {
    const { client } = await withLoopbacks();
    await expect(client.call(bridgeAdd, { id })).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'id' });
  });
});

describe('bridge.remove', () => {
  it('one that has interfaces: EBUSY; with force they leave first', async () => {
    const { mock, client } = await withLoopbacks();
    await client.call(bridgeAdd, { id: 5, interfaces: ['loop0', 'loop1'] });
    await expect(client.call(bridgeRemove, { id: 5 })).rejects.toMatchObject({
      code: 'EBUSY',
      message: 'bridge domain 5 has interfaces (loop0, loop1); force takes them out first',
    });
    expect(await client.call(bridgeRemove, { id: 5, force: true })).toEqual({
      id: 5,
      removed: true,
      left: ['loop0', 'loop1'],
    });
    expect(mock.dataplane.of(kinds.bridges).values()).toEqual([]);
    expect(mock.dataplane.of(kinds.bridges).bridgeOf(1)).toBeUndefined();
  });

  it('only interfaces: the domain stays; what is not in it is no error', async () => {
    const { client } = await withLoopbacks();
    await client.call(bridgeAdd, { id: 5, interfaces: ['loop0', 'loop1'] });
    const leave = { id: 5, interfaces: ['loop1', 'loop2'] };
    expect(await client.call(bridgeRemove, leave)).toEqual({ id: 5, removed: false, left: ['loop1'] });
    expect(await client.call(bridgeRemove, leave)).toEqual({ id: 5, removed: false, left: [] });
    expect((await client.call(bridgeList, {})).bridges[0].members.map(({ name }) => name)).toEqual(['loop0']);
  });

  it('one that is not there: ENOENT', async () => {
    const { client } = await withLoopbacks();
    await expect(client.call(bridgeRemove, { id: 5 })).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'there is no bridge domain 5',
    });
  });
});
