/** GRE tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const Type = { L3: 0, TEB: 1, ERSPAN: 2 };
const TUNNEL: Fields = {
  ...{ type: Type.L3, mode: 0, flags: 0, session_id: 0, instance: ALL, outer_table_id: 0 },
  ...{ src: '192.0.2.1', dst: '192.0.2.2' },
};
const V6 = { src: '2001:db8::1', dst: '2001:db8::2' };
const MANY = { mode: 1, dst: '0.0.0.0' };

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}, isAdd = true, version = '_v2') =>
    vpp.ask(`gre_tunnel_add_del${version}`, { is_add: isAdd, tunnel: { ...TUNNEL, ...fields } });
  const remove = async (fields: Fields = {}, version = '_v2') => (await ask(fields, false, version)).retval;
  /** Adds a tunnel that goes after the test; gives its sw_if_index. */
  const add = async (fields: Fields = {}, version = '_v2') => {
    const { retval, sw_if_index } = await ask(fields, true, version);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await remove(fields, version)));
    return Number(sw_if_index);
  };
  const dump = async (swIfIndex: number, name = 'gre_tunnel_v2_dump') =>
    (await vpp.dump(name, { sw_if_index: swIfIndex })).map(({ tunnel }) => tunnel as Fields);
  return { vpp, ask, add, remove, dump };
}

describe('a tunnel', () => {
  it.each<[string, Fields, number]>([
    ['of IP packets', { flags: 3 }, 65512],
    ['of IP packets, over IPv6', V6, 65492],
    ['to many peers', MANY, 65512],
    ['with a key', { key: 5 }, 65512],
  ])('%s: an interface without a MAC address', async (_, fields, linkMtu) => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add({ ...fields, instance: 70 });
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: 'gre70', interface_dev_type: 'GRE tunnel device', flags: 0 },
      ...{ link_mtu: linkMtu, mtu: [9000, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
    });
    const shown = { ...TUNNEL, key: 0, ...fields, instance: 70, sw_if_index: swIfIndex };
    expect(await dump(swIfIndex)).toEqual([shown]);
    expect(await dump(swIfIndex, 'gre_tunnel_dump_v2')).toEqual([shown]);
    const { key, ...without } = shown;
    expect(await dump(swIfIndex, 'gre_tunnel_dump')).toEqual([without]);
    expect(await dump(0)).toEqual([]);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: swIfIndex, mtu: 1500 })).toBe(-30);
  });

  it.each<[string, Fields, number]>([
    ['of Ethernet frames', { type: Type.TEB }, 8998],
    ['of Ethernet frames, over IPv6', { type: Type.TEB, ...V6 }, 8978],
    ['of mirrored frames', { type: Type.ERSPAN, session_id: 1023 }, 8998],
  ])('%s: an Ethernet interface', async (_, fields, linkMtu) => {
    const { vpp, add, dump } = await begin();
    const at = { sw_if_index: await add({ ...fields, instance: 70 }, '') };
    const details = { flags: 0, link_mtu: linkMtu, mtu: [9000, 0, 0, 0] };
    const mac = expect.stringMatching(/^d0:0b:ee:d0:/);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({ ...details, l2_address: mac });
    expect(await dump(at.sw_if_index)).toMatchObject([fields]);
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(0);
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(-1);
    expect(await vpp.retval('sw_interface_set_flags', { ...at, flags: 1 })).toBe(0);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({ ...details, flags: 3, l2_address: '02:00:5e:00:53:09' });
  });

  it('to many peers over IPv6 is read back with an address of IPv4', async () => {
    const { add, dump } = await begin();
    const swIfIndex = await add({ mode: 1, src: '2001:db8::1', dst: '::' });
    expect(await dump(swIfIndex)).toMatchObject([{ src: '2001:db8::1', dst: '0.0.0.0' }]);
  });

  it('is told apart by type, mode, session and key', async () => {
    const { add, ask } = await begin();
    const others: Fields[] = [
      ...[{}, { type: Type.TEB }, { type: Type.ERSPAN, session_id: 5 }, { type: Type.ERSPAN, session_id: 6 }],
      ...[{ key: 5 }, { key: 0xffffffff }, { dst: '0.0.0.0' }, MANY, { session_id: 77 }],
    ];
    const made = new Set<number>();
    for (const fields of others) made.add(await add(fields));
    expect(made.size).toBe(others.length);
    for (const fields of others)
      expect(await ask({ ...fields, flags: 1 })).toMatchObject({ retval: -79, sw_if_index: ALL });
  });
});

describe('refusals', () => {
  it.each<[string, Fields, number]>([
    ['an instance in use', { dst: '192.0.2.3', instance: 70 }, -147],
    ['the same address twice', { dst: '192.0.2.1' }, -82],
    ['two families', { dst: '2001:db8::1' }, -153],
    ['an unknown table', { outer_table_id: 99 }, -3],
    ['an unknown type', { type: 9 }, -7],
    ['an unknown mode', { mode: 7 }, -8],
    ['a session that is too large', { session_id: 1024 }, -148],
    ['many peers at one address', { mode: 1 }, -58],
    ['many peers, before them the session', { mode: 1, session_id: 5000 }, -148],
    ['a type, before it the addresses', { type: 9, dst: '192.0.2.1' }, -82],
  ])('%s', async (_, fields, retval) => {
    const { ask, add } = await begin();
    await add({ instance: 70 });
    for (const version of ['', '_v2'])
      expect(await ask(fields, true, version)).toMatchObject({ retval, sw_if_index: ALL });
  });

  it('deletion of what is none', async () => {
    const { vpp, add, ask, remove, dump } = await begin();
    const swIfIndex = await add();
    expect(await vpp.retval('delete_loopback', { sw_if_index: swIfIndex })).toBe(-2);
    expect([await remove({ key: 99 }), await remove({ outer_table_id: 99 }), await remove({ type: 1 })]).toEqual([
      -6, -3, -6,
    ]);
    expect(await ask({ flags: 7, instance: 5000 }, false, '')).toMatchObject({ retval: 0, sw_if_index: swIfIndex });
    expect(await remove()).toBe(-6);
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
  });
});

it('a deleted table does not keep its tunnels from working, but from being deleted', async () => {
  const { vpp, ask, add, dump } = await begin();
  const table = { table_id: 33_007, is_ip6: false };
  const set = async (isAdd: boolean) => void (await vpp.ask('ip_table_add_del', { is_add: isAdd, table }));
  await set(true);
  onTestFinished(() => set(false));
  const swIfIndex = await add({ outer_table_id: 33_007 });
  await set(false);
  expect(await dump(swIfIndex)).toMatchObject([{ outer_table_id: 33_007 }]);
  expect(await ask({ outer_table_id: 33_007 }, false)).toMatchObject({ retval: -3, sw_if_index: ALL });
  await set(true);
});

it('the CLI lists tunnels', async () => {
  const { vpp, add } = await begin();
  const swIfIndex = await add({ type: Type.ERSPAN, session_id: 5, instance: 70, key: 7 });
  const all = await vpp.cli('show gre tunnel');
  const [line, index] = /\[(\d+)\] instance 70 .*\n/.exec(all) ?? [];
  expect(await vpp.cli(`show gre tunnel ${index}`)).toBe(`0 ${line}`);
  expect(all).toMatch(
    new RegExp(
      `\\[\\d+\\] instance 70 src 192\\.0\\.2\\.1 dst 192\\.0\\.2\\.2 fib-idx 0 sw-if-idx ${swIfIndex} payload ERSPAN point-to-point key 7 session 5 (l2-adj-idx \\d+ )?\\n`,
    ),
  );
});
