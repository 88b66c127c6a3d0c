/** Multicast routes: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const ACCEPT = 2;
const FORWARD = 4;

interface Route {
  prefix: { grp_address_length: number; grp_address: Fields; src_address: Fields };
  paths: { itf_flags: number; path: Fields }[];
}

async function begin() {
  const vpp = await Contract.begin();
  const list = async (v6 = false, table_id = 0) => {
    const arm = v6 ? 'ip6' : 'ip4';
    return (await vpp.dump('ip_mroute_dump', { table: { table_id, is_ip6: v6 } }))
      .map(({ route }) => route as unknown as Route)
      .map(({ prefix: { grp_address, grp_address_length, src_address }, paths }) => [
        `${src_address[arm]},${grp_address[arm]}/${grp_address_length}`,
        ...paths.map(({ itf_flags, path }) => `${path.type} ${Number(path.sw_if_index) | 0} ${itf_flags}`),
      ]);
  };
  const own = (await list()).map(([prefix]) => prefix);
  /** The routes that are not VPP's own. */
  const others = async () => (await list()).filter(([prefix]) => !own.includes(prefix));
  const change = (is_add: boolean, prefix: Fields, paths: Fields[], more: Fields = {}) =>
    vpp.retval('ip_mroute_add_del', {
      is_add,
      is_multipath: true,
      route: { prefix, n_paths: paths.length, paths, ...more },
    });
  return { vpp, list, others, change };
}

const group = (ip4: string, length = 32, source = '0.0.0.0'): Fields => ({
  af: 0,
  grp_address_length: length,
  grp_address: { ip4 },
  src_address: { ip4: source },
});

const path = (sw_if_index: number, itf_flags: number, more: Fields = {}): Fields => ({
  itf_flags,
  path: { sw_if_index, weight: 1, ...more },
});

