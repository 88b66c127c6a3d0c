/** IP tables and routes. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';
import type { RawClient } from '../../../support/raw-client.js';

interface Route {
  prefix: string;
  src?: number;
  stats_index: number;
  table_id: number;
  n_paths: number;
  paths: (Fields & { nh: { address: { ip4: string; ip6: string } } })[];
}

const API = 8;
const NONE = 0xffffffff;

const hop = (ip4: string, more: Fields = {}): Fields => ({
  sw_if_index: 1,
  weight: 1,
  nh: { address: { ip4 } },
  ...more,
});
const hop6 = (ip6: string): Fields => ({ sw_if_index: 1, proto: 1, nh: { address: { ip6 } } });

async function withLoopback(): Promise<RawClient> {
  return (await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) })).client;
}

function add(
  client: RawClient,
  prefix: string,
  paths: Fields[],
  more: Fields = {},
  route: Fields = {},
): Promise<Fields> {
  return client.ask('ip_route_add_del_v2', { is_add: true, ...more, route: { prefix, paths, ...route } });
}

async function dump(client: RawClient, table: Fields = {}, src = 0): Promise<Route[]> {
  return (await client.dump('ip_route_v2_dump', { src, table })).map(({ route }) => route as unknown as Route);
}

const hops = (route: Route | undefined) => route?.paths.map(({ nh, weight }) => `${nh.address.ip4} ${weight}`);

async function routeTo(client: RawClient, prefix: string, table: Fields = {}): Promise<Route | undefined> {
  return (await dump(client, table)).find((route) => route.prefix === prefix);
}

describe('tables', () => {
  it('a new one: VPP’s own routes, from the default route to the longest', async () => {
    const client = await withLoopback();
    const own = (await dump(client)).map(({ prefix, src, stats_index }) => `${prefix} ${src} ${stats_index}`);
    expect(own).toEqual([
      '0.0.0.0/0 20 1',
      '240.0.0.0/4 1 3',
      '224.0.0.0/4 1 4',
      '0.0.0.0/32 20 2',
      '255.255.255.255/32 20 5',
    ]);
    const six = (await dump(client, { is_ip6: true })).map(({ prefix, src }) => `${prefix} ${src}`);
    expect(six).toEqual(['::/0 20', 'fe80::/10 1']);
  });

  it('added and deleted: listed by family, with their names', async () => {
    const client = await withLoopback();
    await client.ask('ip_table_add_del', { table: { table_id: 6, is_ip6: true, name: 'six' } });
    await client.ask('ip_table_add_del_v2', { table: { table_id: 5 } });
    const names = async () => (await client.dump('ip_table_dump')).map(({ table }) => (table as Fields).name);
    expect(await names()).toEqual(['ipv4-VRF:0', 'ipv4-VRF:5', 'ipv6-VRF:0', 'six']);
    await add(client, '198.51.100.0/24', [hop('10.9.0.2')], {}, { table_id: 5 });
    await client.ask('ip_table_add_del_v2', { is_add: false, table: { table_id: 5 } });
    expect(await names()).toEqual(['ipv4-VRF:0', 'ipv6-VRF:0', 'six']);
    expect(await dump(client, { table_id: 5 })).toEqual([]);
    // Deleted with its routes: a new one has only VPP's.
    await client.ask('ip_table_add_del_v2', { table: { table_id: 5 } });
    expect(await dump(client, { table_id: 5 })).toHaveLength(5);
  });

  it('table 0 and unknown ones: deleting them changes nothing and succeeds', async () => {
    const client = await withLoopback();
    for (const table_id of [0, 44]) {
      expect(await client.ask('ip_table_add_del', { is_add: false, table: { table_id } })).toMatchObject({ retval: 0 });
    }
    expect(await dump(client)).toHaveLength(5);
  });

  it('ip_table_allocate: a pseudo-random id for ~0, else the one asked for', async () => {
    const client = await withLoopback();
    const ask = async (table_id: number) =>
      ((await client.ask('ip_table_allocate', { table: { table_id, name: 'x' } })).table as Fields).table_id;
    expect([await ask(1), await ask(NONE), await ask(7)]).toEqual([1, 1013904223, 7]);
  });

  it('a table in use: stays until its last interface has left it', async () => {
    const client = await withLoopback();
    const table = { table_id: 7 };
    const tables = async () => (await client.dump('ip_table_dump')).map((each) => (each.table as Fields).table_id);
    await client.ask('ip_table_add_del', { is_add: true, table });
    const { sw_if_index } = await client.ask('create_loopback');
    expect(await client.ask('sw_interface_set_table', { sw_if_index, vrf_id: 7 })).toMatchObject({ retval: 0 });
    expect(await client.ask('ip_table_add_del', { is_add: false, table })).toMatchObject({ retval: 0 });
    expect(await tables()).toContain(7);
    await client.ask('sw_interface_set_table', { sw_if_index, vrf_id: 0 });
    expect(await tables()).not.toContain(7);
  });
});

describe('a recursive next hop', () => {
  const RECURSIVE = 18;
  const own = async (client: RawClient) => {
    const found = await client.dump('ip_route_v2_dump', { src: RECURSIVE });
    return found.map(({ route }) => route as Fields & { paths: Fields[] });
  };
  const through = (address: string) => hop(address, { sw_if_index: NONE });

  it('has a route of its own, with the paths of what covers it, while a route looks it up', async () => {
    const client = await withLoopback();
    await add(client, '198.51.100.0/24', [through('10.77.0.2')]);
    await add(client, '203.0.113.0/24', [through('10.77.0.2')]);
    expect(await own(client)).toMatchObject([{ prefix: '10.77.0.2/32', paths: [{ type: 2, sw_if_index: NONE }] }]);
    const address = { sw_if_index: 1, prefix: '10.77.0.1/24' };
    await client.ask('sw_interface_add_del_address', { ...address, is_add: true });
    const [attached] = await own(client);
    expect(attached.paths).toMatchObject([{ type: 0, sw_if_index: 1, nh: { address: { ip4: '10.77.0.2' } } }]);
    const remove = (prefix: string) => client.ask('ip_route_add_del', { is_add: false, route: { prefix, paths: [] } });
    await remove('198.51.100.0/24');
    expect(await own(client)).toHaveLength(1);
    await remove('203.0.113.0/24');
    expect(await own(client)).toEqual([]);
  });

  it('another next hop in its place: the old one’s route goes', async () => {
    const client = await withLoopback();
    for (const address of ['10.77.0.2', '10.77.0.3']) await add(client, '198.51.100.0/24', [through(address)]);
    expect(await own(client)).toMatchObject([{ prefix: '10.77.0.3/32' }]);
  });
});

describe('routes', () => {
  it('added: in the dump as VPP gives it back', async () => {
    const client = await withLoopback();
    expect(await add(client, '198.51.100.7/24', [hop('10.9.0.2')])).toMatchObject({ retval: 0, stats_index: 8 });
    const route = await routeTo(client, '198.51.100.7/24');
    expect(route).toMatchObject({ src: API, stats_index: 8, n_paths: 1, table_id: 0 });
    expect(route?.paths[0]).toMatchObject({
      sw_if_index: 1,
      weight: 1,
      type: 0,
      flags: 0,
      proto: 0,
      rpf_id: 0,
      n_labels: 0,
    });
  });

  it('IPv6: added, replaced, deleted', async () => {
    const client = await withLoopback();
    await add(client, '2001:db8:1::/47', [hop6('2001:db8::2')]);
    await add(client, '2001:db8:1::/47', [hop6('2001:db8::3')]);
    const table = { is_ip6: true };
    expect((await routeTo(client, '2001:db8:1::/47', table))?.paths[0].nh.address.ip6).toBe('2001:db8::3');
    await add(client, '2001:db8:1::/47', [], { is_add: false });
    expect(await dump(client, table)).toHaveLength(2);
  });

  it('version 1: adds and dumps the same', async () => {
    const client = await withLoopback();
    const route = { prefix: '198.51.100.0/24', paths: [hop('10.9.0.2')] };
    expect(await client.ask('ip_route_add_del', { is_add: true, route })).toMatchObject({ retval: 0, stats_index: 8 });
    const found = (await client.dump('ip_route_dump')).map((each) => each.route as unknown as Route);
    expect(found.at(3)).toMatchObject({ prefix: '198.51.100.0/24', stats_index: 8 });
    expect(await client.ask('ip_route_add_del', { is_add: false, route })).toMatchObject({
      retval: 0,
      stats_index: NONE,
    });
    expect(await client.dump('ip_route_dump')).toHaveLength(5);
  });

  it('paths: sorted by preference, then next hop; a weight of 0 is 1', async () => {
    const client = await withLoopback();
    await add(client, '198.51.100.0/24', [
      hop('10.9.0.9', { weight: 0 }),
      hop('10.9.0.3', { weight: 5 }),
      hop('10.9.0.1', { preference: 1 }),
    ]);
    expect(hops(await routeTo(client, '198.51.100.0/24'))).toEqual(['10.9.0.3 5', '10.9.0.9 1', '10.9.0.1 1']);
  });

  it('multipath: paths are added and taken away one by one; the last takes the route along', async () => {
    const client = await withLoopback();
    const prefix = '198.51.100.0/24';
    const multi = (paths: Fields[], is_add = true) => add(client, prefix, paths, { is_add, is_multipath: true });
    await multi([hop('10.9.0.9')]);
    await multi([hop('10.9.0.3', { weight: 3 })]);
    await multi([hop('10.9.0.3', { weight: 7 })]);
    expect(hops(await routeTo(client, prefix))).toEqual(['10.9.0.3 3', '10.9.0.9 1']);
    expect(await multi([hop('10.9.0.77')], false)).toMatchObject({ retval: 0, stats_index: NONE });
    await multi([hop('10.9.0.9')], false);
    expect(hops(await routeTo(client, prefix))).toEqual(['10.9.0.3 3']);
    await multi([hop('10.9.0.3')], false);
    expect(await routeTo(client, prefix)).toBeUndefined();
  });

  it('sources: the better one is in force, and the other when it goes', async () => {
    const client = await withLoopback();
    await client.ask('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '10.9.0.1/24' });
    const index = (await routeTo(client, '10.9.0.1/24'))?.stats_index;
    expect(await add(client, '10.9.0.0/24', [hop('10.9.0.9')])).toMatchObject({ retval: 0, stats_index: index });
    expect(await routeTo(client, '10.9.0.1/24')).toMatchObject({ src: 4, stats_index: index });
    await client.ask('sw_interface_add_del_address', { sw_if_index: 1, is_add: false, prefix: '10.9.0.1/24' });
    expect(await routeTo(client, '10.9.0.1/24')).toMatchObject({ src: API });
    await add(client, '0.0.0.0/0', [hop('10.9.0.9')]);
    expect(await routeTo(client, '0.0.0.0/0')).toMatchObject({ src: API, stats_index: 1 });
    await add(client, '0.0.0.0/0', [], { is_add: false });
    expect(await routeTo(client, '0.0.0.0/0')).toMatchObject({ src: 20, stats_index: 1 });
  });

  it('dump of one source: no others', async () => {
    const client = await withLoopback();
    await add(client, '198.51.100.0/24', [hop('10.9.0.2')]);
    await add(client, '203.0.113.0/24', [hop('10.9.0.2')], {}, { src: 9 });
    expect((await dump(client, {}, API)).map(({ prefix }) => prefix)).toEqual(['198.51.100.0/24']);
    expect((await dump(client, {}, 9)).map(({ prefix }) => prefix)).toEqual(['203.0.113.0/24']);
  });

  it('special paths: drop, local, unreachable, labels, recursive', async () => {
    const client = await withLoopback();
    await add(client, '198.51.100.1/32', [{ type: 2, sw_if_index: 1 }]);
    await add(client, '198.51.100.2/32', [{ type: 1, sw_if_index: NONE }]);
    await add(client, '198.51.100.3/32', [{ type: 5 }]);
    await add(client, '198.51.100.4/32', [hop('10.9.0.2', { n_labels: 2, label_stack: labels(100, 200) })]);
    await add(client, '198.51.100.5/32', [hop('192.0.2.1', { sw_if_index: NONE })]);
    const [drop, local, unreachable, labelled, recursive] = (await dump(client, {}, API)).map(({ paths }) => paths[0]);
    expect(drop).toMatchObject({ type: 2, sw_if_index: NONE });
    expect(local).toMatchObject({ type: 1, sw_if_index: NONE });
    expect(unreachable).toMatchObject({ type: 5, sw_if_index: NONE });
    expect(labelled).toMatchObject({ n_labels: 2 });
    expect((labelled.label_stack as Fields[]).slice(0, 3).map(({ label, is_uniform }) => [label, is_uniform])).toEqual([
      [100, 0],
      [200, 0],
      [0, 0],
    ]);
    expect(recursive).toMatchObject({ type: 0, sw_if_index: NONE, nh: { address: { ip4: '192.0.2.1' } } });
  });

  it.each([
    ['no paths', { paths: [] }, {}, -52],
    ['no paths to take away', { paths: [] }, { is_add: false, is_multipath: true }, -52],
    ['nothing there to delete', { paths: [] }, { is_add: false }, 0],
    ['an unknown interface', { paths: [hop('10.9.0.2', { sw_if_index: 77 })] }, {}, -54],
    ['an unknown table', { paths: [hop('10.9.0.2')], table_id: 7 }, {}, -3],
    ['an unknown table of the next hop', { paths: [hop('10.9.0.2', { sw_if_index: NONE, table_id: 7 })] }, {}, -3],
    ['an unknown protocol', { paths: [hop('10.9.0.2', { proto: 9 })] }, {}, -1],
    ['a prefix too long', { paths: [hop('10.9.0.2')], prefix: { address: { af: 0 }, len: 33 } }, {}, -171],
  ])('%s: %j %j gives %i', async (_, route, more, retval) => {
    const client = await withLoopback();
    const request = { is_add: true, ...more, route: { prefix: '198.51.100.0/24', ...route } };
    expect(await client.ask('ip_route_add_del_v2', request)).toMatchObject({ retval, stats_index: NONE });
    expect(await dump(client)).toHaveLength(5);
  });

  it('an interface deleted meanwhile: paths known before are refused', async () => {
    const client = await withLoopback();
    await add(client, '198.51.100.0/24', [hop('10.9.0.2')]);
    await client.ask('delete_loopback', { sw_if_index: 1 });
    expect(await add(client, '203.0.113.0/24', [hop('10.9.0.2')])).toMatchObject({ retval: -54 });
  });

  it('stats indices: the one given back last is given out first', async () => {
    const client = await withLoopback();
    for (const prefix of ['198.51.100.0/24', '203.0.113.0/24']) await add(client, prefix, [hop('10.9.0.2')]);
    await add(client, '198.51.100.0/24', [], { is_add: false });
    expect(await add(client, '192.0.2.0/24', [hop('10.9.0.2')])).toMatchObject({ stats_index: 8 });
    expect(await add(client, '192.0.3.0/24', [hop('10.9.0.2')])).toMatchObject({ stats_index: 10 });
  });
});

function labels(...values: number[]): Fields[] {
  return Array.from({ length: 16 }, (_, i) => ({ label: values[i] ?? 0, is_uniform: i < values.length ? 1 : 0 }));
}
