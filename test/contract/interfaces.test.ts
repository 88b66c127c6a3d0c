/**
 * Interfaces and sub-interfaces: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. Each test makes what it
 * needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
/** No interface has it. */
const UNKNOWN = 7777;

/** Bits of `sub_if_flags`. */
const Flag = { NO_TAGS: 1, ONE: 2, TWO: 4, AD: 8, EXACT: 16, DEFAULT: 32, OUTER_ANY: 64, INNER_ANY: 128 } as const;

async function begin() {
  const vpp = await Contract.begin();
  const sub = (sup: number, fields: object) => vpp.ask('create_subif', { sw_if_index: sup, ...fields });
  return { vpp, sub };
}

describe('create_vlan_subif', () => {
  it('on hardware: exact match of one tag, without an MTU of its own', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback('02:00:5e:00:53:01');
    const made = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 100 });
    expect(made).toMatchObject({ retval: 0 });
    const { interface_name: name } = (await vpp.details(loop)) ?? {};
    expect(await vpp.details(Number(made.sw_if_index))).toMatchObject({
      ...{
        sup_sw_if_index: loop,
        type: 1,
        flags: 0,
        l2_address: '00:00:00:00:00:00',
        link_mtu: 9000,
        mtu: [0, 0, 0, 0],
      },
      ...{ sub_id: 100, sub_number_of_tags: 1, sub_outer_vlan_id: 100, sub_inner_vlan_id: 0, sub_if_flags: 18 },
      ...{ interface_name: `${name}.100`, interface_dev_type: 'Loopback', tag: '' },
    });
  });

  it('on a sub-interface: made on its hardware', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const { sw_if_index: one } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 100 });
    const { sw_if_index: two } = await vpp.ask('create_vlan_subif', { sw_if_index: one, vlan_id: 5 });
    expect(await vpp.details(Number(two))).toMatchObject({ sup_sw_if_index: loop, sub_outer_vlan_id: 5 });
  });

  it('refusals', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const ask = (sw_if_index: number, vlan_id: number) => vpp.ask('create_vlan_subif', { sw_if_index, vlan_id });
    await ask(loop, 100);
    expect(await ask(loop, 100)).toMatchObject({ retval: -56, sw_if_index: ALL });
    expect(await ask(loop, 0)).toMatchObject({ retval: -55, sw_if_index: ALL });
    expect(await ask(loop, 4096)).toMatchObject({ retval: -55, sw_if_index: ALL });
    expect(await ask(UNKNOWN, 5)).toMatchObject({ retval: -2, sw_if_index: ALL });
  });
});

