/** IPsec security associations: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { INBOUND_TUNNEL, keyOf, OUTBOUND_TUNNEL, securityAssociations, TUNNEL } from '../support/contract-ipsec.js';

const NONE = 0xffffffff;
const ID = 7000;
const FULL_WINDOW = 0xffffffffffffffffn;
const ENDS = { src: '192.0.2.1', dst: '192.0.2.2' };
const V6_ENDS = { src: '2001:db8::1', dst: '2001:db8::2' };

async function begin() {
  const vpp = await Contract.begin();
  return { vpp, ...securityAssociations(vpp) };
}

describe('a security association', () => {
  it.each(['add', 'add_v2', 'add_del', 'add_del_v2', 'add_del_v3'])('by ipsec_sad_entry_%s', async (version) => {
    const { ask, details } = await begin();
    const { retval, stat_index } = await ask(ID, {}, version);
    expect(retval).toBe(0);
    const common = { sw_if_index: NONE, seq_outbound: 0n, last_seq_inbound: 0n, replay_window: 0n, stat_index };
    const entry = {
      ...{ sad_id: ID, spi: 1000, protocol: 50, crypto_algorithm: 1, crypto_key: keyOf(16), integrity_algorithm: 2 },
      ...{ integrity_key: keyOf(20), flags: 0, salt: 0x04030201, udp_src_port: 0, udp_dst_port: 0 },
    };
    const none = { ...TUNNEL, src: '0.0.0.0', dst: '0.0.0.0' };
    const flat = { ...entry, tunnel_src: '0.0.0.0', tunnel_dst: '0.0.0.0', tx_table_id: 0 };
    expect(await details(ID, '')).toMatchObject({ ...common, entry: flat, salt: 0 });
    expect(await details(ID, '_v2')).toMatchObject({ ...common, entry: { ...flat, tunnel_flags: 0, dscp: 0 } });
    expect(await details(ID, '_v3')).toMatchObject({ ...common, entry: { ...entry, tunnel: none } });
    expect(await details(ID, '_v4')).toMatchObject({ ...common, entry: { ...entry, tunnel: none }, thread_index: 0 });
    const last = { ...entry, tunnel: none, anti_replay_window_size: 0 };
    expect(await details(ID, '_v5')).toMatchObject({ ...common, entry: last });
    expect(await details(ID + 1)).toBeUndefined();
  });

  it('in tunnel mode: the outer header comes back', async () => {
    const { ask, details } = await begin();
    const outer = { ...ENDS, encap_decap_flags: 0x3f, mode: 1, dscp: 46, hop_limit: 17 };
    await ask(ID, { flags: OUTBOUND_TUNNEL, tunnel: { ...TUNNEL, ...outer, instance: 5, sw_if_index: 7, flags: 2 } });
    expect(await details(ID)).toMatchObject({ entry: { flags: 4, tunnel: { ...TUNNEL, ...outer, flags: 1 } } });
    const flat = { flags: 4, tunnel_src: ENDS.src, tunnel_dst: ENDS.dst, tunnel_flags: 0x3f, dscp: 46 };
    expect(await details(ID, '_v2')).toMatchObject({ entry: flat });
  });

  it('in tunnel mode over IPv6: a flag more', async () => {
    const { ask, details } = await begin();
    await ask(ID, { flags: INBOUND_TUNNEL, tunnel: { ...TUNNEL, ...V6_ENDS } });
    expect(await details(ID)).toMatchObject({ entry: { flags: 0x4c, tunnel: V6_ENDS } });
  });

  it('of the first two versions: hop limit 255; ends and tables are not looked at', async () => {
    const { ask, details } = await begin();
    await ask(ID, { flags: OUTBOUND_TUNNEL, tunnel_dst: ENDS.src }, 'add_del');
    expect(await details(ID)).toMatchObject({ entry: { tunnel: { src: ENDS.src, dst: ENDS.src, hop_limit: 255 } } });
    await ask(ID + 1, { flags: INBOUND_TUNNEL, tx_table_id: 999 }, 'add_del');
    expect(await details(ID + 1, '')).toMatchObject({ entry: { tx_table_id: 0 } });
    await ask(ID + 2, { flags: INBOUND_TUNNEL, tx_table_id: 999, tunnel_flags: 0x1f, dscp: 46 }, 'add_del_v2');
    const outer = { table_id: 999, encap_decap_flags: 0x1f, dscp: 46, hop_limit: 255 };
    expect(await details(ID + 2)).toMatchObject({ entry: { tunnel: outer } });
  });

  it.each([
    [0, 64],
    [64, 64],
    [65, 128],
    [5000, 8192],
  ])('a window of %i against replays is %i', async (asked, size) => {
    const { ask, details } = await begin();
    await ask(ID, { flags: 2, anti_replay_window_size: asked }, 'add_v2');
    expect(await details(ID)).toMatchObject({ replay_window: FULL_WINDOW, entry: { anti_replay_window_size: size } });
  });

  it('in UDP: ports, 4500 where none is given; unknown flags are dropped', async () => {
    const { ask, details } = await begin();
    await ask(ID, { flags: 0xff30, udp_src_port: 0xffff, udp_dst_port: 7 }, 'add_del_v3');
    expect(await details(ID)).toMatchObject({ entry: { flags: 0x10, udp_src_port: 4500, udp_dst_port: 7 } });
  });

  it('of AH: no encryption, though its key is kept', async () => {
    const { ask, details } = await begin();
    await ask(ID, { protocol: 51 });
    const kept = { protocol: 51, crypto_algorithm: 0, crypto_key: keyOf(16), integrity_algorithm: 2 };
    expect(await details(ID)).toMatchObject({ entry: kept });
  });

  it('without integrity: its key is dropped', async () => {
    const { ask, details } = await begin();
    expect(await ask(ID, { crypto_algorithm: 7, integrity_algorithm: 0 })).toMatchObject({ retval: 0 });
    expect(await details(ID)).toMatchObject({ entry: { crypto_key: keyOf(16), integrity_key: keyOf(0) } });
  });
});

describe('refusals', () => {
  it.each<[string, Fields, number]>([
    ['an unknown protocol', { protocol: 7 }, -153],
    ['an unknown encryption', { crypto_algorithm: 99 }, -154],
    ['an unknown integrity', { integrity_algorithm: 7 }, -154],
    ['AH without integrity', { protocol: 51, integrity_algorithm: 0 }, -9],
    ['GCM with integrity', { crypto_algorithm: 7 }, -9],
    ['CTR with MD5', { crypto_algorithm: 4, integrity_algorithm: 1 }, -9],
    ['DES, which nothing does', { crypto_algorithm: 10, crypto_key: keyOf(8), integrity_algorithm: 0 }, -156],
    ['a key of another length', { crypto_key: keyOf(24) }, -156],
    ['two families', { flags: 4, tunnel: { ...TUNNEL, dst: V6_ENDS.dst } }, -153],
    ['the same address twice', { flags: 4, tunnel: { ...TUNNEL, dst: ENDS.src } }, -82],
    ['an unknown mode', { flags: 4, tunnel: { ...TUNNEL, mode: 2 } }, -8],
    ['unknown flags of the tunnel', { flags: 4, tunnel: { ...TUNNEL, flags: 4 } }, -8],
    ['an unknown table', { flags: 4, tunnel: { ...TUNNEL, table_id: 999 } }, -3],
  ])('%s', async (_, fields, retval) => {
    const { ask, details } = await begin();
    expect(await ask(ID, fields)).toMatchObject({ retval, stat_index: NONE });
    expect(await details(ID)).toBeUndefined();
  });

  it.each<[string, Fields]>([
    ['CTR with SHA1', { crypto_algorithm: 4 }],
    ['3DES with SHA-512', { crypto_algorithm: 11, crypto_key: keyOf(24), integrity_algorithm: 6 }],
    ['a key without bytes', { crypto_key: keyOf(0) }],
    ['any key for integrity', { integrity_key: keyOf(5) }],
    ['neither encryption nor integrity', { crypto_algorithm: 0, integrity_algorithm: 0 }],
    ['transport mode, whatever its tunnel', { tunnel: { ...TUNNEL, mode: 2, dst: ENDS.src } }],
  ])('not %s', async (_, fields) => {
    const { ask } = await begin();
    expect(await ask(ID, fields)).toMatchObject({ retval: 0 });
  });

  it('an id that exists, and one that does not', async () => {
    const { vpp, ask, remove } = await begin();
    await ask(ID);
    expect(await ask(ID)).toMatchObject({ retval: -116, stat_index: NONE });
    expect(await remove(ID)).toBe(0);
    expect(await remove(ID)).toBe(-6);
    for (const version of ['', '_v2', '_v3']) {
      const gone = await vpp.ask(`ipsec_sad_entry_add_del${version}`, { is_add: false, entry: { sad_id: ID } });
      expect(gone).toMatchObject({ retval: -6, stat_index: NONE });
    }
  });
});

it('an index that is free again is given out, after a refusal as well', async () => {
  const { ask, remove } = await begin();
  const { stat_index } = await ask(ID);
  await ask(ID + 1);
  await remove(ID);
  expect(await ask(ID + 2, { crypto_key: keyOf(5) })).toMatchObject({ retval: -156 });
  expect(await ask(ID + 3)).toMatchObject({ retval: 0, stat_index });
});

describe('ipsec_sad_entry_update', () => {
  const KEEP = 0xffff;

  it('changes ports, and the outer header when its ends change', async () => {
    const { vpp, ask, details } = await begin();
    await ask(ID, { flags: 0x14 });
    const update = (fields: Fields) =>
      vpp.retval('ipsec_sad_entry_update', {
        sad_id: ID,
        tunnel: TUNNEL,
        udp_src_port: KEEP,
        udp_dst_port: KEEP,
        ...fields,
      });
    expect(await update({ udp_src_port: 1 })).toBe(0);
    expect(await details(ID)).toMatchObject({ entry: { udp_src_port: 1, udp_dst_port: 4500, tunnel: ENDS } });
    expect(await update({ is_tun: true, tunnel: { ...TUNNEL, hop_limit: 9 } })).toBe(0);
    expect(await details(ID)).toMatchObject({ entry: { tunnel: { ...ENDS, hop_limit: 0 } } });
    const moved = { ...TUNNEL, dst: '192.0.2.9', hop_limit: 3, mode: 1 };
    expect(await update({ is_tun: true, tunnel: moved, udp_dst_port: 9 })).toBe(0);
    expect(await details(ID)).toMatchObject({ entry: { udp_dst_port: 9, tunnel: moved } });
    expect(await update({ is_tun: true, tunnel: { ...TUNNEL, table_id: 999 } })).toBe(-3);
    expect(await update({ sad_id: ID + 1 })).toBe(-6);
    expect(await update({ sad_id: ID + 1, is_tun: true, tunnel: { ...TUNNEL, dst: ENDS.src } })).toBe(-82);
  });

  it('leaves transport mode without UDP as it was', async () => {
    const { vpp, ask, details } = await begin();
    await ask(ID);
    const asked = { sad_id: ID, is_tun: true, tunnel: TUNNEL, udp_src_port: 1, udp_dst_port: 2 };
    expect(await vpp.retval('ipsec_sad_entry_update', asked)).toBe(0);
    expect(await details(ID)).toMatchObject({
      entry: { udp_src_port: 0, udp_dst_port: 0, tunnel: { src: '0.0.0.0' } },
    });
  });
});

it('an outbound tunnel looks its destination up: it has a route, and its table stays', async () => {
  const { vpp, ask, remove } = await begin();
  const table = { table_id: 7055, is_ip6: false };
  const setTable = (is_add: boolean) => vpp.retval('ip_table_add_del', { is_add, table });
  const routes = async () => {
    const all = await vpp.dump('ip_route_dump', { table });
    return all.map(({ route }) => (route as Fields).prefix).filter((prefix) => String(prefix).startsWith('192.'));
  };
  const hasTable = async () =>
    (await vpp.dump('ip_table_dump')).some((each) => (each.table as Fields).table_id === 7055);
  await setTable(true);
  await ask(ID, { flags: OUTBOUND_TUNNEL, tunnel: { ...TUNNEL, table_id: 7055 } });
  await ask(ID + 1, { flags: INBOUND_TUNNEL, tunnel: { ...TUNNEL, dst: '192.0.2.3', table_id: 7055 } });
  expect(await routes()).toEqual(['192.0.2.2/32']);
  await setTable(false);
  expect([await hasTable(), await routes()]).toEqual([true, ['192.0.2.2/32']]);
  await remove(ID);
  expect(await hasTable()).toBe(false);
});

it('threads, async mode, and backends, which are no more', async () => {
  const { vpp, ask, details } = await begin();
  await ask(ID);
  expect(await vpp.retval('ipsec_sad_bind', { sa_id: ID, worker: 999 })).toBe(-89);
  expect(await vpp.retval('ipsec_sad_bind', { sa_id: ID + 1, worker: 999 })).toBe(-7);
  expect(await vpp.retval('ipsec_sad_unbind', { sa_id: ID })).toBe(0);
  expect(await details(ID)).toMatchObject({ thread_index: 0xffff });
  expect(await vpp.retval('ipsec_sad_unbind', { sa_id: ID + 1 })).toBe(-7);
  expect(await vpp.retval('ipsec_set_async_mode', { async_enable: true })).toBe(0);
  expect(await vpp.retval('ipsec_set_async_mode', { async_enable: false })).toBe(0);
  expect(await vpp.dump('ipsec_backend_dump')).toEqual([]);
  expect(await vpp.retval('ipsec_select_backend', { protocol: 50, index: 0 })).toBe(-9);
});
