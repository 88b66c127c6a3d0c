/** The TEIB: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ADJACENCY = 15;

async function begin() {
  const vpp = await Contract.begin();
  const one = await vpp.loopback();
  const two = await vpp.loopback();
  const change = (isAdd: boolean, fields: Fields = {}) => {
    const entry = { sw_if_index: one, peer: '10.7.0.1', nh: '192.0.2.2', nh_table_id: 0, ...fields };
    return vpp.retval('teib_entry_add_del', { is_add: isAdd ? 1 : 0, entry });
  };
  /** Adds an entry that goes after the test. */
  const add = async (fields: Fields = {}) => {
    expect(await change(true, fields)).toBe(0);
    onTestFinished(async () => void (await change(false, fields)));
  };
  const dump = async () => (await vpp.dump('teib_dump')).map(({ entry }) => entry as Fields);
  /** The interfaces that the route to a peer goes through; undefined without a route. */
  const route = async (peer: string, table_id = 0) => {
    const is_ip6 = peer.includes(':');
    const found = await vpp.dump('ip_route_v2_dump', { src: ADJACENCY, table: { table_id, is_ip6 } });
    const prefix = `${peer}/${is_ip6 ? 128 : 32}`;
    const [{ paths } = {}] = found.map((each) => each.route as Fields).filter((each) => each.prefix === prefix);
    return (paths as Fields[] | undefined)?.map(({ sw_if_index }) => sw_if_index);
  };
  return { vpp, one, two, change, add, dump, route };
}

it('an entry is read back, of either family inside and outside', async () => {
  const { one, add, dump } = await begin();
  const entries = [
    { peer: '10.7.0.1', nh: '192.0.2.2' },
    { peer: '10.7.0.2', nh: '2001:db8::2' },
    { peer: '2001:db8:7::1', nh: '192.0.2.2' },
    { peer: 'fe80::7', nh: '2001:db8::2' },
  ];
  for (const entry of entries) await add(entry);
  const found = (await dump()).filter(({ sw_if_index }) => sw_if_index === one);
  expect(found).toEqual(entries.map((entry) => ({ sw_if_index: one, nh_table_id: 0, ...entry })));
});

it('a peer has a route to the interface, or to all interfaces that have it', async () => {
  const { one, two, add, change, route } = await begin();
  await add();
  expect(await route('10.7.0.1')).toEqual([one]);
  await add({ sw_if_index: two, nh: '192.0.2.3' });
  expect(await route('10.7.0.1')).toEqual([one, two].sort((a, b) => a - b));
  expect(await change(false)).toBe(0);
  expect(await route('10.7.0.1')).toEqual([two]);
  expect(await change(false, { sw_if_index: two })).toBe(0);
  expect(await route('10.7.0.1')).toBeUndefined();
  await add({ peer: '2001:db8:7::1' });
  expect(await route('2001:db8:7::1')).toEqual([one]);
});

it('refusals; a deletion looks at interface and peer only', async () => {
  const { change, add } = await begin();
  await add();
  expect(await change(true)).toBe(-116);
  expect(await change(true, { nh: '192.0.2.3' })).toBe(-116);
  expect(await change(true, { nh_table_id: 99 })).toBe(-3);
  expect(await change(true, { sw_if_index: 777_777 })).toBe(-2);
  expect(await change(false, { sw_if_index: 777_777 })).toBe(-2);
  expect(await change(false, { peer: '10.7.0.9' })).toBe(-6);
  expect(await change(false, { nh: '192.0.2.9', nh_table_id: 99 })).toBe(0);
  expect(await change(false)).toBe(-6);
});

it('an entry outlives its interface, for the next one with its index', async () => {
  const { vpp, change, dump } = await begin();
  const made = async () => Number((await vpp.ask('create_loopback')).sw_if_index);
  const at = { sw_if_index: await made() };
  expect(await change(true, at)).toBe(0);
  await vpp.ask('delete_loopback', at);
  expect(await dump()).toContainEqual({ ...at, peer: '10.7.0.1', nh: '192.0.2.2', nh_table_id: 0 });
  expect(await vpp.cli('show teib')).toContain(`DELETED (${at.sw_if_index}):10.7.0.1 via [0]:192.0.2.2/32\n`);
  expect(await change(false, at)).toBe(-2);
  expect(await made()).toBe(at.sw_if_index);
  expect(await change(true, at)).toBe(-116);
  expect(await change(false, at)).toBe(0);
  await vpp.ask('delete_loopback', at);
});

it('a table outside can go; the entry keeps its number', async () => {
  const { vpp, one, add, dump } = await begin();
  const table = { table_id: 33_008, is_ip6: false };
  await vpp.ask('ip_table_add_del', { is_add: true, table });
  await add({ nh_table_id: 33_008 });
  await vpp.ask('ip_table_add_del', { is_add: false, table });
  const tables = (await vpp.dump('ip_table_dump')).map((each) => (each.table as Fields).table_id);
  expect(tables).not.toContain(33_008);
  expect(await dump()).toContainEqual({ sw_if_index: one, peer: '10.7.0.1', nh: '192.0.2.2', nh_table_id: 33_008 });
});