describe('create_subif', () => {
  it.each([
    ['one tag', { sub_if_flags: Flag.ONE, outer_vlan_id: 7 }, 1],
    ['QinQ', { sub_if_flags: Flag.TWO | Flag.AD | Flag.EXACT, outer_vlan_id: 200, inner_vlan_id: 7 }, 2],
    ['QinQ, any inner tag', { sub_if_flags: Flag.TWO | Flag.INNER_ANY, outer_vlan_id: 202 }, 2],
    ['default', { sub_if_flags: Flag.DEFAULT }, 0],
  ])('%s: as it was asked for', async (_, fields, tags) => {
    const { vpp, sub } = await begin();
    const loop = await vpp.loopback();
    const made = await sub(loop, { sub_id: 9, ...fields });
    expect(made).toMatchObject({ retval: 0 });
    expect(await vpp.details(Number(made.sw_if_index))).toMatchObject({
      ...{ sub_id: 9, sub_number_of_tags: tags, sub_if_flags: fields.sub_if_flags, type: 1 },
    });
  });

  it.each([
    ['no tags', { sub_if_flags: Flag.NO_TAGS }, -1],
    ['two tags, exact, any outer', { sub_if_flags: Flag.TWO | Flag.EXACT | Flag.OUTER_ANY, outer_vlan_id: 4 }, -1],
    ['an id that is there', { sub_id: 1, sub_if_flags: Flag.ONE, outer_vlan_id: 4 }, -56],
    ['tags that are there', { sub_if_flags: Flag.ONE | Flag.EXACT, outer_vlan_id: 100 }, -1],
  ])('%s: refused', async (_, fields, retval) => {
    const { vpp, sub } = await begin();
    const loop = await vpp.loopback();
    await sub(loop, { sub_id: 1, sub_if_flags: Flag.ONE | Flag.EXACT, outer_vlan_id: 100 });
    expect(await sub(loop, { sub_id: 2, ...fields })).toMatchObject({ retval });
  });

  it('tags that are there: the refused one frees them', async () => {
    const { vpp, sub } = await begin();
    const loop = await vpp.loopback();
    const tags = { sub_if_flags: Flag.ONE | Flag.EXACT, outer_vlan_id: 100 };
    await sub(loop, { sub_id: 1, ...tags });
    const { sw_if_index: promised } = await sub(loop, { sub_id: 2, ...tags });
    expect(await vpp.details(Number(promised))).toBeUndefined();
    expect(await sub(loop, { sub_id: 3, ...tags })).toMatchObject({ retval: 0, sw_if_index: promised });
  });

  it('on a sub-interface: shown on local0', async () => {
    const { vpp, sub } = await begin();
    const loop = await vpp.loopback();
    const { sw_if_index: one } = await sub(loop, { sub_id: 1, sub_if_flags: Flag.ONE, outer_vlan_id: 1 });
    const { sw_if_index: two } = await sub(Number(one), { sub_id: 9, sub_if_flags: Flag.ONE, outer_vlan_id: 9 });
    expect(await vpp.details(Number(two))).toMatchObject({
      ...{ sup_sw_if_index: one, interface_name: 'local0.9', interface_dev_type: 'local', link_mtu: 0 },
    });
  });

  it('on an unknown interface: refused', async () => {
    const { sub } = await begin();
    expect(await sub(UNKNOWN, { sub_id: 9 })).toMatchObject({ retval: -2, sw_if_index: ALL });
  });
});

describe('a sub-interface', () => {
  async function subInterface() {
    const { vpp } = await begin();
    const loop = await vpp.loopback('02:00:5e:00:53:01');
    const { sw_if_index } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 100 });
    return { vpp, loop, sub: Number(sw_if_index) };
  }

  it('admin: up only on one that is up, and with its link', async () => {
    const { vpp, loop, sub } = await subInterface();
    const set = (sw_if_index: number, flags: number) => vpp.retval('sw_interface_set_flags', { sw_if_index, flags });
    expect(await set(sub, 1)).toBe(-1);
    expect([await set(loop, 1), await set(sub, 1)]).toEqual([0, 0]);
    expect(await vpp.details(sub)).toMatchObject({ flags: 3 });
    expect(await set(loop, 0)).toBe(0);
    expect(await vpp.details(sub)).toMatchObject({ flags: 1 });
    expect([await set(sub, 0), await set(sub, 0)]).toEqual([0, 0]);
  });

  it.each([
    ['hw_interface_set_mtu', { mtu: 1400 }, -7],
    ['sw_interface_set_mtu', { mtu: [1400, 0, 0, 0] }, 0],
    ['sw_interface_set_mac_address', { mac_address: '02:00:5e:00:53:02' }, -9],
    ['sw_interface_add_del_mac_address', { addr: '02:00:5e:00:53:03', is_add: 1 }, 0],
    ['sw_interface_set_promisc', { promisc_on: true }, -7],
    ['collect_detailed_interface_stats', { enable_disable: true }, -7],
    ['sw_interface_set_rx_mode', { mode: 1 }, -7],
    ['sw_interface_set_rx_placement', { is_main: true }, -7],
    ['sw_interface_set_tx_placement', { array_size: 1, threads: [0] }, -7],
    ['sw_interface_tag_add_del', { is_add: true, tag: 'customer' }, 0],
  ])('%s %j: %i', async (name, fields, retval) => {
    const { vpp, sub } = await subInterface();
    expect(await vpp.retval(name, { sw_if_index: sub, ...fields })).toBe(retval);
  });

  it('MAC: that of its hardware, which the dump does not show', async () => {
    const { vpp, sub } = await subInterface();
    const mac = await vpp.ask('sw_interface_get_mac_address', { sw_if_index: sub });
    expect(mac).toMatchObject({ retval: 0, mac_address: '02:00:5e:00:53:01' });
  });

  it('delete_subif: gone; hardware and unknown ones are refused', async () => {
    const { vpp, loop, sub } = await subInterface();
    const remove = (sw_if_index: number) => vpp.retval('delete_subif', { sw_if_index });
    expect([await remove(UNKNOWN), await remove(loop), await remove(sub), await remove(sub)]).toEqual([-2, -98, 0, -2]);
  });

  it('delete_loopback of it: takes the loopback, and all that is on it', async () => {
    const { vpp, loop, sub } = await subInterface();
    expect(await vpp.retval('delete_loopback', { sw_if_index: sub })).toBe(0);
    expect([await vpp.details(loop), await vpp.details(sub)]).toEqual([undefined, undefined]);
  });
});

