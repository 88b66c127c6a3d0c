/** Classify tables and their sessions: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { vectors, withClassifier } from '../support/classifier.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const REFUSED = { new_table_index: NONE, skip_n_vectors: NONE, match_n_vectors: NONE };

describe('classify tables', () => {
  it('made, chained and deleted: as given, with buckets of a power of two', async () => {
    const { table, add, remove, info, ids } = await withClassifier();
    const one = await add();
    const made = await table({
      match_n_vectors: 3,
      mask: vectors(3, 0x0f),
      skip_n_vectors: 2,
      nbuckets: 7,
      next_table_index: one,
      miss_next_index: 5,
    });
    const two = Number(made.new_table_index);
    expect(made).toMatchObject({ retval: 0, skip_n_vectors: 2, match_n_vectors: 3 });
    const both = [one, two].sort((a, b) => a - b);
    expect(await ids()).toEqual(both);
    const { mask, ...rest } = await info(two);
    expect(rest).toMatchObject({
      retval: 0,
      table_id: two,
      nbuckets: 8,
      match_n_vectors: 3,
      skip_n_vectors: 2,
      active_sessions: 0,
      next_table_index: one,
      miss_next_index: 5,
      mask_length: 48,
    });
    expect(Buffer.from(mask as Uint8Array)).toEqual(vectors(3, 0x0f));
    const changed = await table({ table_index: two, next_table_index: NONE, miss_next_index: 9, nbuckets: 0 });
    expect(changed).toMatchObject({ retval: 0, new_table_index: two, skip_n_vectors: 2, match_n_vectors: 3 });
    expect(await info(two)).toMatchObject({ next_table_index: NONE, miss_next_index: 5, nbuckets: 8 });
    expect([await remove(two), await remove(two), await ids()]).toEqual([0, -65, [one]]);
    const anew = await add({ table_index: UNKNOWN, next_table_index: one });
    expect([await ids(), await remove(anew, { del_chain: true }), await ids()]).toEqual([both, 0, []]);
  });

  it.each([
    ['a mask of another length', { mask: vectors(2) }, -7],
    ['nothing to match', { mask: Buffer.alloc(0), match_n_vectors: 0 }, -7],
    ['too much to match', { match_n_vectors: 6 }, -7],
    ['no memory', { memory_size: 0 }, -70],
    ['no buckets', { nbuckets: 0 }, -7],
    ['deleting an unknown one', { is_add: false, table_index: UNKNOWN }, -65],
    ['deleting without a mask', { is_add: false, table_index: UNKNOWN, mask: Buffer.alloc(0) }, -7],
  ])('refused: %s', async (_, fields, retval) => {
    const { vpp, table, ids } = await withClassifier();
    expect(await table(fields)).toMatchObject({ retval, ...REFUSED });
    expect([await ids(), (await vpp.ask('classify_table_info', { table_id: UNKNOWN })).retval]).toEqual([[], -91]);
  });
});

describe('classify sessions', () => {
  it('by what the mask leaves of them; a second one replaces the first', async () => {
    const { add, remove, session, sessions, info } = await withClassifier();
    const plain = await add();
    const masked = await add({ match_n_vectors: 2, mask: vectors(2, 0x0f), skip_n_vectors: 1 });
    expect([
      await session(UNKNOWN, vectors(1)),
      await session(plain, vectors(2)),
      await session(masked, vectors(2)),
    ]).toEqual([-65, -7, -7]);
    expect(await session(plain, vectors(1, 1))).toBe(0);
    expect(await session(plain, vectors(1, 1), { hit_next_index: 3, opaque_index: 7, advance: -4 })).toBe(0);
    expect(await session(plain, vectors(1, 2), { hit_next_index: 70000, advance: 14 })).toBe(0);
    expect([await session(masked, vectors(3, 0xa5)), await session(masked, vectors(3, 0xb5))]).toEqual([0, 0]);
    expect(await sessions(plain)).toMatchObject([
      { hit_next_index: 3, advance: -4, opaque_index: 7, match_length: 16, match: '01'.repeat(16) },
      { hit_next_index: 4464, advance: 14, opaque_index: NONE, match: '02'.repeat(16) },
    ]);
    expect(await sessions(masked)).toMatchObject([
      { table_id: masked, hit_next_index: 65535, match_length: 32, match: '05'.repeat(32) },
    ]);
    expect([(await info(plain)).active_sessions, (await info(masked)).active_sessions]).toEqual([2, 1]);
    const gone = (match: Buffer) => session(plain, match, { is_add: false });
    expect([await gone(vectors(1, 2)), await gone(vectors(1, 2)), await gone(vectors(1, 9))]).toEqual([0, -6, -6]);
    expect([await sessions(plain), await sessions(UNKNOWN)]).toMatchObject([[{ hit_next_index: 3 }], []]);
    expect([await remove(plain), await remove(masked)]).toEqual([0, 0]);
  });

  it('into an IP table: make it, and keep it', async () => {
    const { vpp, add, remove, session } = await withClassifier();
    const index = await add();
    const tables = async () =>
      (await vpp.dump('ip_table_dump')).map((each) => each.table as Fields).filter(({ table_id }) => table_id !== 0);
    expect(await session(index, vectors(1, 1), { action: 1, metadata: 4711 })).toBe(0);
    expect(await session(index, vectors(1, 2), { action: 2, metadata: 4712 })).toBe(0);
    expect(await tables()).toMatchObject([
      { table_id: 4711, is_ip6: false, name: 'ipv4-VRF:4711' },
      { table_id: 4712, is_ip6: true, name: 'ipv6-VRF:4712' },
    ]);
    await vpp.ask('ip_table_add_del', { is_add: false, table: { table_id: 4711 } });
    expect(await tables()).toMatchObject([{ table_id: 4711 }, { table_id: 4712 }]);
    expect(await session(index, vectors(1, 1), { is_add: false })).toBe(0);
    expect(await tables()).toMatchObject([{ table_id: 4712 }]);
    expect(await session(index, vectors(1, 2), { is_add: false })).toBe(0);
    expect([await tables(), await remove(index)]).toEqual([[], 0]);
  });
});
