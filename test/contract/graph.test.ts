/** Nodes of the graph, and features on its arcs: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;

it('nodes have indices, and so have those of hardware interfaces while they are there', async () => {
  const vpp = await Contract.begin();
  const { sw_if_index } = await vpp.ask('create_loopback', { mac_address: '00:00:00:00:00:00' });
  const [{ interface_name }] = await vpp.dump('sw_interface_dump', { sw_if_index });
  await vpp.ask('create_vlan_subif', { sw_if_index, vlan_id: 9 });
  const index = async (node_name: string) => {
    const { retval, node_index } = await vpp.ask('get_node_index', { node_name });
    return retval === 0 ? Number(node_index) : retval;
  };
  const names = ['ip4-lookup', 'ip6-lookup', 'error-drop', 'local0-tx', `${interface_name}-output`];
  const found: unknown[] = [];
  for (const name of names) found.push(await index(name));
  expect(found.every((each) => Number(each) >= 0)).toBe(true);
  expect(new Set(found).size).toBe(names.length);
  expect(await vpp.ask('get_node_index', { node_name: 'nowhere' })).toMatchObject({ retval: -63, node_index: NONE });
  expect(await index(`${interface_name}.9-output`)).toBe(-63);
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await index(`${interface_name}-output`)).toBe(-63);
});

it('nodes of an interface: have its new name, and are the next one’s when it has gone', async () => {
  const vpp = await Contract.begin();
  const index = async (node_name: string) => {
    const { retval, node_index } = await vpp.ask('get_node_index', { node_name });
    return retval === 0 ? Number(node_index) : undefined;
  };
  const { sw_if_index } = await vpp.ask('create_loopback_instance', { is_specified: true, user_instance: 4091 });
  const [tx, output] = [await index('loop4091-tx'), await index('loop4091-output')];
  expect(output).toBe(Number(tx) + 1);
  await vpp.ask('sw_interface_set_interface_name', { sw_if_index, name: 'renamed4091' });
  expect([await index('loop4091-tx'), await index('renamed4091-output')]).toEqual([undefined, output]);
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await index('renamed4091-output')).toBeUndefined();
  await vpp.loopback();
  const names = (await vpp.dump('sw_interface_dump', {})).map(({ interface_name }) => `${interface_name}-output`);
  expect(await Promise.all(names.map(index))).toContain(output);
});

it('next nodes: each has one index, however often it is added', async () => {
  const vpp = await Contract.begin();
  const next = (request: string, node_name: string, next_name: string) => vpp.ask(request, { node_name, next_name });
  for (const request of ['get_next_index', 'add_node_next']) {
    expect(await next(request, 'nowhere', 'neither')).toMatchObject({ retval: -63, next_index: NONE });
    expect(await next(request, 'ip4-lookup', 'nowhere')).toMatchObject({ retval: -64, next_index: NONE });
  }
  const { next_index } = await next('add_node_next', 'ip4-lookup', 'ip4-icmp-error');
  expect(Number(next_index)).toBeLessThan(1000);
  for (const request of ['get_next_index', 'add_node_next']) {
    expect(await next(request, 'ip4-lookup', 'ip4-icmp-error')).toMatchObject({ retval: 0, next_index });
  }
  expect(await next('get_next_index', 'ip4-lookup', 'vxlan4-input')).toMatchObject({ retval: -6, next_index: NONE });
});

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const at = { sw_if_index: loop, arc_name: 'ip4-unicast', feature_name: 'ip4-flow-classify' };
  const set = (enable: boolean, fields: object = {}) =>
    vpp.retval('feature_enable_disable', { ...at, enable, ...fields });
  const is = async (fields: object = {}) => {
    const { retval, is_enabled } = await vpp.ask('feature_is_enabled', { ...at, ...fields });
    return retval === 0 ? is_enabled : retval;
  };
  return { vpp, loop, set, is };
}

it('features: refusals; VPP takes what it does not know for enabled', async () => {
  const { set, is } = await begin();
  for (const enable of [true, false]) {
    for (const sw_if_index of [UNKNOWN, NONE]) expect(await set(enable, { sw_if_index })).toBe(-2);
    expect(await set(enable, { arc_name: 'nowhere' })).toBe(-7);
    expect(await set(enable, { feature_name: 'nothing' })).toBe(-7);
  }
  expect(await is({ sw_if_index: UNKNOWN })).toBe(-2);
  expect([await is({ arc_name: 'nowhere' }), await is({ feature_name: 'nothing' }), await is()]).toEqual([
    true,
    true,
    false,
  ]);
});

it('features: VPP takes all of them for enabled on an interface above those that one of the arc was ever set on', async () => {
  const { vpp, set, is } = await begin();
  const at = { arc_name: 'ip6-punt', feature_name: 'ip6-punt-acl', sw_if_index: await vpp.loopback() };
  expect([await is(at), await set(false, at), await is(at)]).toEqual([true, 0, false]);
});

it('features: counted, and gone with their interface', async () => {
  const { vpp, set, is } = await begin();
  expect([await set(false), await is(), await set(true), await set(true), await is()]).toEqual([0, false, 0, 0, true]);
  expect([await set(false), await is(), await set(false), await is()]).toEqual([0, true, 0, false]);
  const { sw_if_index } = await vpp.ask('create_loopback');
  await set(true, { sw_if_index });
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await is({ sw_if_index })).toBe(-2);
  await vpp.loopback();
  expect(await is({ sw_if_index })).toBe(false);
});

it('features that VPP enables itself, while an interface has no address', async () => {
  const { vpp, loop, set, is } = await begin();
  const own = [
    ['ip4-unicast', 'ip4-not-enabled'],
    ['ip4-multicast', 'ip4-not-enabled'],
    ['arp', 'arp-disabled'],
    ['ip6-unicast', 'ip6-not-enabled'],
    ['mpls-input', 'mpls-not-enabled'],
  ].map(([arc_name, feature_name]) => ({ arc_name, feature_name }));
  const all = async () => {
    const enabled: unknown[] = [];
    for (const each of own) enabled.push(await is(each));
    return enabled;
  };
  expect(await all()).toEqual([true, true, true, true, true]);
  await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix: '192.0.2.1/24' });
  expect(await all()).toEqual([false, false, false, true, true]);
  expect([
    await is({ arc_name: 'arp', feature_name: 'arp-reply' }),
    await set(false, own[0]),
    await is(own[0]),
  ]).toEqual([true, 0, false]);
  expect([await set(true, own[0]), await is(own[0]), await set(false, own[0])]).toEqual([0, true, 0]);
});

it('segmentation of TCP: its features are counted as well', async () => {
  const { vpp, loop, is } = await begin();
  const gso = (enable_disable: boolean, sw_if_index = loop) =>
    vpp.retval('feature_gso_enable_disable', { sw_if_index, enable_disable });
  for (const at of [UNKNOWN, NONE]) expect(await gso(true, at)).toBe(-2);
  const all = async () => [
    await is({ arc_name: 'ip4-output', feature_name: 'gso-ip4' }),
    await is({ arc_name: 'l2-output-ip4', feature_name: 'gso-l2-ip4' }),
  ];
  expect([await gso(true), await gso(true), await gso(false), await all()]).toEqual([0, 0, 0, [true, true]]);
  expect([await gso(false), await all(), await gso(false), await all()]).toEqual([
    0,
    [false, false],
    0,
    [false, false],
  ]);
});
