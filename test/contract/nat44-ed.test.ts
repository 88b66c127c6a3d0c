/** Load balancing, options and sessions of NAT44-ED: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const [TWICE, SELF_TWICE, OUT2IN] = [1, 2, 4];
const EXTERNAL = { external_addr: '192.0.2.1', external_port: 80, protocol: 6 };
const local = (addr: string, probability: number, vrf_id = 0) => ({ addr, port: 8080, probability, vrf_id });
const TWO = [local('10.0.0.1', 2), local('10.0.0.2', 3)];

/** NAT44-ED, disabled again after the test. */
async function nat(isEnabled = true) {
  const vpp = await Contract.begin();
  const plugin = (enable: boolean) => vpp.retval('nat44_ed_plugin_enable_disable', { enable });
  if (isEnabled) expect(await plugin(true)).toBe(0);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('nat44_ed_plugin_enable_disable', { enable: false });
  });
  return {
    vpp,
    plugin,
    pool: () =>
      vpp.retval('nat44_add_del_address_range', {
        ...{ first_ip_address: '192.0.2.1', last_ip_address: '192.0.2.1', vrf_id: NONE, is_add: true },
      }),
    balanced: (fields: Fields = {}) =>
      vpp.retval('nat44_add_del_lb_static_mapping', { is_add: true, ...EXTERNAL, tag: 'lb', locals: TWO, ...fields }),
    backend: (own: Fields, fields: Fields = {}) =>
      vpp.retval('nat44_lb_static_mapping_add_del_local', { is_add: true, ...EXTERNAL, local: own, ...fields }),
    mapping: (fields: Fields = {}) =>
      vpp.retval('nat44_add_del_static_mapping', {
        ...{ is_add: true, local_ip_address: '10.0.0.1', external_ip_address: '192.0.2.1', local_port: 8080 },
        ...{ external_port: 80, protocol: 6, vrf_id: 0, external_sw_if_index: NONE, ...fields },
      }),
    all: async () =>
      (await vpp.dump('nat44_lb_static_mapping_dump')).map((each) => [
        ...[each.external_port, each.flags, each.affinity, each.tag],
        (each.locals as Fields[]).map((own) => `${own.addr}:${own.port} ${own.probability} ${own.vrf_id}`),
      ]),
    hasTable: async (id: number) =>
      (await vpp.dump('ip_table_dump')).some(({ table }) => {
        const { table_id, is_ip6 } = table as Fields;
        return table_id === id && !is_ip6;
      }),
  };
}

describe('nat44_add_del_lb_static_mapping', () => {
  it('disabled: refused', async () => {
    const { balanced, backend, all } = await nat(false);
    expect([await balanced(), await balanced({ is_add: false }), await backend(TWO[0])]).toEqual([-126, -126, -126]);
    expect(await all()).toEqual([]);
  });

  it('needs two local sides, and an address of the pool, unless it only goes in', async () => {
    const { pool, balanced, all } = await nat();
    expect([await balanced(), await balanced({ locals: TWO.slice(1) }), await balanced({ locals: [] })]).toEqual([
      ...[-6, -7, -7],
    ]);
    expect([await balanced({ flags: OUT2IN }), await balanced({ flags: OUT2IN, locals: [] })]).toEqual([0, -81]);
    expect(await pool()).toBe(0);
    expect(await balanced({ external_port: 82, flags: TWICE | SELF_TWICE, affinity: 100 })).toBe(0);
    expect(await balanced({ external_port: 83, flags: SELF_TWICE, locals: [TWO[0], TWO[0]] })).toBe(0);
    const sides = ['10.0.0.1:8080 2 0', '10.0.0.2:8080 3 0'];
    expect(await all()).toEqual([
      [80, OUT2IN, 0, 'lb', sides],
      [82, TWICE, 0, 'lb', sides],
      [83, SELF_TWICE, 0, 'lb', [sides[0], sides[0]]],
    ]);
  });

  it('keeps others out of its sides; a static mapping is none of it', async () => {
    const { vpp, pool, balanced, mapping, all } = await nat();
    await pool();
    expect([await balanced(), await mapping({ local_port: 1 }), await mapping({ external_port: 100 })]).toEqual([
      ...[0, -81, -81],
    ]);
    const identity = { is_add: true, ip_address: '192.0.2.1', port: 80, protocol: 6, vrf_id: 0, sw_if_index: NONE };
    expect(await vpp.retval('nat44_add_del_identity_mapping', identity)).toBe(-81);
    expect(await mapping({ local_ip_address: '10.0.0.9', external_port: 90 })).toBe(0);
    const at90 = { external_port: 90 };
    expect([await balanced(at90), await balanced({ ...at90, is_add: false })]).toEqual([-81, -7]);
    expect(await vpp.dump('nat44_static_mapping_dump')).toHaveLength(1);
    // It says that it has removed it.
    expect([await mapping({ is_add: false, local_port: 1 }), (await all()).length]).toEqual([0, 1]);
    expect([await balanced({ is_add: false, locals: [] }), await balanced({ is_add: false })]).toEqual([0, -6]);
    expect(await mapping()).toBe(0);
  });
});

