/** NAT44-ED: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const [TWICE, OUT2IN, ADDR_ONLY, OUTSIDE, INSIDE] = [1, 4, 8, 16, 32];
const CONFIG = { inside_vrf: 0, outside_vrf: 0, flags: 1, forwarding_enabled: false, ipfix_logging_enabled: true };

/** NAT44-ED, and a loopback; disabled again after the test. */
async function nat(isEnabled = true) {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const plugin = (enable: boolean, fields: Fields = {}) =>
    vpp.retval('nat44_ed_plugin_enable_disable', { enable, ...fields });
  if (isEnabled) expect(await plugin(true)).toBe(0);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('nat44_ed_plugin_enable_disable', { enable: false });
  });
  return {
    vpp,
    loop,
    plugin,
    config: () => vpp.ask('nat44_show_running_config'),
    addresses: (first: string, last: string, fields: Fields = {}) =>
      vpp.retval('nat44_add_del_address_range', {
        ...{ first_ip_address: first, last_ip_address: last, vrf_id: NONE, is_add: true },
        ...fields,
      }),
    feature: (fields: Fields = {}) =>
      vpp.retval('nat44_interface_add_del_feature', { is_add: true, sw_if_index: loop, flags: INSIDE, ...fields }),
    output: (fields: Fields = {}) =>
      vpp.retval('nat44_ed_add_del_output_interface', { is_add: true, sw_if_index: loop, ...fields }),
    addressOf: (fields: Fields = {}) =>
      vpp.retval('nat44_add_del_interface_addr', { is_add: true, sw_if_index: loop, ...fields }),
    mapping: (fields: Fields = {}, name = 'nat44_add_del_static_mapping_v2') =>
      vpp.retval(name, {
        ...{ is_add: true, local_ip_address: '10.0.0.1', external_ip_address: '192.0.2.10' },
        ...{ local_port: 80, external_port: 8080, protocol: 6, vrf_id: NONE, external_sw_if_index: NONE, tag: 'web' },
        ...fields,
      }),
    identity: (fields: Fields = {}) =>
      vpp.retval('nat44_add_del_identity_mapping', {
        ...{ is_add: true, ip_address: '10.0.0.9', port: 53, protocol: 17, vrf_id: NONE, sw_if_index: NONE },
        ...{ tag: 'dns', ...fields },
      }),
    address: (prefix: string, is_add = true) =>
      vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix }),
    pool: async () => (await vpp.dump('nat44_address_dump')).map((each) => [each.ip_address, each.flags, each.vrf_id]),
    mappings: async () =>
      (await vpp.dump('nat44_static_mapping_dump')).map((each) => [
        ...[each.flags, `${each.local_ip_address}:${each.local_port}`],
        ...[`${each.external_ip_address}:${each.external_port}`, each.external_sw_if_index, each.vrf_id],
      ]),
    identities: async () =>
      (await vpp.dump('nat44_identity_mapping_dump')).map((each) => [
        ...[each.flags, `${each.ip_address}:${each.port}`, each.sw_if_index, each.vrf_id],
      ]),
    hasTable: async (id: number) =>
      (await vpp.dump('ip_table_dump')).some(({ table }) => {
        const { table_id, is_ip6 } = table as Fields;
        return table_id === id && !is_ip6;
      }),
  };
}

it('disabled: refuses all but forwarding and timeouts, and adding an empty range', async () => {
  const { vpp, loop, ...own } = await nat(false);
  const { plugin, addresses, mapping, identity, feature, output, addressOf, config } = own;
  expect([await plugin(false), await addresses('192.0.2.1', '192.0.2.2')]).toEqual([-169, -126]);
  expect(await addresses('192.0.2.1', '192.0.2.2', { is_add: false })).toBe(-6);
  expect(await addresses('192.0.2.2', '192.0.2.1')).toBe(0);
  expect([await mapping(), await mapping({ is_add: false }), await identity()]).toEqual([-126, -126, -126]);
  expect([await feature(), await output(), await addressOf()]).toEqual([-126, -126, -126]);
  expect([await feature({ sw_if_index: 999 }), await output({ sw_if_index: 999 })]).toEqual([-2, -2]);
  expect(await vpp.retval('nat44_ed_output_interface_get')).toBe(0);
  expect(await vpp.retval('nat44_forwarding_enable_disable', { enable: true })).toBe(0);
  const timeouts = { udp: 1, tcp_established: 2, tcp_transitory: 3, icmp: 4 };
  expect(await vpp.retval('nat_set_timeouts', timeouts)).toBe(0);
  expect(await config()).toMatchObject({ ...CONFIG, sessions: 0, forwarding_enabled: true, timeouts });
  expect(await vpp.retval('nat44_forwarding_enable_disable', { enable: false })).toBe(0);
});

