/** Classify tables and sessions of the VPP that VPP_API_SOCKET names, else of a mock. */
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from './contract-client.js';

const NONE = 0xffffffff;

/** Builds vectors of one byte. */
export const vectors = (count: number, byte = 0xff) => Buffer.alloc(16 * count, byte);

export async function withClassifier() {
  const vpp = await Contract.begin();
  const table = (more: Fields = {}) =>
    vpp.ask('classify_add_del_table', {
      is_add: true,
      mask: vectors(Number(more.match_n_vectors ?? 1)),
      table_index: NONE,
      nbuckets: 2,
      memory_size: 2 ** 20,
      match_n_vectors: 1,
      next_table_index: NONE,
      miss_next_index: NONE,
      ...more,
    });
  const add = async (more: Fields = {}) => Number((await table(more)).new_table_index);
  const remove = async (table_index: number, more: Fields = {}) =>
    (await table({ is_add: false, table_index, ...more })).retval;
  const session = (table_index: number, match: Buffer, more: Fields = {}) =>
    vpp.retval('classify_add_del_session', {
      is_add: true,
      table_index,
      match,
      hit_next_index: NONE,
      opaque_index: NONE,
      ...more,
    });
  const sessions = async (table_id: number) =>
    (await vpp.dump('classify_session_dump', { table_id }))
      .map(({ match, ...rest }): Fields => ({ ...rest, match: Buffer.from(match as Uint8Array).toString('hex') }))
      .sort((a, b) => (String(a.match) < String(b.match) ? -1 : 1));
  const info = (table_id: number) => vpp.ask('classify_table_info', { table_id });
  const ids = async () => [...((await vpp.ask('classify_table_ids')).ids as number[])].sort((a, b) => a - b);
  return { vpp, table, add, remove, session, sessions, info, ids };
}
