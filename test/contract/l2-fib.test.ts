/** MAC addresses of bridge domains: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

/** No domain, and no interface, has it. */
const UNKNOWN = 7777;
const ALL = 0xffffffff;
const [BRIDGE, OTHER] = [4801, 4802];
const mac = (last: number) => `02:00:00:00:00:0${last}`;

/** Two domains with an interface each, and a third interface; all goes after the test. */
async function begin() {
  const vpp = await Contract.begin();
  const domain = (bd_id: number, is_add = true) =>
    vpp.retval('bridge_domain_add_del', { bd_id, is_add, flood: true, uu_flood: true, forward: true, learn: true });
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('l2_fib_clear_table');
    for (const bd_id of [BRIDGE, OTHER]) await client.ask('bridge_domain_add_del', { bd_id, is_add: false });
  });
  const [one, two, three] = [await vpp.loopback(), await vpp.loopback(), await vpp.loopback()];
  const bridge = (rx_sw_if_index: number, bd_id: number, fields: Fields = {}) =>
    vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id, enable: true, ...fields });
  for (const id of [BRIDGE, OTHER]) await domain(id);
  await bridge(one, BRIDGE);
  await bridge(two, OTHER);
  return {
    ...{ vpp, one, two, three, domain, bridge },
    entry: (last: number, fields: Fields = {}) =>
      vpp.retval('l2fib_add_del', { mac: mac(last), bd_id: BRIDGE, sw_if_index: one, is_add: true, ...fields }),
    /** Entries by address: domain, interface, static, filter, BVI. VPP has them in the order of a hash. */
    table: async (bd_id = ALL) =>
      (await vpp.dump('l2_fib_table_dump', { bd_id }))
        .map((each) => [
          ...[each.mac, each.bd_id, each.sw_if_index],
          ...[each.static_mac, each.filter_mac, each.bvi_mac].map(Number),
        ])
        .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
  };
}

describe('l2fib_add_del', () => {
  it('refuses an unknown domain, and an interface that is not bridged; any domain will do', async () => {
    const { two, three, entry, table } = await begin();
    expect([await entry(1, { bd_id: UNKNOWN }), await entry(1, { sw_if_index: UNKNOWN })]).toEqual([-6, -2]);
    expect([await entry(1, { sw_if_index: three }), await entry(1, { sw_if_index: two })]).toEqual([-2, 0]);
    expect(await table(BRIDGE)).toEqual([[mac(1), BRIDGE, two, 0, 0, 0]]);
  });

  it('static, filter and BVI; the last one counts; a filter has no interface', async () => {
    const { one, two, entry, table } = await begin();
    expect([await entry(1), await entry(2, { static_mac: true }), await entry(3, { bvi_mac: true })]).toEqual([
      0, 0, 0,
    ]);
    const filter = { filter_mac: true, bvi_mac: true, sw_if_index: UNKNOWN };
    expect([await entry(4, filter), await entry(2)]).toEqual([0, 0]);
    expect(await entry(1, { bd_id: OTHER, sw_if_index: two })).toBe(0);
    const own = [
      [mac(1), BRIDGE, one, 0, 0, 0],
      [mac(2), BRIDGE, one, 0, 0, 0],
      [mac(3), BRIDGE, one, 0, 0, 1],
      [mac(4), BRIDGE, ALL, 1, 1, 0],
    ];
    expect(await table(BRIDGE)).toEqual(own);
    expect(await table(OTHER)).toEqual([[mac(1), OTHER, two, 0, 0, 0]]);
    expect(await table()).toHaveLength(5);
    expect([await table(UNKNOWN), await table(0)]).toEqual([[], []]);
  });

  it('deletes that of the same interface; 0 is any', async () => {
    const { two, entry, table } = await begin();
    await entry(1);
    await entry(2, { filter_mac: true });
    const remove = (last: number, fields: Fields = {}) => entry(last, { is_add: false, ...fields });
    expect([await remove(3), await remove(1, { sw_if_index: two }), await remove(1)]).toEqual([-6, -6, 0]);
    expect([await remove(2), await remove(2, { sw_if_index: 0 }), await remove(2)]).toEqual([-6, 0, -6]);
    expect(await table(BRIDGE)).toEqual([]);
  });

  it('entries outlive their interface and domain, until they are cleared', async () => {
    const { vpp, one, two, three, domain, bridge, entry, table } = await begin();
    await bridge(three, OTHER);
    await entry(1, { bd_id: OTHER, sw_if_index: three });
    await vpp.ask('delete_loopback', { sw_if_index: three });
    await bridge(two, OTHER, { enable: false });
    expect(await table(OTHER)).toEqual([[mac(1), OTHER, three, 0, 0, 0]]);
    expect([await domain(OTHER, false), await table(OTHER)]).toEqual([0, []]);
    expect(await table()).toEqual([[mac(1), ALL, three, 0, 0, 0]]);
    expect([await domain(OTHER), await table(OTHER)]).toEqual([0, [[mac(1), OTHER, three, 0, 0, 0]]]);
    await bridge(one, BRIDGE, { enable: false });
    expect([await vpp.retval('l2_fib_clear_table'), await table()]).toEqual([0, []]);
  });
});

it('a BVI: its address is there, and follows it', async () => {
  const { vpp, three, bridge, table } = await begin();
  expect(await bridge(three, BRIDGE, { port_type: 1 })).toBe(0);
  const { l2_address } = (await vpp.details(three)) as Fields;
  expect(await table(BRIDGE)).toEqual([[l2_address, BRIDGE, three, 1, 0, 1]]);
  await vpp.ask('sw_interface_set_mac_address', { sw_if_index: three, mac_address: mac(7) });
  expect(await table(BRIDGE)).toEqual([[mac(7), BRIDGE, three, 1, 0, 1]]);
  await bridge(three, OTHER, { port_type: 1 });
  expect([await table(BRIDGE), await table(OTHER)]).toEqual([[], [[mac(7), OTHER, three, 1, 0, 1]]]);
  await bridge(three, OTHER, { enable: false });
  expect(await table(OTHER)).toEqual([]);
});

it('flushes leave what is provisioned', async () => {
  const { vpp, one, three, entry, table } = await begin();
  await entry(1);
  expect(await vpp.retval('l2fib_flush_all')).toBe(0);
  const domain = (bd_id: number) => vpp.retval('l2fib_flush_bd', { bd_id });
  expect([await domain(BRIDGE), await domain(0), await domain(UNKNOWN), await domain(ALL)]).toEqual([0, 0, -6, -6]);
  const itf = (sw_if_index: number) => vpp.retval('l2fib_flush_int', { sw_if_index });
  expect([await itf(one), await itf(three), await itf(UNKNOWN)]).toEqual([0, 0, -2]);
  const delay = (scan_delay: number) => vpp.retval('l2fib_set_scan_delay', { scan_delay });
  expect([await delay(0), await delay(10)]).toEqual([-7, 0]);
  expect(await table(BRIDGE)).toEqual([[mac(1), BRIDGE, one, 0, 0, 0]]);
});
