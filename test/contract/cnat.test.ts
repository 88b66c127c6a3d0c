/** CNAT: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
/** Flag of a path whose endpoints have addresses. */
const TRACKED = 4;
const at = (addr: string, port: number, fields: Fields = {}) => ({
  addr,
  sw_if_index: NONE,
  if_af: 0,
  port,
  ...fields,
});
const ANYWHERE = at('0.0.0.0', 0);
const path = (dst_ep: Fields, src_ep: Fields = ANYWHERE, flags = 0) => ({ dst_ep, src_ep, flags });
const [ONE, TWO] = [path(at('10.0.0.1', 8080)), path(at('10.0.0.2', 8080))];

/** CNAT, with a loopback; without translations and addresses after the test. */
async function begin() {
  const vpp = await Contract.begin();
  const clear = async () => {
    const client = await vpp.another();
    await client.ask('cnat_session_purge');
    await client.ask('cnat_set_snat_addresses', { sw_if_index: NONE });
  };
  await clear();
  onTestFinished(clear);
  const loop = await vpp.loopback();
  const update = (fields: Fields = {}) =>
    vpp.ask('cnat_translation_update', {
      translation: { vip: at('203.0.113.1', 80), ip_proto: 6, paths: [ONE, TWO], ...fields },
    });
  return {
    ...{ vpp, loop, update },
    id: async (fields: Fields = {}) => (await update(fields)).id,
    remove: (id: unknown) => vpp.retval('cnat_translation_del', { id }),
    address: (prefix: string, is_add = true) =>
      vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix }),
    translations: async () => (await vpp.dump('cnat_translation_dump')).map(({ translation }) => translation as Fields),
    snat: (fields: Fields, name = 'cnat_set_snat_addresses') =>
      vpp.retval(name, { snat_ip4: '0.0.0.0', snat_ip6: '::', sw_if_index: NONE, ...fields }),
    addresses: () => vpp.ask('cnat_get_snat_addresses'),
  };
}

describe('translations', () => {
  it('by virtual address, port and protocol: changed where there is one', async () => {
    const { id, remove, translations } = await begin();
    const first = Number(await id());
    expect(await id({ paths: [path(at('10.0.0.3', 1), at('10.9.9.9', 0), 2)], lb_type: 1, flags: 5 })).toBe(first);
    const udp = await id({ ip_proto: 17, lb_type: 1, is_real_ip: 1, flags: 5 });
    const v6 = await id({
      vip: at('2001:db8::1', 80, { if_af: 1 }),
      paths: [path(at('2001:db8::2', 80), at('::', 0))],
    });
    const [own, other, third] = await translations();
    // The kind of balancing stays, and neither the flags nor whether the address is real is shown.
    expect(own).toMatchObject({
      id: first,
      vip: at('203.0.113.1', 80),
      ip_proto: 6,
      lb_type: 0,
      flags: 0,
      is_real_ip: 0,
    });
    expect(own.paths).toMatchObject([path(at('10.0.0.3', 1), at('10.9.9.9', 0), 2 | TRACKED)]);
    expect(other).toMatchObject({ id: udp, ip_proto: 17, lb_type: 1, flags: 0 });
    expect(other.paths).toMatchObject([
      { ...ONE, flags: TRACKED },
      { ...TWO, flags: TRACKED },
    ]);
    expect(third).toMatchObject({ id: v6, vip: { addr: '2001:db8::1', if_af: 1 } });
    expect([await remove(first), await remove(first), await remove(UNKNOWN)]).toEqual([0, -6, -6]);
    expect(await id({ ip_proto: 3 })).toBe(first);
  });

  it('refuses unknown protocols and, of interfaces, unknown families', async () => {
    const { loop, update, translations } = await begin();
    expect(await update({ ip_proto: 200 })).toMatchObject({ retval: -153 });
    expect(await update({ vip: at('0.0.0.0', 81, { sw_if_index: loop, if_af: 5 }) })).toMatchObject({ retval: -97 });
    const odd = [path(at('0.0.0.0', 1, { sw_if_index: loop, if_af: 9 }))];
    expect(await update({ paths: odd })).toMatchObject({ retval: -97 });
    expect(await update({ vip: at('203.0.113.8', 80, { if_af: 5 }) })).toMatchObject({ retval: 0 });
    expect((await translations()).map(({ vip }) => (vip as Fields).if_af)).toEqual([0]);
  });

  it('of an interface: follow its first address; always new while there is none', async () => {
    const { loop, id, address, translations } = await begin();
    const byInterface = { vip: at('0.0.0.0', 80, { sw_if_index: loop }), paths: [ONE] };
    const [one, two] = [await id(byInterface), await id(byInterface)];
    const vips = async () => (await translations()).map(({ vip }) => (vip as Fields).addr);
    expect([one === two, await vips()]).toEqual([false, ['0.0.0.0', '0.0.0.0']]);
    await address('198.51.100.7/24');
    expect([one, two]).toContain(await id(byInterface));
    expect(await vips()).toEqual(['198.51.100.7', '198.51.100.7']);
    await address('198.51.101.7/24');
    await address('198.51.100.7/24', false);
    expect(await vips()).toEqual(['198.51.101.7', '198.51.101.7']);
    await address('198.51.101.7/24', false);
    expect(await vips()).toEqual(['0.0.0.0', '0.0.0.0']);
  });

  it('backends of an interface: tracked while it has an address', async () => {
    const { vpp, loop, id, address, translations } = await begin();
    await id({ paths: [path(at('10.0.0.1', 8080), at('0.0.0.0', 7, { sw_if_index: loop }))] });
    const source = async () => {
      const [{ src_ep, flags }] = (await translations())[0].paths as { src_ep: Fields; flags: number }[];
      return [src_ep.addr, src_ep.sw_if_index, flags];
    };
    expect([await source(), await address('198.51.100.7/24')]).toEqual([['0.0.0.0', loop, 0], 0]);
    expect(await source()).toEqual(['198.51.100.7', loop, TRACKED]);
    await vpp.ask('delete_loopback', { sw_if_index: loop });
    expect(await source()).toEqual(['0.0.0.0', loop, 0]);
  });

  it('go with the sessions', async () => {
    const { vpp, id, translations } = await begin();
    await id();
    expect(await vpp.dump('cnat_session_dump')).toEqual([]);
    const purge = () => vpp.retval('cnat_session_purge');
    expect([await purge(), await translations(), await purge()]).toEqual([0, [], 0]);
  });
});