describe('a loopback', () => {
  it.each([
    ['hw_interface_set_mtu', { mtu: 1400 }, -126],
    ['hw_interface_set_mtu', { mtu: 9000 }, 0],
    ['sw_interface_add_del_mac_address', { addr: '02:00:5e:00:53:0a', is_add: 1 }, 0],
    ['sw_interface_add_del_mac_address', { addr: '02:00:5e:00:53:0b', is_add: 0 }, 0],
    ['sw_interface_set_promisc', { promisc_on: true }, -1],
    ['sw_interface_set_rx_mode', { mode: 1 }, 0],
    ['sw_interface_set_rx_mode', { mode: 2, queue_id_valid: true, queue_id: 0 }, -9],
    ['sw_interface_set_rx_placement', { is_main: true }, -9],
    ['sw_interface_set_tx_placement', { array_size: 1, threads: [0] }, -125],
    ['sw_interface_set_interface_name', { name: '' }, -7],
    ['interface_name_renumber', { new_show_dev_instance: 5 }, -9],
    ['sw_interface_set_ip_directed_broadcast', { enable: true }, 0],
    ['sw_interface_clear_stats', {}, 0],
    ['collect_detailed_interface_stats', { enable_disable: true }, 0],
  ])('%s %j: %i', async (name, fields, retval) => {
    const { vpp } = await begin();
    expect(await vpp.retval(name, { sw_if_index: await vpp.loopback(), ...fields })).toBe(retval);
  });

  it('renamed: its sub-interfaces as well', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 100 });
    expect(await vpp.retval('sw_interface_set_interface_name', { sw_if_index: loop, name: 'uplink' })).toBe(0);
    expect(await vpp.details(loop)).toMatchObject({ interface_name: 'uplink' });
    expect(await vpp.details(Number(sub))).toMatchObject({ interface_name: 'uplink.100' });
  });
});

describe('an unknown interface, and local0', () => {
  it.each([
    ['sw_interface_set_promisc', { promisc_on: true }, -2, -7],
    ['sw_interface_add_del_mac_address', { addr: '02:00:5e:00:53:0a', is_add: 1 }, -2, -9],
    ['sw_interface_set_rx_mode', { mode: 1 }, -2, 0],
    ['sw_interface_set_rx_placement', { is_main: true }, -2, -9],
    ['sw_interface_set_tx_placement', { array_size: 1, threads: [0] }, -2, -125],
    ['interface_name_renumber', { new_show_dev_instance: 5 }, -2, -9],
    ['sw_interface_clear_stats', {}, -2, 0],
    ['collect_detailed_interface_stats', { enable_disable: true }, -30, -30],
    ['delete_loopback', {}, -2, -2],
  ])('%s %j: %i, %i', async (name, fields, unknown, local) => {
    const { vpp } = await begin();
    expect(await vpp.retval(name, { sw_if_index: UNKNOWN, ...fields })).toBe(unknown);
    expect(await vpp.retval(name, { sw_if_index: 0, ...fields })).toBe(local);
  });

  it('default rx-mode: of the three', async () => {
    const { vpp } = await begin();
    const set = (mode: number) => vpp.retval('sw_interface_set_default_rx_mode', { mode });
    const get = async () => (await vpp.ask('sw_interface_get_default_rx_mode')).mode;
    expect([await set(3), await get(), await set(0), await set(4), await set(1), await get()]).toEqual([
      0, 3, -7, -7, 0, 1,
    ]);
  });
});

