/** NAT44-EI: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import { ADDR_ONLY, INSIDE, NONE, nat44Ei, OUTSIDE } from '../support/nat44-ei.js';

describe('the plugin', () => {
  it('disabled: refuses all but what it is told of interfaces, and adding an empty range', async () => {
    const { vpp, loop, ...own } = await nat44Ei(false);
    const { plugin, addresses, mapping, identity, feature, output, addressOf } = own;
    expect([await plugin(false), await addresses('192.0.2.1', '192.0.2.2')]).toEqual([-169, -169]);
    expect(await addresses('192.0.2.1', '192.0.2.2', { is_add: false })).toBe(-169);
    expect(await addresses('192.0.2.2', '192.0.2.1')).toBe(0);
    expect([await mapping(), await mapping({ is_add: false }), await identity()]).toEqual([-169, -169, -169]);
    expect([await feature(), await output(), await feature({ is_add: false })]).toEqual([-169, -169, -169]);
    expect([await feature({ sw_if_index: 999 }), await output({ sw_if_index: 999 })]).toEqual([-2, -2]);
    expect([await addressOf({ sw_if_index: 999 }), await addressOf(), await addressOf()]).toEqual([-2, 0, -81]);
    expect(await addressOf({ is_add: false })).toBe(-169);
    const byInterface = { external_sw_if_index: loop };
    expect([await mapping(byInterface), await mapping(byInterface)]).toEqual([0, -81]);
    expect(await own.mappings()).toEqual([[0, '10.0.0.1:80', '0.0.0.0:8080', loop, NONE]]);
    expect(await vpp.dump('nat44_ei_interface_addr_dump')).toMatchObject([{ sw_if_index: loop }]);
    expect(await mapping({ ...byInterface, is_add: false })).toBe(0);
    expect([await plugin(true), await plugin(false)]).toEqual([0, 0]);
    expect(await vpp.dump('nat44_ei_interface_addr_dump')).toEqual([]);
  });

  it('enabled: with its configuration, once; disabled again: without it', async () => {
    const { vpp, plugin } = await nat44Ei(false);
    const config = () => vpp.ask('nat44_ei_show_running_config');
    expect([await plugin(true, { sessions: 1000 }), await plugin(true)]).toEqual([0, -170]);
    const timeouts = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };
    const buckets = { user_buckets: 512, translation_buckets: 512 };
    expect(await config()).toMatchObject({ users: 1024, sessions: 1000, user_sessions: 1000, ...buckets, timeouts });
    const own = { udp: 1, tcp_established: 2, tcp_transitory: 3, icmp: 4 };
    expect(await vpp.retval('nat44_ei_set_timeouts', own)).toBe(0);
    expect(await vpp.retval('nat44_ei_forwarding_enable_disable', { enable: true })).toBe(0);
    expect(await config()).toMatchObject({ timeouts: own, forwarding_enabled: true, flags: 0 });
    expect([await plugin(false), await plugin(false)]).toEqual([0, -169]);
    const none = { users: 0, sessions: 0, user_sessions: 0, forwarding_enabled: false };
    expect(await config()).toMatchObject({ ...none, ...buckets, timeouts: own });
    expect(await plugin(true, { flags: 3, users: 50, user_sessions: 7, inside_vrf: 480, outside_vrf: 481 })).toBe(0);
    expect(await config()).toMatchObject({
      ...{ users: 50, sessions: 10240, user_sessions: 7, user_buckets: 16, translation_buckets: 4096 },
      ...{ flags: 3, inside_vrf: 480, outside_vrf: 481 },
    });
  });

  it('static mappings only: no pool, not even when it is disabled again', async () => {
    const { plugin, addresses, mapping, mappings } = await nat44Ei(false);
    expect([await plugin(true, { flags: 1, inside_vrf: 482 }), await addresses('192.0.2.1', '192.0.2.2')]).toEqual([
      0, -30,
    ]);
    expect([await mapping(), await mappings()]).toEqual([0, [[0, '10.0.0.1:80', '192.0.2.10:8080', NONE, 482]]]);
    expect([await plugin(false), await addresses('192.0.2.1', '192.0.2.2')]).toEqual([0, -30]);
    expect([await plugin(true), await plugin(false)]).toEqual([0, 0]);
  });
});

it('addresses: by range, until one is there; held by static mappings', async () => {
  const { addresses, pool, mapping, identity, hasTable } = await nat44Ei();
  expect([await addresses('192.0.2.10', '192.0.2.12'), await addresses('192.0.2.12', '192.0.2.13')]).toEqual([0, -81]);
  expect(await addresses('192.0.2.13', '192.0.2.13', { vrf_id: 470 })).toBe(0);
  const [ten, eleven, twelve] = [10, 11, 12].map((last) => [`192.0.2.${last}`, NONE]);
  expect([await pool(), await hasTable(470)]).toEqual([[ten, eleven, twelve, ['192.0.2.13', 470]], true]);
  const remove = (address: string) => addresses(address, address, { is_add: false });
  expect([await mapping(), await remove('192.0.2.10')]).toEqual([0, -1]);
  expect([await identity({ ip_address: '192.0.2.11' }), await remove('192.0.2.11')]).toEqual([0, 0]);
  expect([await remove('192.0.2.13'), await remove('192.0.2.13'), await hasTable(470)]).toEqual([0, -6, false]);
  expect(await pool()).toEqual([ten, twelve]);
});

describe('features', () => {
  it('inside and outside; VPP counts the inside ones', async () => {
    const { feature, features, output } = await nat44Ei();
    expect([await feature({ is_add: false }), await feature(), await feature()]).toEqual([-6, 0, 0]);
    expect([await feature({ flags: OUTSIDE }), await output(), await output({ is_add: false })]).toEqual([0, -81, -6]);
    expect((await features()).map(([, flags]) => flags)).toEqual([INSIDE | OUTSIDE]);
    expect([await feature({ is_add: false }), await feature({ is_add: false })]).toEqual([0, 1]);
    expect((await features()).map(([, flags]) => flags)).toEqual([OUTSIDE]);
    expect([await feature({ is_add: false, flags: OUTSIDE }), await features()]).toEqual([0, []]);
  });

  it('output: by one request or the other; the older one has a dump of its own', async () => {
    const { vpp, loop, feature, output, outputFeature, outputs, outputFeatures } = await nat44Ei();
    expect([await output(), await output(), await feature(), await outputs()]).toEqual([0, -81, -81, [loop]]);
    expect([await outputFeature(), await outputFeatures()]).toEqual([-81, [[loop, 0]]]);
    expect([await output({ is_add: false }), await outputs(), await outputFeatures()]).toEqual([0, [], [[loop, 0]]]);
    expect([await outputFeature({ is_add: false }), await outputFeatures()]).toEqual([-6, []]);
    expect([await outputFeature({ flags: INSIDE }), await outputFeature({ flags: INSIDE })]).toEqual([0, 1]);
    expect([await outputFeature({ flags: INSIDE, is_add: false }), await outputs()]).toEqual([0, []]);
    expect(await outputFeature({ flags: INSIDE, is_add: false })).toBe(1);
    await output();
    await vpp.ask('delete_loopback', { sw_if_index: loop });
    expect(await outputs()).toEqual([]);
  });

  it('without the way out: no outside', async () => {
    const { plugin, feature } = await nat44Ei(false);
    expect(await plugin(true, { flags: 4 })).toBe(0);
    expect([await feature({ flags: OUTSIDE }), await feature({ flags: OUTSIDE, is_add: false })]).toEqual([-126, -126]);
  });
});

describe('static mappings', () => {
  it('refused where a side is taken, or not in the pool', async () => {
    const { addresses, mapping, mappings, hasTable } = await nat44Ei();
    expect(await mapping()).toBe(-6);
    await addresses('192.0.2.10', '192.0.2.10');
    expect([await mapping(), await mapping(), await mapping({ external_port: 1 })]).toEqual([0, -81, -81]);
    expect([await mapping({ local_port: 1 }), await mapping({ external_port: 1, local_port: 1, vrf_id: 471 })]).toEqual(
      [...[-81, 0]],
    );
    const allPorts = { external_ip_address: '192.0.2.99', local_ip_address: '10.0.0.3', flags: ADDR_ONLY };
    expect([await mapping(allPorts), await mapping({ protocol: 50, local_port: 7, external_port: 7 })]).toEqual([0, 0]);
    expect(await mappings()).toEqual([
      [0, '10.0.0.1:80', '192.0.2.10:8080', NONE, 0],
      [0, '10.0.0.1:1', '192.0.2.10:1', NONE, 471],
      [ADDR_ONLY, '10.0.0.3:0', '192.0.2.99:0', NONE, 0],
      [0, '10.0.0.1:7', '192.0.2.10:7', NONE, 0],
    ]);
    expect([await hasTable(471), await mapping({ is_add: false, external_port: 1, local_port: 5 })]).toEqual([true, 0]);
    expect([await hasTable(471), await mapping({ is_add: false }), await mapping({ is_add: false })]).toEqual([
      ...[false, 0, -6],
    ]);
  });

  it('identity mappings: one address in several tables', async () => {
    const { addresses, identity, identities, mapping } = await nat44Ei();
    await addresses('192.0.2.10', '192.0.2.10');
    expect([await identity({ vrf_id: 0 }), await identity({ vrf_id: 0 }), await identity({ vrf_id: 472 })]).toEqual([
      ...[0, -81, 0],
    ]);
    expect([
      await identity({ ip_address: '192.0.2.77', flags: ADDR_ONLY }),
      await identity({ ip_address: '192.0.2.78' }),
    ]).toEqual([0, -6]);
    await mapping();
    expect(await identity({ port: 8080, protocol: 6 })).toBe(-81);
    const [zero, other] = [0, 472].map((vrf) => [0, '192.0.2.10:53', 17, NONE, vrf]);
    const allPorts = [ADDR_ONLY, '192.0.2.77:0', 255, NONE, 0];
    expect(await identities()).toEqual([zero, other, allPorts]);
    const remove = (vrf_id: number) => identity({ is_add: false, vrf_id });
    expect([await remove(9), await remove(NONE), await remove(472), await remove(472)]).toEqual([-6, 0, 0, -6]);
    expect(await identities()).toEqual([allPorts]);
  });

  it('by interface: follow its addresses once they are in the pool', async () => {
    const { loop, mapping, mappings, identity, identities, address, addressOf, pool } = await nat44Ei();
    const byInterface = { external_sw_if_index: loop };
    const waiting = [0, '10.0.0.1:80', '0.0.0.0:8080', loop, NONE];
    expect([await mapping(byInterface), await mapping(byInterface), await address('198.51.100.1/24')]).toEqual([
      0, -81, 0,
    ]);
    expect([await mappings(), await pool()]).toEqual([[waiting], []]);
    expect([await addressOf(), await addressOf(), await pool()]).toEqual([0, -81, [['198.51.100.1', NONE]]]);
    expect(await mappings()).toEqual([waiting]);
    expect([await address('198.51.100.1/24', false), await pool()]).toEqual([0, []]);
    expect([await address('203.0.113.1/24'), await address('203.0.114.1/24')]).toEqual([0, 0]);
    expect(await pool()).toEqual([
      ['203.0.113.1', NONE],
      ['203.0.114.1', NONE],
    ]);
    expect(await mappings()).toEqual([[0, '10.0.0.1:80', '203.0.113.1:8080', NONE, 0], waiting]);
    expect([await address('203.0.113.1/24', false), await mappings()]).toEqual([0, [waiting]]);
    expect([
      await mapping({ ...byInterface, is_add: false }),
      await mapping({ ...byInterface, is_add: false }),
    ]).toEqual([...[0, -6]]);
    expect([await addressOf({ is_add: false }), await addressOf({ is_add: false }), await pool()]).toEqual([0, -6, []]);
    expect(await mapping({ ...byInterface, flags: ADDR_ONLY })).toBe(0);
    const allPorts = [ADDR_ONLY, '10.0.0.1:0', '0.0.0.0:0', loop, NONE];
    expect(await mappings()).toEqual([[ADDR_ONLY, '10.0.0.1:0', '203.0.114.1:0', NONE, 0], allPorts]);
    expect([await addressOf(), await identity({ sw_if_index: loop })]).toEqual([0, 0]);
    const own = [0, '0.0.0.0:53', 17, loop, NONE];
    expect(await identities()).toEqual([[0, '203.0.114.1:53', 17, NONE, 0], own]);
    expect([await address('203.0.114.1/24', false), await mappings(), await identities()]).toEqual([
      0,
      [allPorts],
      [own],
    ]);
  });
});
