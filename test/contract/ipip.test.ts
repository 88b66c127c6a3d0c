/** IPIP tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const TUNNEL: Fields = { instance: ALL, src: '192.0.2.1', dst: '192.0.2.2', table_id: 0, flags: 0, mode: 0, dscp: 0 };

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}) =>
    vpp.ask('ipip_add_tunnel', { tunnel: { ...TUNNEL, sw_if_index: ALL, ...fields } });
  const remove = (swIfIndex: number) => vpp.retval('ipip_del_tunnel', { sw_if_index: swIfIndex });
  /** Adds a tunnel that goes after the test; gives its sw_if_index. */
  const add = async (fields: Fields = {}) => {
    const { retval, sw_if_index } = await ask(fields);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await remove(Number(sw_if_index))));
    return Number(sw_if_index);
  };
  const dump = (swIfIndex: number) => vpp.dump('ipip_tunnel_dump', { sw_if_index: swIfIndex });
  return { vpp, ask, add, remove, dump };
}

it.each([
  ['IPv4', { instance: 70, flags: 3, dscp: 46 }, 65516],
  ['IPv6', { instance: 70, src: '2001:db8::1', dst: '2001:db8::2' }, 65496],
  ['many peers', { instance: 70, dst: '0.0.0.0', mode: 1 }, 65516],
])('%s: an interface without a MAC address, as it was asked for', async (_, fields, linkMtu) => {
  const { vpp, add, dump } = await begin();
  const swIfIndex = await add(fields);
  const details = { interface_name: 'ipip70', interface_dev_type: 'IPIP tunnel device', flags: 0 };
  expect(await vpp.details(swIfIndex)).toMatchObject({ ...details, link_mtu: linkMtu, mtu: [9000, 0, 0, 0] });
  expect(await dump(swIfIndex)).toMatchObject([{ tunnel: { ...TUNNEL, ...fields, sw_if_index: swIfIndex } }]);
  expect(await dump(0)).toEqual([]);
  expect(await vpp.retval('sw_interface_set_flags', { sw_if_index: swIfIndex, flags: 1 })).toBe(0);
  expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 3, link_mtu: linkMtu });
  expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: swIfIndex, mtu: 1500 })).toBe(-30);
});

describe('refusals', () => {
  it.each<[string, Fields, number]>([
    ['an instance in use', { dst: '192.0.2.3', instance: 70 }, -147],
    ['the same address twice', { dst: '192.0.2.1' }, -82],
    ['two families', { dst: '2001:db8::1' }, -153],
    ['an unknown table', { table_id: 99 }, -3],
    ['an unknown mode', { mode: 7 }, -8],
    ['many peers at one address', { mode: 1 }, -58],
  ])('%s', async (_, fields, retval) => {
    const { ask, add } = await begin();
    await add({ instance: 70 });
    expect(await ask(fields)).toMatchObject({ retval, sw_if_index: ALL });
  });

  it('a tunnel that exists: its interface is named', async () => {
    const { ask, add } = await begin();
    const swIfIndex = await add();
    expect(await ask()).toMatchObject({ retval: -79, sw_if_index: swIfIndex });
  });

  it('ipip_del_tunnel of what is none', async () => {
    const { vpp, add, remove, dump } = await begin();
    const swIfIndex = await add();
    expect(await remove(swIfIndex)).toBe(0);
    expect(await remove(swIfIndex)).toBe(-6);
    expect(await remove(0)).toBe(-6);
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
  });
});