describe('source addresses', () => {
  it('none: refused', async () => {
    const { vpp, loop, snat, addresses } = await begin();
    expect([(await addresses()).retval, await snat({}), await snat({}, 'cnat_set_snat_addresses_v2')]).toEqual([
      ...[-30, -30, -30],
    ]);
    const policy = (sw_if_index: number, table: number) =>
      vpp.retval('cnat_snat_policy_add_del_if', { sw_if_index, is_add: 1, table });
    expect([await policy(loop, 0), await policy(UNKNOWN, 0), await policy(loop, 4)]).toEqual([-30, -2, -7]);
    expect(await vpp.dump('cnat_snat_addresses_dump')).toEqual([]);
  });

  it('of each family: set one by one, and removed together', async () => {
    const { vpp, snat, addresses } = await begin();
    const shown = { snat_ip4: '192.0.2.1', snat_ip6: '::', sw_if_index: 0 };
    expect([await snat({ snat_ip4: '192.0.2.1' }), await addresses()]).toMatchObject([0, { retval: 0, ...shown }]);
    expect(await snat({ snat_ip6: '2001:db8::1' }, 'cnat_set_snat_addresses_v2')).toBe(0);
    const both = { snat_ip4: '192.0.2.1', snat_ip6: '2001:db8::1', sw_if_index: NONE };
    expect(await addresses()).toMatchObject(both);
    const tables = { fwd_table_id4: 0, fwd_table_id6: 0, ret_table_id4: 0, ret_table_id6: 0 };
    expect(await vpp.dump('cnat_snat_addresses_dump')).toMatchObject([{ ...both, ...tables }]);
    expect([await snat({}), (await addresses()).retval, await snat({})]).toEqual([0, -30, -30]);
  });

  it('of an interface: its address once it has one; the last one is shown', async () => {
    const { loop, snat, addresses, address } = await begin();
    const shown = async () => {
      const { snat_ip4, sw_if_index } = await addresses();
      return [snat_ip4, sw_if_index];
    };
    expect([await snat({ sw_if_index: loop }), await shown()]).toEqual([0, ['0.0.0.0', loop]]);
    await address('198.51.100.7/24');
    expect(await shown()).toEqual(['198.51.100.7', loop]);
    await address('198.51.100.7/24', false);
    expect(await shown()).toEqual(['198.51.100.7', loop]);
    await address('198.51.100.8/24');
    expect(await shown()).toEqual(['198.51.100.8', loop]);
  });

  it('policies: of the default entry', async () => {
    const { vpp, loop, snat } = await begin();
    await snat({ snat_ip4: '192.0.2.1' });
    const policy = (value: number) => vpp.retval('cnat_set_snat_policy', { policy: value });
    expect([await policy(0), await policy(1), await policy(4), await policy(5)]).toEqual([0, 0, 0, -7]);
    const itf = (is_add: number, table: number) =>
      vpp.retval('cnat_snat_policy_add_del_if', { sw_if_index: loop, is_add, table });
    expect([await itf(1, 0), await itf(1, 3), await itf(1, 4), await itf(0, 1)]).toEqual([0, 0, -7, 0]);
    const exclude = (is_add: number, prefix: string) =>
      vpp.retval('cnat_snat_policy_add_del_exclude_pfx', { is_add, prefix });
    expect([await exclude(1, '10.0.0.0/8'), await exclude(1, '2001:db8::/32')]).toEqual([0, 0]);
    expect([await exclude(0, '10.0.0.0/8'), await exclude(0, '10.0.0.0/8')]).toEqual([0, 0]);
  });
});

it('feature_cnat_enable_disable: any number of times', async () => {
  const { vpp, loop } = await begin();
  const feature = (enable_disable: boolean, sw_if_index = loop) =>
    vpp.retval('feature_cnat_enable_disable', { sw_if_index, enable_disable });
  expect([await feature(true, UNKNOWN), await feature(false), await feature(true), await feature(true)]).toEqual([
    ...[-2, 0, 0, 0],
  ]);
  expect([await feature(false), await feature(false), await feature(false)]).toEqual([0, 0, 0]);
});