it('enabled: with its configuration, once; disabled again: without it', async () => {
  const { vpp, plugin, config } = await nat(false);
  expect([await plugin(true, { flags: 2 }), await plugin(true, { flags: 4 })]).toEqual([-126, -126]);
  expect([await plugin(true, { sessions: 1000 }), await plugin(true)]).toEqual([0, -170]);
  const timeouts = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };
  expect(await config()).toMatchObject({ ...CONFIG, sessions: 1000, translation_buckets: 512, timeouts });
  await vpp.ask('nat44_forwarding_enable_disable', { enable: true });
  expect(await config()).toMatchObject({ forwarding_enabled: true });
  expect([await plugin(false), await plugin(false)]).toEqual([0, -169]);
  expect(await config()).toMatchObject({ ...CONFIG, sessions: 0, translation_buckets: 512 });
  expect(await plugin(true)).toBe(0);
  expect(await config()).toMatchObject({ sessions: 64512, translation_buckets: 32768 });
});

it('addresses: by range, until one is there; the last takes the place of one that goes', async () => {
  const { addresses, pool, hasTable } = await nat();
  expect(await addresses('192.0.2.1', '192.0.2.3')).toBe(0);
  expect(await addresses('192.0.2.3', '192.0.2.4')).toBe(-81);
  expect(await addresses('192.0.2.0', '192.0.2.1', { vrf_id: 420 })).toBe(-81);
  expect(await addresses('192.0.2.1', '192.0.2.1', { flags: TWICE })).toBe(0);
  const [two, three] = ['192.0.2.2', '192.0.2.3'].map((address) => [address, 0, NONE]);
  const first = ['192.0.2.1', 0, NONE];
  const twice = ['192.0.2.1', TWICE, NONE];
  expect(await pool()).toEqual([first, two, three, ['192.0.2.0', 0, 420], twice]);
  expect(await hasTable(420)).toBe(true);
  const remove = (address: string) => addresses(address, address, { is_add: false });
  expect([await remove('192.0.2.1'), await remove('192.0.2.1'), await remove('192.0.2.0')]).toEqual([0, -6, 0]);
  expect([await pool(), await hasTable(420)]).toEqual([[three, two, twice], false]);
});

it('features: inside and outside, or output, until the interface goes', async () => {
  const { vpp, loop, feature, output } = await nat();
  const features = async () => (await vpp.dump('nat44_interface_dump')).map((each) => [each.sw_if_index, each.flags]);
  const outputs = async () => {
    const [details] = await vpp.dump('nat44_ed_output_interface_get');
    return details.sw_if_index;
  };
  expect([await feature({ is_add: false }), await feature({ sw_if_index: 999 })]).toEqual([-6, -2]);
  expect([await feature(), await feature(), await feature({ flags: 0 }), await output()]).toEqual([0, 0, 0, -81]);
  expect(await features()).toEqual([[loop, INSIDE | OUTSIDE]]);
  // The second one has only the outside left, and yet it succeeds.
  expect([await feature({ is_add: false }), await feature({ is_add: false })]).toEqual([0, 0]);
  expect([await features(), await outputs()]).toEqual([[], undefined]);
  expect([await output({ is_add: false }), await output(), await output()]).toEqual([-6, 0, -81]);
  expect([await feature(), await feature({ is_add: false }), await outputs()]).toEqual([-81, -6, loop]);
  expect([await output({ is_add: false }), await feature()]).toEqual([0, 0]);
  await vpp.ask('delete_loopback', { sw_if_index: loop });
  expect(await features()).toEqual([]);
});

it('static mappings: refused where a side is taken; found by the external side', async () => {
  const { mapping, mappings, hasTable, plugin } = await nat();
  expect([await mapping(), await mapping(), await mapping({ external_port: 1 })]).toEqual([0, -81, -81]);
  expect(await mapping({ local_port: 1 })).toBe(-81);
  expect(await mapping({ external_port: 8082, flags: OUT2IN })).toBe(0);
  expect(await mapping({ external_port: 8083, local_port: 83, vrf_id: 430 })).toBe(0);
  expect(await mapping({ external_ip_address: '192.0.2.11', local_ip_address: '10.0.0.2', flags: ADDR_ONLY })).toBe(0);
  expect(await mapping({ flags: ADDR_ONLY | TWICE, external_port: 1, local_port: 1 })).toBe(-126);
  expect(await mapping({ external_port: 87, local_port: 87 }, 'nat44_add_del_static_mapping')).toBe(0);
  expect(await mappings()).toEqual([
    [0, '10.0.0.1:80', '192.0.2.10:8080', NONE, 0],
    [OUT2IN, '10.0.0.1:80', '192.0.2.10:8082', NONE, 0],
    [0, '10.0.0.1:83', '192.0.2.10:8083', NONE, 430],
    [ADDR_ONLY, '10.0.0.2:0', '192.0.2.11:0', NONE, 0],
    [0, '10.0.0.1:87', '192.0.2.10:87', NONE, 0],
  ]);
  expect([await mapping({ is_add: false }), await mapping({ is_add: false })]).toEqual([0, -6]);
  expect(await hasTable(430)).toBe(true);
  expect(await mapping({ is_add: false, external_port: 8083, local_port: 1, vrf_id: 5 })).toBe(0);
  expect(await hasTable(430)).toBe(false);
  expect(await mapping({ external_port: 9, local_port: 9 })).toBe(0);
  expect((await mappings()).map(([, local]) => local)).toEqual([
    ...['10.0.0.1:80', '10.0.0.1:9', '10.0.0.2:0', '10.0.0.1:87'],
  ]);
  expect([await plugin(false), await mappings()]).toEqual([0, []]);
});