describe('unnumbered', () => {
  it('uses the addresses of another: dump, CLI, refusals', async () => {
    const { vpp } = await begin();
    const [one, two] = [await vpp.loopback(), await vpp.loopback()];
    const name = (await vpp.details(two))?.interface_name;
    await vpp.ask('sw_interface_add_del_address', { sw_if_index: two, is_add: true, prefix: '198.51.100.17/30' });
    const set = (lender: number, borrower: number, is_add = true) =>
      vpp.retval('sw_interface_set_unnumbered', { sw_if_index: lender, unnumbered_sw_if_index: borrower, is_add });
    expect([await set(two, one), await set(two, one)]).toEqual([0, 0]);
    const dump = (sw_if_index: number) => vpp.dump('ip_unnumbered_dump', { sw_if_index });
    expect(await dump(ALL)).toContainEqual(expect.objectContaining({ sw_if_index: one, ip_sw_if_index: two }));
    expect(await dump(one)).toMatchObject([{ sw_if_index: one, ip_sw_if_index: two }]);
    expect([await dump(two), await dump(UNKNOWN)]).toEqual([[], []]);
    expect(await vpp.dump('ip_address_dump', { sw_if_index: one })).toEqual([]);
    expect(await vpp.cli('show interface address')).toContain(
      `(dn): \n  unnumbered, use ${name}\n  L3 198.51.100.17/30\n`,
    );
    expect([await set(UNKNOWN, one), await set(two, UNKNOWN), await set(UNKNOWN, UNKNOWN, false)]).toEqual([
      -10, -2, -2,
    ]);
    expect([await set(UNKNOWN, one, false), await set(two, one, false)]).toEqual([0, 0]);
    expect(await dump(one)).toEqual([]);
  });

  it('in another table: refused, and so is a move with the addresses of another', async () => {
    const { vpp } = await begin();
    const [one, two] = [await vpp.loopback(), await vpp.loopback()];
    await vpp.ask('sw_interface_add_del_address', { sw_if_index: two, is_add: true, prefix: '198.51.100.21/30' });
    const table = { table_id: 4077, is_ip6: false };
    await vpp.ask('ip_table_add_del', { is_add: true, table });
    const move = (vrf_id: number) => vpp.retval('sw_interface_set_table', { sw_if_index: one, vrf_id });
    const set = (is_add: boolean) =>
      vpp.retval('sw_interface_set_unnumbered', { sw_if_index: two, unnumbered_sw_if_index: one, is_add });
    expect(await move(4077)).toBe(0);
    expect(await vpp.ask('sw_interface_get_table', { sw_if_index: one })).toMatchObject({ retval: 0, vrf_id: 4077 });
    expect(await set(true)).toBe(-74);
    expect([await move(4078), await move(0), await set(true), await move(4077)]).toEqual([-3, 0, 0, -114]);
    expect(await set(false)).toBe(0);
    await vpp.ask('ip_table_add_del', { is_add: false, table });
  });
});

describe('events', () => {
  it('the life of a sub-interface and its loopback', async () => {
    const { vpp } = await begin();
    const watcher = await vpp.another();
    await watcher.ask('want_interface_events', { enable_disable: 1, pid: 1 });
    const event = async () => {
      const { sw_if_index, flags, deleted } = (await watcher.message()).fields;
      return [sw_if_index, flags, deleted];
    };
    const set = (sw_if_index: number, flags: number) => vpp.ask('sw_interface_set_flags', { sw_if_index, flags });
    const loop = await vpp.loopback();
    expect(await event()).toEqual([loop, 0, false]);
    const sub = Number((await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 100 })).sw_if_index);
    expect(await event()).toEqual([sub, 0, false]);
    await set(loop, 1);
    expect(await event()).toEqual([loop, 3, false]);
    await set(sub, 1);
    expect(await event()).toEqual([sub, 1, false]);
    await set(loop, 0);
    expect(await event()).toEqual([loop, 0, false]);
    await vpp.ask('delete_subif', { sw_if_index: sub });
    expect(await event()).toEqual([sub, 0, true]);
    await vpp.ask('delete_loopback', { sw_if_index: loop });
    expect(await event()).toEqual([loop, 0, true]);
  });
});

