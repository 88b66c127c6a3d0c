/** Chains of classify tables: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { vectors, withClassifier } from '../support/classifier.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;

describe.each([
  ['trace', false],
  ['pcap', true],
])('chains of classify tables: %s', (use, ofInterface) => {
  async function withChain() {
    const { vpp, add, info, ids } = await withClassifier();
    const at = ofInterface ? { sw_if_index: await vpp.loopback() } : {};
    const set = (table_index: number, sort_masks = false) =>
      vpp.ask(`classify_${use}_set_table`, { ...at, table_index, sort_masks });
    const get = async () => (await vpp.ask(`classify_${use}_get_tables`, at)).indices;
    const find = (more: Fields) =>
      vpp.ask(`classify_${use}_lookup_table`, { ...at, match_n_vectors: 1, mask: vectors(1), ...more });
    const few = await add({ mask: vectors(1, 1) });
    const all = await add({ next_table_index: few });
    const wide = await add({ match_n_vectors: 2, mask: vectors(2, 3), skip_n_vectors: 1, next_table_index: all });
    return { vpp, set, get, find, info, ids, few, all, wide };
  }

  it('set, found by mask, and deleted with all their tables', async () => {
    const { set, get, find, ids, few, all, wide } = await withChain();
    expect(await set(UNKNOWN)).toMatchObject({ retval: -7, table_index: UNKNOWN });
    expect(await set(wide)).toMatchObject({ retval: 0, table_index: wide });
    expect(await get()).toEqual([wide, all, few]);
    const pair = { match_n_vectors: 2, mask: vectors(2, 3) };
    expect(await find({})).toMatchObject({ retval: 0, table_index: all });
    expect(await find({ ...pair, skip_n_vectors: 1 })).toMatchObject({ retval: 0, table_index: wide });
    expect(await find(pair)).toMatchObject({ retval: 0, table_index: NONE });
    expect(await find({ mask: vectors(1, 7) })).toMatchObject({ retval: 0, table_index: NONE });
    expect(await set(all)).toMatchObject({ retval: 0, table_index: all });
    expect([await get(), await ids()]).toEqual([[all, few], [few, all, wide].sort((a, b) => a - b)]);
    expect(await set(wide)).toMatchObject({ retval: 0 });
    expect(await set(NONE)).toMatchObject({ retval: 0, table_index: NONE });
    expect([await get(), await ids()]).toEqual([[], []]);
  });

  it('sorted: the most bits first', async () => {
    const { set, get, info, few, all, wide } = await withChain();
    expect(await set(wide, true)).toMatchObject({ retval: 0, table_index: all });
    expect(await get()).toEqual([all, wide, few]);
    expect([await info(all), await info(wide), await info(few)]).toMatchObject([
      { next_table_index: wide },
      { next_table_index: few },
      { next_table_index: NONE },
    ]);
    await set(NONE);
  });

  it.each([
    ['too much to skip', { skip_n_vectors: 6 }],
    ['nothing to match', { match_n_vectors: 0, mask: Buffer.alloc(0) }],
    ['too much to match', { match_n_vectors: 6, mask: vectors(6) }],
    ['a mask of another length', { mask: vectors(2) }],
  ])('refused: %s', async (_, fields) => {
    const { set, find, wide } = await withChain();
    await set(wide);
    expect(await find(fields)).toMatchObject({ retval: -7, table_index: NONE });
    await set(NONE);
  });
});

it('chains of classify tables: of all interfaces, or of one beyond all that had one, are refused', async () => {
  const { vpp } = await withClassifier();
  const mask = { match_n_vectors: 1, mask: vectors(1) };
  for (const sw_if_index of [NONE, UNKNOWN]) {
    expect(await vpp.ask('classify_pcap_get_tables', { sw_if_index })).toMatchObject({ retval: -7, indices: [] });
    expect(await vpp.retval('classify_pcap_lookup_table', { sw_if_index, ...mask })).toBe(-7);
  }
  expect(await vpp.retval('classify_pcap_set_table', { sw_if_index: NONE, table_index: NONE })).toBe(-7);
});
