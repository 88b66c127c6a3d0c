/** NAT44-ED on the command line: the mock, or the VPP that VPP_API_SOCKET names, shows it as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../../src/mux/internal.js';
import { Contract } from '../../support/contract-client.js';

const NONE = 0xffffffff;
const [TWICE, SELF_TWICE, OUT2IN, ADDR_ONLY, INSIDE] = [1, 2, 4, 8, 32];

/** NAT44-ED, disabled again after the test. */
async function nat() {
  const vpp = await Contract.begin();
  expect(await vpp.retval('nat44_ed_plugin_enable_disable', { enable: true })).toBe(0);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('nat44_ed_plugin_enable_disable', { enable: false });
  });
  const name = async (swIfIndex: number) => (await vpp.details(swIfIndex))?.interface_name;
  return {
    ...{ vpp, name },
    show: async (what: string) => (await vpp.cli(`show ${what}`)).slice('0 '.length).split('\n').slice(0, -1),
    done: async (request: string, fields: Fields) =>
      expect(await vpp.retval(request, { is_add: true, ...fields })).toBe(0),
  };
}

it('addresses', async () => {
  const { show, done } = await nat();
  expect(await show('nat44 addresses')).toEqual(['NAT44 pool addresses:', 'NAT44 twice-nat pool addresses:']);
  const add = (last: number, vrf_id: number, flags: number) => {
    const address = `192.0.2.${last}`;
    return done('nat44_add_del_address_range', { first_ip_address: address, last_ip_address: address, vrf_id, flags });
  };
  await add(1, NONE, 0);
  await add(2, 7, 0);
  await add(3, NONE, TWICE);
  expect(await show('nat44 addresses')).toEqual([
    ...['NAT44 pool addresses:', '192.0.2.1', '  tenant VRF independent', '192.0.2.2', '  tenant VRF: 7'],
    ...['NAT44 twice-nat pool addresses:', '192.0.2.3', '  tenant VRF independent'],
  ]);
});

it('interfaces', async () => {
  const { vpp, name, show, done } = await nat();
  const [one, two, three] = [await vpp.loopback(), await vpp.loopback(), await vpp.loopback()];
  await done('nat44_interface_add_del_feature', { sw_if_index: one, flags: INSIDE });
  for (const flags of [INSIDE, 0]) await done('nat44_interface_add_del_feature', { sw_if_index: two, flags });
  await done('nat44_ed_add_del_output_interface', { sw_if_index: three });
  expect(await show('nat44 interfaces')).toEqual([
    ...['NAT44 interfaces:', ` ${await name(one)} in`, ` ${await name(two)} in out`],
    ` ${await name(three)} output-feature in out`,
  ]);
  await done('nat44_add_del_interface_addr', { sw_if_index: one });
  await done('nat44_add_del_interface_addr', { sw_if_index: two, flags: TWICE });
  expect(await show('nat44 interface address')).toEqual([
    ...['NAT44 pool address interfaces:', ` ${await name(one)}`, ` ${await name(two)} twice-nat`],
  ]);
});

it('mappings', async () => {
  const { vpp, name, show, done } = await nat();
  const loop = await vpp.loopback();
  const add = (port: number, fields: Fields = {}) =>
    done('nat44_add_del_static_mapping', {
      ...{ local_ip_address: '10.0.0.1', external_ip_address: '192.0.2.1', local_port: port, external_port: port },
      ...{ protocol: 6, vrf_id: 0, external_sw_if_index: NONE, ...fields },
    });
  await add(80, { external_port: 8080 });
  await add(81, { protocol: 17, vrf_id: 7 });
  await add(82, { local_ip_address: '10.0.0.2', external_ip_address: '192.0.2.9', flags: ADDR_ONLY });
  await add(83, { flags: TWICE });
  await add(84, { flags: SELF_TWICE | OUT2IN });
  await add(87, { protocol: 50 });
  await add(88, { external_sw_if_index: loop });
  const identity = { ip_address: '10.9.9.9', port: 53, protocol: 17, sw_if_index: NONE };
  for (const vrf_id of [0, 7]) await done('nat44_add_del_identity_mapping', { ...identity, vrf_id });
  const all = { ip_address: '10.9.9.8', flags: ADDR_ONLY, sw_if_index: NONE, vrf_id: 0 };
  await done('nat44_add_del_identity_mapping', all);
  const locals = [1, 2].map((last) => ({ addr: `10.0.0.${last}`, port: last, probability: 5, vrf_id: 0 }));
  const external = { external_addr: '192.0.2.1', external_port: 90, protocol: 17 };
  await done('nat44_add_del_lb_static_mapping', { ...external, flags: OUT2IN, locals });
  expect(await show('nat44 static mappings')).toEqual([
    'NAT44 static mappings:',
    ' TCP local 10.0.0.1:80 external 192.0.2.1:8080 vrf 0  ',
    ' UDP local 10.0.0.1:81 external 192.0.2.1:81 vrf 7  ',
    ' local 10.0.0.2 external 192.0.2.9 vrf 0  ',
    ' TCP local 10.0.0.1:83 external 192.0.2.1:83 vrf 0 twice-nat ',
    ' TCP local 10.0.0.1:84 external 192.0.2.1:84 vrf 0 self-twice-nat out2in-only',
    ' IPSEC_ESP local 10.0.0.1:87 external 192.0.2.1:87 vrf 0  ',
    ' identity mapping UDP 10.9.9.9:53 vrf 0 vrf 7',
    ' identity mapping 10.9.9.8 vrf 0',
    ' UDP external 192.0.2.1:90  out2in-only',
    '  local 10.0.0.1:1 vrf 0 probability 5',
    '  local 10.0.0.2:2 vrf 0 probability 5',
    ` TCP local 10.0.0.1:88 external ${await name(loop)}:88 vrf 0`,
  ]);
});

it('tables and options', async () => {
  const { vpp, show, done } = await nat();
  expect(await show('nat44 vrf tables')).toEqual([]);
  await done('nat44_ed_add_del_vrf_table', { table_vrf_id: 50 });
  for (const vrf_id of [60, 61]) await done('nat44_ed_add_del_vrf_route', { table_vrf_id: 50, vrf_id });
  expect(await show('nat44 vrf tables')).toEqual(['table 50:', '[0] vrf-id 60', '[1] vrf-id 61']);
  expect(await show('nat timeouts')).toEqual([
    ...['udp timeout: 300sec', 'tcp-established timeout: 7440sec', 'tcp-transitory timeout: 240sec'],
    'icmp timeout: 60sec',
  ]);
  expect(await show('nat mss-clamping')).toEqual(['mss-clamping disabled']);
  await vpp.ask('nat_set_mss_clamping', { mss_value: 1400, enable: true });
  expect(await show('nat mss-clamping')).toEqual(['mss-clamping 1400']);
});