it('mappings and addresses by interface: follow its first IPv4 address', async () => {
  const { vpp, loop, mapping, mappings, address, addressOf, pool } = await nat();
  const byInterface = { external_sw_if_index: loop };
  const waiting = [0, '10.0.0.1:80', '0.0.0.0:8080', loop, NONE];
  expect([await mapping(byInterface), await mapping(byInterface)]).toEqual([0, -81]);
  expect(await mappings()).toEqual([waiting]);
  expect([await addressOf(), await addressOf(), await pool()]).toEqual([0, -81, []]);
  expect(await address('198.51.100.1/24')).toBe(0);
  expect(await mappings()).toEqual([[0, '10.0.0.1:80', '198.51.100.1:8080', NONE, 0], waiting]);
  expect(await pool()).toEqual([['198.51.100.1', 0, NONE]]);
  expect(await vpp.dump('nat44_interface_addr_dump')).toMatchObject([{ sw_if_index: loop, flags: 0 }]);
  expect(await address('198.51.100.1/24', false)).toBe(0);
  expect([await mappings(), await pool()]).toEqual([[waiting], []]);
  expect(await address('203.0.113.1/24')).toBe(0);
  expect(await mapping({ ...byInterface, is_add: false })).toBe(0);
  expect(await mapping({ ...byInterface, is_add: false })).toBe(-6);
  expect([await addressOf({ is_add: false }), await addressOf({ is_add: false })]).toEqual([0, -6]);
  expect([await mappings(), await pool()]).toEqual([[], []]);
});

it('identity mappings: one address in several tables', async () => {
  const { loop, identity, identities, mapping } = await nat();
  expect([await identity({ vrf_id: 0 }), await identity({ vrf_id: 0 }), await identity({ vrf_id: 440 })]).toEqual([
    ...[0, -81, 0],
  ]);
  expect(await identity({ ip_address: '10.0.0.10', flags: ADDR_ONLY })).toBe(0);
  expect(await identity({ sw_if_index: loop, port: 1 })).toBe(0);
  expect(await mapping({ external_ip_address: '10.0.0.9', external_port: 53, protocol: 17, vrf_id: 0 })).toBe(-81);
  const others = [
    [ADDR_ONLY, '10.0.0.10:0', NONE, 0],
    [0, '0.0.0.0:1', loop, NONE],
  ];
  const [zero, other] = [0, 440].map((vrf) => [0, '10.0.0.9:53', NONE, vrf]);
  expect(await identities()).toEqual([zero, other, ...others]);
  const remove = (vrf_id: number) => identity({ is_add: false, vrf_id });
  expect([await remove(NONE), await remove(0)]).toEqual([0, -6]);
  expect(await identities()).toEqual([other, ...others]);
  expect([await remove(440), await remove(440), await identities()]).toEqual([0, -6, others]);
});

it('VRF tables: with routes to others, enabled or not; the dump has their bytes turned round', async () => {
  const { vpp, hasTable } = await nat(false);
  const table = (is_add: boolean) => vpp.retval('nat44_ed_add_del_vrf_table', { is_add, table_vrf_id: 450 });
  const route = (is_add: boolean, vrf_id: number) =>
    vpp.retval('nat44_ed_add_del_vrf_route', { is_add, table_vrf_id: 450, vrf_id });
  expect([await route(true, 60), await table(true), await table(true)]).toEqual([-6, 0, -81]);
  expect([await route(true, 460), await route(true, 460), await route(true, 461)]).toEqual([0, -81, 0]);
  const reversed = [460, 461].map((vrf) => (((vrf & 255) << 24) | ((vrf >> 8) << 16)) >>> 0);
  expect(await vpp.dump('nat44_ed_vrf_tables_dump')).toMatchObject([{ table_vrf_id: 0, vrf_ids: reversed }]);
  expect(await hasTable(461)).toBe(true);
  expect([await route(false, 460), await route(false, 460), await table(false), await table(false)]).toEqual([
    ...[0, -6, 0, -6],
  ]);
  expect([await hasTable(450), await hasTable(461)]).toEqual([false, false]);
});