describe('multicast routes', () => {
  it('of VPP’s own: the groups that it is a member of', async () => {
    const { vpp, list } = await begin();
    const table = { table_id: 977 };
    await vpp.ask('ip_table_add_del', { is_add: true, table });
    await vpp.ask('ip_table_add_del', { is_add: true, table: { ...table, is_ip6: true } });
    const local = `1 ${NONE | 0} 0`;
    expect(await list(false, 977)).toEqual([
      ['0.0.0.0,0.0.0.0/0'],
      ['0.0.0.0,224.0.0.1/32', local],
      ['0.0.0.0,224.0.0.2/32', local],
    ]);
    expect(await list(true, 977)).toEqual([
      ['::,::/0'],
      ['::,ff02::1/128', local],
      ['::,ff02::2/128', local],
      ['::,ff02::16/128', local],
      ['::,ff02::1:ff00:0/104', local],
    ]);
    const tables = (await vpp.dump('ip_mtable_dump')).map((each) => each.table as Fields);
    expect(tables.filter(({ table_id }) => table_id === 977).map(({ is_ip6 }) => is_ip6)).toEqual([false, true]);
    await vpp.ask('ip_table_add_del', { is_add: false, table });
    await vpp.ask('ip_table_add_del', { is_add: false, table: { ...table, is_ip6: true } });
    expect([await list(false, 977), await list(true, 977)]).toEqual([[], []]);
  });

  it('interfaces join these groups with an address, or with IPv6', async () => {
    const { vpp, list } = await begin();
    const loop = await vpp.loopback();
    const member = async (v6: boolean) =>
      (await list(v6)).map(([prefix, ...paths]) => [prefix, paths.includes(`0 ${loop} ${ACCEPT}`)]);
    const members = async (v6: boolean) => (await member(v6)).filter(([, is]) => is).map(([prefix]) => prefix);
    const address = (is_add: boolean, prefix: string) =>
      vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix });
    await address(true, '198.51.100.17/29');
    expect(await members(false)).toEqual(['0.0.0.0,224.0.0.1/32', '0.0.0.0,224.0.0.2/32']);
    await address(true, '198.51.100.25/29');
    await address(false, '198.51.100.17/29');
    expect(await members(false)).toEqual([]);
    await address(false, '198.51.100.25/29');
    const enable = (on: boolean) => vpp.ask('sw_interface_ip6_enable_disable', { sw_if_index: loop, enable: on });
    await enable(true);
    expect(await members(true)).toHaveLength(4);
    await enable(false);
    expect(await members(true)).toEqual([]);
  });

  it('paths: added, given other flags, and taken; the route goes with the last', async () => {
    const { vpp, others, change } = await begin();
    const [one, two] = [await vpp.loopback(), await vpp.loopback()];
    const to = group('232.1.1.1');
    expect([await change(true, to, [path(one, ACCEPT)]), await change(true, to, [path(two, FORWARD)])]).toEqual([0, 0]);
    expect(await others()).toEqual([['0.0.0.0,232.1.1.1/32', `0 ${one} ${ACCEPT}`, `0 ${two} ${FORWARD}`]]);
    expect(await change(true, to, [path(two, ACCEPT)])).toBe(0);
    expect(await others()).toEqual([['0.0.0.0,232.1.1.1/32', `0 ${one} ${ACCEPT}`, `0 ${two} ${ACCEPT}`]]);
    expect([await change(false, to, [path(one, 0)]), await change(false, to, [path(one, 0)])]).toEqual([0, 0]);
    // Without paths it is about flags alone, whatever is_add says.
    expect([await change(false, to, []), await others()]).toEqual([
      0,
      [['0.0.0.0,232.1.1.1/32', `0 ${two} ${ACCEPT}`]],
    ]);
    expect([await change(false, to, [path(two, 0)]), await others()]).toEqual([0, []]);
    expect(await change(false, group('239.1.1.1'), [path(one, 0)])).toBe(0);
  });

  it('without an interface: local, or looked up, without flags', async () => {
    const { others, change } = await begin();
    const to = group('234.0.0.5');
    const local = path(NONE, FORWARD, { type: 1 });
    expect([await change(true, to, [local]), await others()]).toEqual([0, [['0.0.0.0,234.0.0.5/32', '1 -1 0']]]);
    expect([await change(false, to, [local]), await others()]).toEqual([0, []]);
  });

  it('flags keep a route without paths', async () => {
    const { others, change } = await begin();
    const to = group('234.0.0.1');
    expect([await change(true, to, [], { rpf_id: 5 }), await others()]).toEqual([0, []]);
    expect([await change(true, to, [], { entry_flags: 1 }), await others()]).toEqual([0, [['0.0.0.0,234.0.0.1/32']]]);
    expect([await change(false, to, []), await others()]).toEqual([0, []]);
  });

  it('a source makes both addresses whole; else bits behind the length do not count', async () => {
    const { vpp, others, change } = await begin();
    const loop = await vpp.loopback();
    const paths = [path(loop, FORWARD)];
    expect(await change(true, group('233.1.2.3', 24), paths)).toBe(0);
    expect(await change(true, group('233.1.2.3', 40, '10.0.0.1'), paths)).toBe(0);
    expect((await others()).map(([prefix]) => prefix)).toEqual(['0.0.0.0,233.1.2.3/24', '10.0.0.1,233.1.2.3/64']);
    expect(await change(false, group('233.1.2.9', 24), paths)).toBe(0);
    expect(await change(false, group('233.1.2.3', 64, '10.0.0.1'), paths)).toBe(0);
    expect(await others()).toEqual([]);
  });

  it('refused: unknown tables and interfaces', async () => {
    const { vpp, change } = await begin();
    const ask = await change(true, group('234.0.0.2'), [path(UNKNOWN, ACCEPT)]);
    expect([ask, await change(true, group('234.0.0.2'), [], { table_id: UNKNOWN })]).toEqual([-54, -3]);
    expect(await vpp.dump('ip_mroute_dump', { table: { table_id: UNKNOWN } })).toEqual([]);
    expect(await vpp.dump('mfib_signal_dump')).toEqual([]);
  });
});
