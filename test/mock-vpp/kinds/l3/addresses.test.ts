/** Addresses, the tables interfaces are in, and the routes addresses bring. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';
import type { RawClient } from '../../../support/raw-client.js';

async function withLoopbacks(): Promise<RawClient> {
  const { client } = await mockAndClient({
    setup: (dataplane) => {
      dataplane.addLoopback({ up: true });
      dataplane.addLoopback({ up: true });
    },
  });
  return client;
}

const set = async (client: RawClient, sw_if_index: number, prefix: string, is_add = true) =>
  (await client.ask('sw_interface_add_del_address', { sw_if_index, is_add, prefix })).retval;

const addresses = async (client: RawClient, is_ipv6 = false) =>
  (await client.dump('ip_address_dump', { sw_if_index: 1, is_ipv6 })).map(({ prefix }) => prefix);

/** Prefix and source of each route that is not VPP's own, in no order. */
async function routes(client: RawClient, is_ip6 = false, table_id = 0): Promise<string[]> {
  const found = await client.dump('ip_route_v2_dump', { table: { table_id, is_ip6 } });
  return found
    .map(({ route }) => route as { prefix: string; src: number; paths: Fields[] })
    .filter(({ src }) => src === 4)
    .map(({ prefix, paths }) => `${prefix} type ${paths[0].type}`)
    .sort();
}

describe('addresses', () => {
  it('added and deleted: the dump follows', async () => {
    const client = await withLoopbacks();
    expect(await set(client, 1, '192.0.2.1/24')).toBe(0);
    expect(await set(client, 1, '192.0.2.2/24')).toBe(0);
    expect(await set(client, 1, '2001:db8::1/64')).toBe(0);
    expect(await addresses(client)).toEqual(['192.0.2.1/24', '192.0.2.2/24']);
    expect(await addresses(client, true)).toEqual(['2001:db8::1/64']);
    expect(await set(client, 1, '192.0.2.1/24', false)).toBe(0);
    expect(await addresses(client)).toEqual(['192.0.2.2/24']);
  });

  it('del_all: all of both families', async () => {
    const client = await withLoopbacks();
    for (const prefix of ['192.0.2.1/24', '2001:db8::1/64']) await set(client, 1, prefix);
    await client.ask('sw_interface_add_del_address', { sw_if_index: 1, is_add: false, del_all: true });
    expect([await addresses(client), await addresses(client, true)]).toEqual([[], []]);
  });

  it.each([
    ['the same again', 1, '192.0.2.1/24', -105],
    ['an overlap on the same interface', 1, '192.0.2.9/25', -105],
    ['an overlap on another', 2, '192.0.2.9/24', -105],
    ['a wider one on another', 2, '192.0.0.1/16', -105],
    ['another in the same prefix', 1, '192.0.2.9/24', 0],
    ['an IPv6 overlap', 2, '2001:db8::2/64', -127],
    ['on local0', 0, '198.51.100.1/24', -126],
    ['link-local, not a host', 1, 'fe80::5/64', -59],
    ['link-local', 1, 'fe80::5/128', 0],
    ['another prefix', 2, '198.51.100.1/24', 0],
  ])('%s: interface %i, %s gives %i', async (_, swIfIndex, prefix, retval) => {
    const client = await withLoopbacks();
    for (const taken of ['192.0.2.1/24', '2001:db8::1/64']) await set(client, 1, taken);
    expect(await set(client, swIfIndex, prefix)).toBe(retval);
  });

  it('deleting what is not there: -60', async () => {
    const client = await withLoopbacks();
    expect(await set(client, 1, '192.0.2.1/24', false)).toBe(-60);
  });

  it('deleting with another length: the address is gone all the same, as in VPP', async () => {
    const client = await withLoopbacks();
    await set(client, 1, '192.0.2.1/24');
    expect(await set(client, 1, '192.0.2.2/24', false)).toBe(-60);
    expect(await set(client, 1, '192.0.2.1/30', false)).toBe(0);
    expect(await routes(client)).toEqual([]);
  });

  it('a prefix length beyond the address: refused', async () => {
    const client = await withLoopbacks();
    const prefix = { address: { af: 0, un: { ip4: '192.0.2.1' } }, len: 33 };
    expect((await client.ask('sw_interface_add_del_address', { sw_if_index: 1, prefix })).retval).toBe(-59);
  });
});

describe('connected routes', () => {
  it.each([
    ['192.0.2.1/24', ['192.0.2.0/32 type 2', '192.0.2.1/24 type 0', '192.0.2.1/32 type 1', '192.0.2.255/32 type 2']],
    ['192.0.2.0/31', ['192.0.2.0/31 type 0', '192.0.2.0/32 type 1', '192.0.2.1/32 type 0']],
    ['192.0.2.1/32', ['192.0.2.1/32 type 1']],
    ['192.0.2.0/30', ['192.0.2.0/30 type 0', '192.0.2.0/32 type 1', '192.0.2.3/32 type 2']],
  ])('%s: %j, and none afterwards', async (prefix, expected) => {
    const client = await withLoopbacks();
    await set(client, 1, prefix);
    expect(await routes(client)).toEqual(expected);
    await set(client, 1, prefix, false);
    expect(await routes(client)).toEqual([]);
  });

  it('IPv6: the prefix and the address', async () => {
    const client = await withLoopbacks();
    await set(client, 1, '2001:db8::1/64');
    expect(await routes(client, true)).toEqual(['2001:db8::/64 type 0', '2001:db8::1/128 type 1']);
  });

  it('two addresses in one prefix: the prefix stays until the last is gone', async () => {
    const client = await withLoopbacks();
    await set(client, 1, '192.0.2.1/24');
    await set(client, 1, '192.0.2.2/24');
    await set(client, 1, '192.0.2.1/24', false);
    expect(await routes(client)).toContain('192.0.2.1/24 type 0');
    await set(client, 1, '192.0.2.2/24', false);
    expect(await routes(client)).toEqual([]);
  });

  it('admin down: they go; up: they come', async () => {
    const client = await withLoopbacks();
    await set(client, 1, '192.0.2.1/24');
    await client.ask('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
    expect(await routes(client)).toEqual([]);
    await client.ask('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    expect(await routes(client)).toHaveLength(4);
  });

  it('an interface in a table: its routes are there', async () => {
    const client = await withLoopbacks();
    await client.ask('ip_table_add_del_v2', { table: { table_id: 7 } });
    const ask = (vrf_id: number) => client.ask('sw_interface_set_table', { sw_if_index: 1, vrf_id });
    expect(await ask(8)).toMatchObject({ retval: -3 });
    expect(await ask(7)).toMatchObject({ retval: 0 });
    await set(client, 1, '192.0.2.1/32');
    expect(await routes(client, false, 7)).toEqual(['192.0.2.1/32 type 1']);
    expect(await ask(0)).toMatchObject({ retval: -114 });
    expect(await client.ask('sw_interface_get_table', { sw_if_index: 1 })).toMatchObject({ retval: 0, vrf_id: 7 });
    // The same address is free in another table.
    expect(await set(client, 2, '192.0.2.1/32')).toBe(0);
  });
});
