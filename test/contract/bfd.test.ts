/** BFD over UDP: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const [ADMIN_DOWN, DOWN] = [0, 1];
const SHA1 = 4;
const KEY = Uint8Array.from({ length: 20 }, (_, at) => at);

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const key = { sw_if_index: loop, local_addr: '192.0.2.1', peer_addr: '192.0.2.2' };
  const timers = { desired_min_tx: 100_000, required_min_rx: 200_000, detect_mult: 3 };
  const authentication = { is_authenticated: false, bfd_key_id: 0, conf_key_id: 0 };
  const ask = (request: string, fields: Fields = {}) => vpp.retval(request, { ...key, ...fields });
  const add = (fields: Fields = {}, request = 'bfd_udp_add') =>
    ask(request, { ...timers, ...authentication, ...fields });
  const mod = (fields: Fields = {}) => ask('bfd_udp_mod', { ...timers, ...fields });
  const del = (fields: Fields = {}) => ask('bfd_udp_del', fields);
  const list = () => vpp.dump('bfd_udp_session_dump');
  const setKey = (fields: Fields = {}) =>
    vpp.retval('bfd_auth_set_key', { conf_key_id: 41, key_len: 20, auth_type: SHA1, key: KEY, ...fields });
  const deleteKey = (conf_key_id = 41) => vpp.retval('bfd_auth_del_key', { conf_key_id });
  const keys = async () =>
    (await vpp.dump('bfd_auth_keys_dump')).map((each) => `${each.conf_key_id} ${each.auth_type} ${each.use_count}`);
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const { sw_if_index, local_addr, peer_addr } of await client.dump('bfd_udp_session_dump')) {
      await client.ask('bfd_udp_del', { sw_if_index, local_addr, peer_addr });
    }
    for (const { conf_key_id } of await client.dump('bfd_auth_keys_dump')) {
      await client.ask('bfd_auth_del_key', { conf_key_id });
    }
  });
  return { vpp, loop, key, timers, ask, add, mod, del, list, setKey, deleteKey, keys };
}

it('sessions: refusals', async () => {
  const { add, mod, del, list } = await begin();
  for (const request of ['bfd_udp_add', 'bfd_udp_upd']) {
    expect(await add({ sw_if_index: UNKNOWN }, request)).toBe(-2);
    expect(await add({ peer_addr: '2001:db8::2' }, request)).toBe(-73);
    expect([await add({ detect_mult: 0 }, request), await add({ desired_min_tx: 0 }, request)]).toEqual([-73, -73]);
    expect(await add({ is_authenticated: true, conf_key_id: 77 }, request)).toBe(-102);
  }
  expect([await mod(), await del(), await mod({ sw_if_index: UNKNOWN }), await del({ sw_if_index: UNKNOWN })]).toEqual([
    -102, -102, -2, -2,
  ]);
  expect(await list()).toEqual([]);
});

it('sessions: added, changed without checks, and deleted', async () => {
  const { key, timers, add, mod, del, list } = await begin();
  const session = { ...key, ...timers, state: DOWN, is_authenticated: false };
  expect([
    await add({ required_min_rx: 0 }),
    await add(),
    await add({ detect_mult: 9, conf_key_id: 77, is_authenticated: true }),
  ]).toEqual([0, -101, -101]);
  expect(await list()).toMatchObject([{ ...session, required_min_rx: 0 }]);
  expect([await mod({ detect_mult: 0, desired_min_tx: 0 }), await list()]).toMatchObject([
    0,
    [{ ...session, detect_mult: 0, desired_min_tx: 0 }],
  ]);
  const six = { local_addr: '2001:db8::1', peer_addr: '2001:db8::2' };
  expect([await add(six, 'bfd_udp_upd'), await add({ detect_mult: 7 }, 'bfd_udp_upd')]).toEqual([0, 0]);
  expect(await list()).toMatchObject([
    { ...session, detect_mult: 7 },
    { ...session, ...six },
  ]);
  expect([await del(), await del(), await list()]).toMatchObject([0, -102, [six]]);
  expect([await add({ peer_addr: '192.0.2.3' }), await list()]).toMatchObject([0, [{ peer_addr: '192.0.2.3' }, six]]);
});

it('events: administratively down and up, and down before a deletion of the interface', async () => {
  const { vpp, ask, add, list } = await begin();
  const { sw_if_index } = await vpp.ask('create_loopback');
  const watcher = await vpp.another();
  expect(await watcher.ask('want_bfd_events', { enable_disable: true, pid: 5 })).toMatchObject({ retval: 0 });
  expect(await watcher.ask('want_bfd_events', { enable_disable: true, pid: 5 })).toMatchObject({ retval: -31 });
  const set = (flags: number, fields: Fields = {}) =>
    ask('bfd_udp_session_set_flags', { sw_if_index, flags, ...fields });
  expect(await set(0)).toBe(-102);
  await add({ sw_if_index });
  expect([await set(1), await set(0), await set(0), await set(2), await set(1)]).toEqual([0, 0, 0, 0, 0]);
  await vpp.ask('delete_loopback', { sw_if_index });
  const states: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    const { name, fields } = await watcher.message();
    expect([name, fields]).toMatchObject(['bfd_udp_session_event', { pid: 0, sw_if_index, detect_mult: 3 }]);
    states.push(fields.state);
  }
  expect(states).toEqual([ADMIN_DOWN, DOWN, ADMIN_DOWN]);
  expect(await list()).toEqual([]);
});

it('keys: SHA1 alone, and not changed while they are used', async () => {
  const { ask, add, del, setKey, deleteKey, keys } = await begin();
  for (const auth_type of [0, 1, 2, 3]) expect(await setKey({ auth_type })).toBe(-7);
  expect([await setKey({ key_len: 0 }), await setKey({ key_len: 21 }), await deleteKey()]).toEqual([-7, -7, -102]);
  expect([await setKey(), await setKey({ auth_type: 5 }), await setKey({ conf_key_id: 42 })]).toEqual([0, 0, 0]);
  expect(await keys()).toEqual(['41 5 0', '42 4 0']);
  expect(await add({ is_authenticated: true, conf_key_id: 42, bfd_key_id: 9 })).toBe(0);
  expect([await keys(), await setKey({ conf_key_id: 42 }), await deleteKey(42)]).toEqual([
    ['41 5 0', '42 4 1'],
    -103,
    -103,
  ]);
  expect(await ask('bfd_udp_auth_activate', { bfd_key_id: 7, conf_key_id: 41, is_delayed: false })).toBe(0);
  expect([await keys(), await deleteKey(42), await del(), await deleteKey()]).toEqual([['41 5 1', '42 4 0'], 0, 0, 0]);
});

it('authentication: immediately, or together with the peer', async () => {
  const { ask, add, list, setKey, keys } = await begin();
  const activate = (conf_key_id: number, is_delayed: boolean) =>
    ask('bfd_udp_auth_activate', { bfd_key_id: conf_key_id + 1, conf_key_id, is_delayed });
  const deactivate = (is_delayed: boolean) => ask('bfd_udp_auth_deactivate', { is_delayed });
  const shown = async () => (await list()).map((each) => [each.is_authenticated, each.conf_key_id, each.bfd_key_id]);
  await setKey();
  await setKey({ conf_key_id: 42 });
  expect([await activate(41, false), await deactivate(false)]).toEqual([-102, -102]);
  await add();
  expect([await activate(77, false), await activate(41, false), await activate(41, false)]).toEqual([-102, 0, 0]);
  expect([await shown(), await keys()]).toEqual([[[true, 41, 42]], ['41 4 1', '42 4 0']]);
  expect([await activate(42, true), await shown(), await keys()]).toEqual([0, [[true, 42, 43]], ['41 4 1', '42 4 1']]);
  expect([await deactivate(true), await shown()]).toEqual([0, [[false, 0, 0]]]);
  expect([await deactivate(false), await shown(), await keys()]).toEqual([0, [[false, 0, 0]], ['41 4 0', '42 4 0']]);
});

it('echo source: a neighbour of the first address that is not a host’s', async () => {
  const { vpp, loop } = await begin();
  const set = (sw_if_index: number) => vpp.retval('bfd_udp_set_echo_source', { sw_if_index });
  const address = (prefix: string) =>
    vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix });
  const source = () => vpp.ask('bfd_udp_get_echo_source');
  onTestFinished(async () => void (await (await vpp.another()).ask('bfd_udp_del_echo_source')));
  expect([await set(UNKNOWN), (await source()).is_set]).toEqual([-2, false]);
  expect([await set(loop), await source()]).toMatchObject([
    0,
    { is_set: true, sw_if_index: loop, have_usable_ip4: false, have_usable_ip6: false },
  ]);
  await address('198.51.100.7/32');
  expect(await source()).toMatchObject({ have_usable_ip4: false });
  for (const prefix of ['192.0.2.2/31', '203.0.113.1/24', '2001:db8::7/64']) await address(prefix);
  expect(await source()).toMatchObject({
    ...{ have_usable_ip4: true, ip4_addr: '192.0.2.3', have_usable_ip6: true, ip6_addr: '2001:db8::6' },
  });
  expect([await vpp.retval('bfd_udp_del_echo_source'), (await source()).is_set]).toEqual([0, false]);
});

it('the type of service of its packets', async () => {
  const vpp = await Contract.begin();
  for (const tos of [48, 0]) {
    expect(await vpp.retval('bfd_udp_set_tos', { tos })).toBe(0);
    expect(await vpp.ask('bfd_udp_get_tos')).toMatchObject({ retval: 0, tos });
  }
});
