/** Options of NAT44-EI: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { nat44Ei } from '../support/nat44-ei.js';

it('MSS: set while it is disabled, forgotten when it is enabled', async () => {
  const { vpp, plugin } = await nat44Ei(false);
  const mss = (mss_value: number, enable = true) => vpp.retval('nat44_ei_set_mss_clamping', { mss_value, enable });
  const clamping = () => vpp.ask('nat44_ei_get_mss_clamping');
  expect([await mss(1400), await clamping()]).toMatchObject([0, { mss_value: 1400, enable: true }]);
  expect([await mss(1300, false), await clamping()]).toMatchObject([0, { mss_value: 0, enable: false }]);
  expect([await mss(1400), await plugin(true), await clamping()]).toMatchObject([0, 0, { mss_value: 0 }]);
});

it('choice of ports: a range must not be empty; what the others had stays', async () => {
  const { vpp, plugin } = await nat44Ei(false);
  const choose = (fields: Record<string, number>) => vpp.retval('nat44_ei_set_addr_and_port_alloc_alg', fields);
  const chosen = () => vpp.ask('nat44_ei_get_addr_and_port_alloc_alg');
  const mapE = { psid: 3, psid_offset: 6, psid_length: 8 };
  expect([await choose({ alg: 1, ...mapE }), await chosen()]).toMatchObject([0, { alg: 1, ...mapE }]);
  expect(await choose({ alg: 2, start_port: 10, end_port: 10 })).toBe(-7);
  const range = { start_port: 10, end_port: 20 };
  expect([await choose({ alg: 2, ...range }), await chosen()]).toMatchObject([0, { alg: 2, ...mapE, ...range }]);
  expect([await choose({ alg: 3 }), await choose({ alg: 0 }), await chosen()]).toMatchObject([
    -7,
    0,
    { alg: 0, ...range },
  ]);
  await choose({ alg: 1, ...mapE });
  expect([await plugin(true), await chosen()]).toMatchObject([0, { alg: 0, ...mapE }]);
});

it('workers and queues: only while it is disabled', async () => {
  const { vpp, plugin } = await nat44Ei(false);
  expect(await vpp.retval('nat44_ei_set_workers', { worker_mask: 1n })).toBe(-30);
  expect(await vpp.dump('nat44_ei_worker_dump')).toEqual([]);
  const queue = (frame_queue_nelts: number) => vpp.retval('nat44_ei_set_fq_options', { frame_queue_nelts });
  expect([await queue(65), await plugin(true), await queue(32)]).toEqual([0, 0, -170]);
  expect(await vpp.ask('nat44_ei_show_fq_options')).toMatchObject({ frame_queue_nelts: 65 });
});

it('the other NAT: its addresses are kept', async () => {
  const { vpp } = await nat44Ei();
  const listener = { ip_address: '10.1.1.1', port: 1234, path_mtu: 1500 };
  expect(await vpp.retval('nat44_ei_ha_set_listener', listener)).toBe(0);
  expect(await vpp.ask('nat44_ei_ha_get_listener')).toMatchObject(listener);
  const failover = { ip_address: '10.1.1.2', port: 1235, session_refresh_interval: 10 };
  expect(await vpp.retval('nat44_ei_ha_set_failover', failover)).toBe(0);
  expect(await vpp.ask('nat44_ei_ha_get_failover')).toMatchObject(failover);
  expect([await vpp.retval('nat44_ei_ha_flush'), await vpp.retval('nat44_ei_ha_resync')]).toEqual([0, 0]);
  for (const name of ['listener', 'failover']) expect(await vpp.retval(`nat44_ei_ha_set_${name}`, { port: 0 })).toBe(0);
});

it('logging to IPFIX: that of NAT44-ED', async () => {
  const { vpp } = await nat44Ei(false);
  const log = (enable: boolean) => vpp.retval('nat44_ei_ipfix_enable_disable', { domain_id: 1, src_port: 2, enable });
  const shown = async () => [
    (await vpp.ask('nat44_ei_show_running_config')).ipfix_logging_enabled,
    (await vpp.ask('nat44_show_running_config')).ipfix_logging_enabled,
  ];
  expect([await log(true), await shown(), await log(false), await shown()]).toEqual([
    0,
    [false, false],
    0,
    [true, true],
  ]);
  expect([await vpp.retval('nat44_ei_set_log_level', { log_level: 4 })]).toEqual([0]);
});

it('sessions and users: none without packets', async () => {
  const { vpp, plugin } = await nat44Ei(false);
  const session = () => vpp.retval('nat44_ei_del_session', { address: '10.0.0.1', port: 1, protocol: 6 });
  expect([await session(), await plugin(true), await session()]).toEqual([-169, 0, -6]);
  expect(await vpp.retval('nat44_ei_del_user', { ip_address: '10.0.0.1' })).toBe(1);
  expect(await vpp.dump('nat44_ei_user_dump')).toEqual([]);
  for (const name of ['nat44_ei_user_session_dump', 'nat44_ei_user_session_v2_dump']) {
    expect(await vpp.dump(name, { ip_address: '10.0.0.1' })).toEqual([]);
  }
});
