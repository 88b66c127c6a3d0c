/** ACLs and MACIP ACLs: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NEW = 0xffffffff;
const NONE = 0xffffffff;
const UNKNOWN = 7777;
const RULE = { is_permit: 1, src_prefix: '10.0.0.0/8', dst_prefix: '0.0.0.0/0' };
const MAC = { src_mac: '02:00:00:00:00:01', src_mac_mask: 'ff:ff:ff:ff:ff:ff' };
const SENDER = { is_permit: 1, ...MAC, src_prefix: '10.0.0.1/32' };

async function withAcl() {
  const vpp = await Contract.begin();
  const one = await vpp.loopback();
  const add = async (tag: string) => {
    const { acl_index } = await vpp.ask('acl_add_replace', { acl_index: NEW, tag, r: [RULE] });
    return Number(acl_index);
  };
  const change = (is_add: boolean, is_input: boolean, acl_index: number, sw_if_index = one) =>
    vpp.retval('acl_interface_add_del', { is_add, is_input, acl_index, sw_if_index });
  return { vpp, one, add, change };
}

describe('ACLs', () => {
  it('one by one on an interface: behind the others, once in each direction', async () => {
    const { vpp, one, add, change } = await withAcl();
    const [a, b] = [await add('a'), await add('b')];
    const list = () => vpp.dump('acl_interface_list_dump', { sw_if_index: one });
    expect([await change(false, true, a), await change(true, true, a), await change(true, true, a)]).toEqual([
      -6, 0, -142,
    ]);
    expect([await change(true, false, a), await change(true, false, a), await change(true, true, b)]).toEqual([
      0, -143, 0,
    ]);
    expect([await change(true, true, UNKNOWN), await change(false, true, UNKNOWN)]).toEqual([-6, -6]);
    expect([await change(true, true, a, UNKNOWN), await change(false, true, UNKNOWN, UNKNOWN)]).toEqual([-2, -2]);
    expect(await list()).toMatchObject([{ sw_if_index: one, count: 3, n_input: 2, acls: [a, b, a] }]);
    const remove = () => vpp.retval('acl_del', { acl_index: a });
    expect([await remove(), await change(false, true, a), await remove()]).toEqual([-142, 0, -143]);
    expect(await list()).toMatchObject([{ count: 2, n_input: 1, acls: [b, a] }]);
    expect([await change(false, false, a), await remove(), await change(false, true, b)]).toEqual([0, 0, 0]);
    expect(await list()).toMatchObject([{ count: 0, n_input: 0, acls: [] }]);
    expect(await vpp.retval('acl_del', { acl_index: b })).toBe(0);
  });

  it('settings: hash lookup, counters, the number of sessions', async () => {
    const vpp = await Contract.begin();
    const hash = async () => (await vpp.ask('acl_plugin_use_hash_lookup_get')).enable;
    const set = (enable: boolean) => vpp.retval('acl_plugin_use_hash_lookup_set', { enable });
    expect([await hash(), await set(false), await hash(), await set(true), await hash()]).toEqual([
      true,
      0,
      false,
      0,
      true,
    ]);
    expect(await vpp.retval('acl_stats_intf_counters_enable', { enable: true })).toBe(0);
    expect(await vpp.retval('acl_stats_intf_counters_enable', { enable: false })).toBe(0);
    expect(await vpp.ask('acl_plugin_get_conn_table_max_entries')).toMatchObject({ conn_table_max_entries: 500_000n });
    const { vpe_pid } = await vpp.ask('control_ping');
    expect(await vpp.ask('acl_plugin_control_ping')).toMatchObject({ retval: 0, vpe_pid });
    expect(await vpp.ask('acl_plugin_get_version')).toMatchObject({ major: 1, minor: 4 });
  });

  it('ethertypes that pass: given back by interface, kept for the next of its index', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const { sw_if_index: two } = await vpp.ask('create_loopback');
    const set = (sw_if_index: unknown, n_input: number, whitelist: number[]) =>
      vpp.retval('acl_interface_set_etype_whitelist', { sw_if_index, n_input, whitelist });
    const list = (sw_if_index: unknown = NONE) => vpp.dump('acl_interface_etype_whitelist_dump', { sw_if_index });
    expect(await list()).toEqual([]);
    expect([await set(UNKNOWN, 0, [1]), await set(one, 1, [0x806, 0x88cc, 1]), await set(two, 0, [])]).toEqual([
      -2, 0, 0,
    ]);
    const given = { sw_if_index: one, count: 3, n_input: 1, whitelist: [0x806, 0x88cc, 1] };
    expect([await list(), await list(one), await list(two), await list(UNKNOWN)]).toMatchObject([
      [given],
      [given],
      [],
      [],
    ]);
    expect([await set(one, 9, [0x806, 0x88cc]), await list()]).toMatchObject([0, [{ count: 2, n_input: 2 }]]);
    expect([
      await set(one, 0, []),
      await set(two, 1, [5]),
      await vpp.retval('delete_loopback', { sw_if_index: two }),
    ]).toEqual([0, 0, 0]);
    expect(await list()).toEqual([]);
    expect((await vpp.ask('create_loopback')).sw_if_index).toBe(two);
    expect(await list()).toMatchObject([{ sw_if_index: two, count: 1, n_input: 1, whitelist: [5] }]);
    await set(two, 0, []);
    await vpp.ask('delete_loopback', { sw_if_index: two });
  });
});

describe('MACIP ACLs', () => {
  async function withMacip() {
    const vpp = await Contract.begin();
    const put = (acl_index: number, tag: string, r: Fields[]) =>
      vpp.ask('macip_acl_add_replace', { acl_index, tag, r });
    const remove = (acl_index: unknown) => vpp.retval('macip_acl_del', { acl_index });
    const dump = async (acl_index: unknown = NONE) =>
      (await vpp.dump('macip_acl_dump', { acl_index })).sort((a, b) => (String(a.tag) < String(b.tag) ? -1 : 1));
    const change = (is_add: boolean, acl_index: unknown, sw_if_index: number) =>
      vpp.retval('macip_acl_interface_add_del', { is_add, acl_index, sw_if_index });
    const at = (sw_if_index: number) => vpp.dump('macip_acl_interface_list_dump', { sw_if_index });
    return { vpp, put, remove, dump, change, at };
  }

  it('lists: made, replaced and deleted, with rules as given', async () => {
    const { vpp, put, remove, dump } = await withMacip();
    const { acl_index: m } = await vpp.ask('macip_acl_add', { tag: 'm', r: [SENDER] });
    const { acl_index: n } = await vpp.ask('macip_acl_add', { tag: 'n', r: [] });
    const v6 = { ...SENDER, is_permit: 2, src_prefix: '2001:db8::1/64' };
    const any = { is_permit: 0, src_mac: MAC.src_mac, src_mac_mask: '00:00:00:00:00:00', src_prefix: '0.0.0.0/0' };
    const { retval, acl_index: o } = await put(NEW, 'o', [v6, any]);
    expect(retval).toBe(0);
    expect(await put(UNKNOWN, 'x', [SENDER])).toMatchObject({ retval: -6, acl_index: UNKNOWN });
    const hostBits = { ...SENDER, src_prefix: '10.1.2.3/16' };
    expect(await put(Number(n), 'other', [hostBits])).toMatchObject({ retval: 0, acl_index: n });
    expect(await dump()).toMatchObject([
      { acl_index: m, tag: 'm', count: 1, r: [SENDER] },
      { acl_index: o, tag: 'o', count: 2, r: [v6, any] },
      { acl_index: n, tag: 'other', count: 1, r: [hostBits] },
    ]);
    expect([await dump(n), await dump(UNKNOWN)]).toMatchObject([[{ acl_index: n }], []]);
    expect([await remove(m), await remove(o), await remove(m), await remove(UNKNOWN)]).toEqual([0, 0, -6, -6]);
    expect(await vpp.ask('macip_acl_add', { tag: '', r: [] })).toMatchObject({ retval: 0, acl_index: o });
    expect([await remove(o), await remove(n)]).toEqual([0, 0]);
  });

  it('on an interface: the last one given, until it is taken off, deleted, or the interface goes', async () => {
    const { vpp, put, remove, change, at } = await withMacip();
    const one = await vpp.loopback();
    const two = Number((await vpp.ask('create_loopback')).sw_if_index);
    const { acl_index: m } = await put(NEW, 'm', [SENDER]);
    const { acl_index: n } = await put(NEW, 'n', []);
    expect([await change(false, m, one), await change(true, UNKNOWN, one), await change(true, m, UNKNOWN)]).toEqual([
      -6, -6, -2,
    ]);
    expect([await change(true, m, one), await change(true, m, one), await change(true, n, one)]).toEqual([0, 0, 0]);
    expect(await change(true, n, two)).toBe(0);
    expect(await at(NONE)).toMatchObject([
      { sw_if_index: one, count: 1, acls: [n] },
      { sw_if_index: two, count: 1, acls: [n] },
    ]);
    expect([await at(0), await at(UNKNOWN)]).toMatchObject([[{ sw_if_index: 0, acls: [NONE] }], []]);
    const applied = async () => ((await vpp.ask('macip_acl_interface_get')).acls as number[]).slice(0, two + 1);
    expect((await applied())[two]).toBe(n);
    expect([await change(false, UNKNOWN, one), await vpp.retval('delete_loopback', { sw_if_index: two })]).toEqual([
      0, 0,
    ]);
    expect([await at(NONE), await at(one), (await applied())[two]]).toMatchObject([[], [{ acls: [NONE] }], NONE]);
    expect([await change(true, n, one), await remove(n), await at(one)]).toMatchObject([0, 0, [{ acls: [NONE] }]]);
    expect(await remove(m)).toBe(0);
  });
});
