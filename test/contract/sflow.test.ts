/** sFlow: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;

it.each([
  ['sampling_rate', 'sampling_N', 10_000, { 0: 0, 1: 1, 1000: 1000 }],
  ['polling_interval', 'polling_S', 20, { 0: 0, 5: 5, 1000: 1000 }],
  ['header_bytes', 'header_B', 128, { 0: 64, 31: 64, 96: 96, 97: 128, 256: 256, 10000: 256 }],
  ['direction', 'sampling_D', 1, { 0: 0, 2: 2, 3: 3, 9: 9 }],
  ['drop_monitoring', 'drop_M', 0, { 1: 1, 2: 1 }],
])('sflow_%s: its default, and what it is set to', async (setting, field, byDefault, values) => {
  const vpp = await Contract.begin();
  const value = async () => (await vpp.ask(`sflow_${setting}_get`))[field];
  const set = (to: number) => vpp.retval(`sflow_${setting}_set`, { [field]: to });
  expect(await value()).toBe(byDefault);
  for (const [to, becomes] of Object.entries(values)) {
    expect(await set(Number(to))).toBe(0);
    expect(await value(), to).toBe(becomes);
  }
  expect(await set(byDefault)).toBe(0);
});

it('interfaces: hardware alone, each once, and by its index among hardware in the details', async () => {
  const vpp = await Contract.begin();
  const first = await vpp.loopback();
  const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: first, vlan_id: 9 });
  const second = await vpp.loopback();
  const change = (enable_disable: boolean, hw_if_index: number) =>
    vpp.retval('sflow_enable_disable', { enable_disable, hw_if_index });
  const enabled = async (hw_if_index = ALL) =>
    (await vpp.dump('sflow_interface_dump', { hw_if_index })).map((details) => Number(details.hw_if_index));
  for (const at of [UNKNOWN, ALL, Number(sub)]) expect(await change(true, at)).toBe(-2);
  expect([await change(false, first), await change(true, first), await change(true, first)]).toEqual([-81, 0, -81]);
  const [before] = await enabled();
  expect(await change(true, second)).toBe(0);
  expect(await enabled()).toEqual([before, before + 1]);
  expect([await enabled(before), await enabled(UNKNOWN)]).toEqual([[before], []]);
  expect([await change(true, 0), (await enabled()).includes(0)]).toEqual([0, true]);
  for (const at of [first, second, 0]) expect(await change(false, at)).toBe(0);
  expect(await enabled()).toEqual([]);
});

it('an interface that goes stays in the list, and its successor is sampled', async () => {
  const vpp = await Contract.begin();
  const { sw_if_index } = await vpp.ask('create_loopback');
  const change = (enable_disable: boolean, at: unknown = sw_if_index) =>
    vpp.retval('sflow_enable_disable', { enable_disable, hw_if_index: at });
  expect(await change(true)).toBe(0);
  const [{ hw_if_index }] = await vpp.dump('sflow_interface_dump', { hw_if_index: ALL });
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await change(false)).toBe(-2);
  expect(await vpp.dump('sflow_interface_dump', { hw_if_index: ALL })).toMatchObject([{ hw_if_index }]);
  const next = await vpp.loopback();
  expect([await change(true, next), await change(false, next)]).toEqual([-81, 0]);
});