describe('CLI', () => {
  it('set interface state: done, or refused in VPP’s words', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const name = (await vpp.details(loop))?.interface_name;
    expect(await vpp.cli(`set interface state ${name} up`)).toBe('0 ');
    expect(await vpp.details(loop)).toMatchObject({ flags: 3 });
    expect(await vpp.cli('set interface state nosuch up')).toBe(
      "-1 set interface state: unknown interface `nosuch up'\n",
    );
    expect(await vpp.cli('set interface state')).toBe("-1 set interface state: unknown interface `'\n");
    expect(await vpp.cli(`set interface state ${name} foo`)).toBe("-1 set interface state: unknown flags `foo'\n");
  });

  it('create and delete loopback interface', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli('create loopback interface instance 4077 mac 02:00:5e:00:53:99')).toBe('0 loop4077\n');
    expect(await vpp.cli('create loopback interface instance 4077')).toBe(
      '-1 create loopback interface: vnet_create_loopback_interface failed\n',
    );
    expect(await vpp.cli('show interface loop4077')).toMatch(/^0 .*\nloop4077 +\d+ +down +9000\/0\/0\/0 +\n$/);
    expect(await vpp.cli('delete loopback interface intfc loop4077')).toBe('0 ');
    expect(await vpp.cli('show interface loop4077')).toBe("-1 show interface: unknown input `loop4077'\n");
  });
});

describe('a bridge domain', () => {
  it('a second BVI: refused, but bridged', async () => {
    const { vpp } = await begin();
    const [one, two] = [await vpp.loopback(), await vpp.loopback()];
    const name = (await vpp.details(two))?.interface_name;
    const set = (rx_sw_if_index: number, enable: boolean) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id: 4077, port_type: 1, shg: 3, enable });
    expect([await set(one, true), await set(two, true)]).toEqual([0, -152]);
    const shown = await vpp.cli('show interface address');
    expect(shown).toMatch(new RegExp(`\\n${name} \\(dn\\):\\n  L2 bridge bd-id 4077 idx \\d+ shg 0  \\n`));
    const [domain] = await vpp.dump('bridge_domain_dump', { bd_id: 4077, sw_if_index: ALL });
    expect(domain).toMatchObject({ bvi_sw_if_index: one, n_sw_ifs: 1 });
    expect([await set(one, false), await set(two, false)]).toEqual([0, 0]);
    expect(await vpp.retval('bridge_domain_add_del', { bd_id: 4077, is_add: false })).toBe(0);
  });
});

describe('a table', () => {
  it('in use: stays until its last interface has left it, and is shown with its addresses', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const table = { table_id: 4079 };
    const tables = async () =>
      (await vpp.dump('ip_table_dump')).map(({ table: each }) => (each as { table_id: number }).table_id);
    const address = (is_add: boolean) =>
      vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix: '198.51.100.33/30' });
    await vpp.ask('ip_table_add_del', { is_add: true, table });
    expect(await vpp.retval('sw_interface_set_table', { sw_if_index: loop, vrf_id: 4079 })).toBe(0);
    expect(await address(true)).toBe(0);
    expect(await vpp.cli('show interface address')).toMatch(/L3 198.51.100.33\/30 ip4 table-id 4079 fib-idx \d+\n/);
    expect(await vpp.retval('ip_table_add_del', { is_add: false, table })).toBe(0);
    expect(await tables()).toContain(4079);
    expect([
      await address(false),
      await vpp.retval('sw_interface_set_table', { sw_if_index: loop, vrf_id: 0 }),
    ]).toEqual([0, 0]);
    expect(await tables()).not.toContain(4079);
  });
});

describe('ACLs', () => {
  it('one twice on an interface: 1, and those for what goes out in effect', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const r = [{ is_permit: 1, src_prefix: '0.0.0.0/0', dst_prefix: '0.0.0.0/0' }];
    const { acl_index: acl } = await vpp.ask('acl_add_replace', { acl_index: ALL, tag: 'contract', count: 1, r });
    const set = (n_input: number, acls: unknown[]) =>
      vpp.retval('acl_interface_set_acl_list', { sw_if_index: loop, count: acls.length, n_input, acls });
    expect([await set(2, [acl, acl]), await set(1, [acl, acl, acl]), await set(2, [acl, acl, acl])]).toEqual([1, 1, 1]);
    const [list] = await vpp.dump('acl_interface_list_dump', { sw_if_index: loop });
    expect(list).toMatchObject({ n_input: 0, acls: [acl] });
    expect([await set(0, []), await vpp.retval('acl_del', { acl_index: acl })]).toEqual([0, 0]);
  });
});
