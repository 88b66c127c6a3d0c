/** Redirects of classify sessions: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { withClassifier } from '../support/classifier.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const MPLS = 2;

/** Builds vectors of one byte, in a field of 80 bytes. */
const match = (byte: number, count = 1) =>
  Buffer.concat([Buffer.alloc(16 * count, byte), Buffer.alloc(80 - 16 * count)]);

async function withRedirects() {
  const { vpp, add: addTable, remove: removeTable } = await withClassifier();
  const one = await vpp.loopback();
  const table = await addTable({ mask: Buffer.alloc(16, 0x0f) });
  const via = (ip: string, sw_if_index = one, more: Fields = {}): Fields => {
    const v6 = ip.includes(':');
    return { sw_if_index, weight: 1, proto: v6 ? 1 : 0, nh: { address: v6 ? { ip6: ip } : { ip4: ip } }, ...more };
  };
  const add = (byte: number, paths: Fields[], more: Fields = {}) =>
    vpp.retval('ip_session_redirect_add_v2', {
      table_index: table,
      opaque_index: NONE,
      proto: NONE,
      match_len: 16,
      match: match(byte),
      n_paths: paths.length,
      paths,
      ...more,
    });
  const remove = (bytes: Buffer, table_index = table) =>
    vpp.retval('ip_session_redirect_del', { table_index, match_len: bytes.length, match: bytes });
  const list = async (table_index: number = NONE) =>
    (await vpp.dump('ip_session_redirect_dump', { table_index }))
      .map((each) => {
        const bytes = Buffer.from(each.match as Uint8Array).subarray(0, Number(each.match_length));
        const kinds = [each.is_punt ? 'punt' : 'acl', each.is_ip6 ? 'ip6' : 'ip4'];
        return [each.table_index, bytes.toString('hex'), ...kinds, each.opaque_index, (each.paths as Fields[]).length];
      })
      .sort(([, a], [, b]) => (String(a) < String(b) ? -1 : 1));
  const sessions = async () =>
    (await vpp.dump('classify_session_dump', { table_id: table }))
      .map((each) => `${Buffer.from(each.match as Uint8Array).toString('hex', 0, 1)} ${each.opaque_index}`)
      .sort();
  return { vpp, table, one, via, add, remove, list, sessions, addTable, removeTable };
}

describe('redirects of sessions', () => {
  it('made, changed and deleted, with a session of the table', async () => {
    const { table, via, add, remove, list, sessions, removeTable } = await withRedirects();
    const [hex, key] = ['31'.repeat(16), Buffer.alloc(16, 0x31)];
    expect(await add(0x31, [via('10.9.0.2')])).toBe(0);
    expect([await list(), await sessions()]).toEqual([[[table, hex, 'acl', 'ip4', NONE, 1]], [`01 ${NONE}`]]);
    expect(await add(0x31, [via('10.9.0.3'), via('10.9.0.4')], { opaque_index: 5, is_punt: true, proto: 1 })).toBe(0);
    expect([await list(), await sessions()]).toEqual([[[table, hex, 'punt', 'ip6', 5, 2]], ['01 5']]);
    expect(await add(0x32, [via('2001:db8::1')])).toBe(0);
    expect([await list(table), await list(UNKNOWN), await sessions()]).toEqual([
      [
        [table, hex, 'punt', 'ip6', 5, 2],
        [table, '32'.repeat(16), 'acl', 'ip6', NONE, 1],
      ],
      [],
      ['01 5', `02 ${NONE}`],
    ]);
    expect([await remove(Buffer.alloc(16, 0x99)), await remove(key.subarray(8)), await remove(match(0x31))]).toEqual([
      -6, -6, -6,
    ]);
    expect([await remove(key), await remove(key), await remove(Buffer.alloc(16, 0x32))]).toEqual([0, -6, 0]);
    expect([await list(), await sessions()]).toEqual([[], []]);
    await removeTable(table);
  });

  it('the older message: of the family of its first path', async () => {
    const { vpp, table, via, remove, list, removeTable } = await withRedirects();
    const older = (paths: Fields[]) =>
      vpp.retval('ip_session_redirect_add', {
        table_index: table,
        match_len: 16,
        match: match(0x31),
        opaque_index: 9,
        is_punt: true,
        n_paths: paths.length,
        paths,
      });
    expect([await older([]), await older([via('2001:db8::1')])]).toEqual([-52, 0]);
    expect(await list()).toEqual([[table, '31'.repeat(16), 'punt', 'ip6', 9, 1]]);
    expect(await remove(Buffer.alloc(16, 0x31))).toBe(0);
    await removeTable(table);
  });

  it('refused: no paths, paths that cannot be, other protocols', async () => {
    const { table, one, via, add, list, removeTable } = await withRedirects();
    expect([await add(0x31, []), await add(0x31, [via('10.9.0.2', UNKNOWN)])]).toEqual([-52, -54]);
    expect(await add(0x31, [via('10.9.0.2', one, { proto: 9 })])).toBe(-1);
    expect(await add(0x31, [via('10.9.0.2', one, { proto: MPLS })])).toBe(-97);
    expect([await add(0x31, [via('10.9.0.2')], { proto: 4 }), await list()]).toEqual([-97, []]);
    await removeTable(table);
  });

  it('a table that is not there: refused, and kept', async () => {
    const { table, via, add, remove, list, addTable, removeTable } = await withRedirects();
    const gone = await addTable();
    await removeTable(gone);
    expect(await add(0x31, [via('10.9.0.2')], { table_index: gone })).toBe(-65);
    expect(await list()).toEqual([[gone, '31'.repeat(16), 'acl', 'ip4', NONE, 1]]);
    const key = Buffer.alloc(16, 0x31);
    expect(await remove(key, gone)).toBe(-65);
    expect(await addTable()).toBe(gone);
    expect([await add(0x31, [via('10.9.0.2')], { table_index: gone }), await remove(key, gone)]).toEqual([0, 0]);
    expect(await list()).toEqual([]);
    await removeTable(gone);
    await removeTable(table);
  });
});