it('local sides: added and removed one by one, but for the last two', async () => {
  const { pool, balanced, backend, mapping, all, hasTable } = await nat();
  await pool();
  await balanced();
  const third = local('10.0.0.3', 9, 462);
  expect([await backend(third), await backend(third), await hasTable(462)]).toEqual([0, -81, true]);
  const removed = { is_add: false };
  expect([await backend(local('10.0.0.3', 9), removed), await backend(TWO[1], removed)]).toEqual([-6, 0]);
  expect([await backend(TWO[0], removed), await all()]).toEqual([
    -1,
    [[80, 0, 0, 'lb', ['10.0.0.1:8080 2 0', '10.0.0.3:8080 9 462']]],
  ]);
  expect(await mapping({ local_ip_address: '10.0.0.9', external_port: 90 })).toBe(0);
  expect([await backend(third, { external_port: 90 }), await backend(third, { external_port: 91 })]).toEqual([-7, -6]);
  expect([await balanced({ is_add: false }), await hasTable(462)]).toEqual([0, false]);
});

it('options: whether it is enabled or not', async () => {
  const { vpp, plugin } = await nat(false);
  const mss = (mss_value: number, enable = true) => vpp.retval('nat_set_mss_clamping', { mss_value, enable });
  const clamping = () => vpp.ask('nat_get_mss_clamping');
  expect([await mss(1400), await clamping()]).toMatchObject([0, { mss_value: 1400, enable: true }]);
  expect([await mss(0), await clamping()]).toMatchObject([0, { mss_value: 0, enable: false }]);
  expect([await mss(1300, false), await clamping()]).toMatchObject([0, { mss_value: 0, enable: false }]);
  const limit = (vrf_id: number) => vpp.retval('nat44_set_session_limit', { session_limit: 5, vrf_id });
  expect([await limit(0), await limit(5555)]).toEqual([0, -1]);
  expect(await vpp.retval('nat_set_workers', { worker_mask: 1n })).toBe(-30);
  expect(await vpp.dump('nat_worker_dump')).toEqual([]);
  const queue = (frame_queue_nelts: number) => vpp.retval('nat44_ed_set_fq_options', { frame_queue_nelts });
  expect([await queue(65), await plugin(true), await queue(32)]).toEqual([0, 0, -170]);
  expect(await vpp.ask('nat44_ed_show_fq_options')).toMatchObject({ frame_queue_nelts: 65 });
});

it('logging to IPFIX: shown the wrong way round', async () => {
  const { vpp } = await nat(false);
  const log = (enable: boolean) => vpp.retval('nat_ipfix_enable_disable', { domain_id: 1, src_port: 2, enable });
  const shown = async () => (await vpp.ask('nat44_show_running_config')).ipfix_logging_enabled;
  expect([await shown(), await log(true), await log(true), await shown()]).toEqual([true, 0, 0, false]);
  expect([await log(false), await log(false), await shown()]).toEqual([0, 0, true]);
});

it('sessions: none without packets', async () => {
  const { vpp, plugin } = await nat(false);
  const remove = () => vpp.retval('nat44_del_session', { address: '10.0.0.1', port: 1, protocol: 6, vrf_id: 5555 });
  expect([await remove(), await plugin(true), await remove()]).toEqual([-126, 0, -6]);
  expect(await vpp.dump('nat44_user_dump')).toEqual([]);
  for (const name of ['nat44_user_session_dump', 'nat44_user_session_v2_dump', 'nat44_user_session_v3_dump']) {
    expect(await vpp.dump(name, { ip_address: '10.0.0.1' })).toEqual([]);
  }
});
