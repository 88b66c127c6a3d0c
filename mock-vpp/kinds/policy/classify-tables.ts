/** Classify tables and their sessions. */
import type { Fields } from '../../../src/mux/internal.js';
import { Classifier, type ClassifyTable, NO_TABLE, VECTOR } from '../../dataplane/policy/classifier.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NO_NEXT = 0xffff;

export const classifyTables = defineKind({
  name: 'classifyTables',
  title: 'classify tables',
  state: (dataplane) => new Classifier(dataplane),
  usesTable: (classifier, tableId, v6) => classifier.usesTable(tableId, v6),
  handlers: {
    classify_add_del_table: (fields, call, classifier) => {
      const isChain = !fields.is_add && Boolean(fields.del_chain);
      if (isChain && classifier.isRing(Number(fields.table_index))) call.vpp.dies('classifyRing', call);
      return tableReply(changeTable(fields, classifier));
    },

    classify_add_del_session: (fields, _, classifier) => {
      const index = Number(fields.table_index);
      const table = classifier.tables.get(index);
      if (table === undefined) return Retval.NO_SUCH_TABLE;
      const match = fields.match as Uint8Array;
      if (match.length !== (table.skip + table.match) * VECTOR) return Retval.INVALID_VALUE;
      if (!fields.is_add) return classifier.removeSession(index, match);
      return classifier.addSession(index, match, {
        hitNext: Number(fields.hit_next_index) & NO_NEXT,
        opaque: Number(fields.opaque_index),
        advance: Number(fields.advance),
        action: Number(fields.action),
        metadata: Number(fields.metadata),
      });
    },

    classify_table_ids: (_, _call, { tables }) => ({ ids: [...tables.values()].map(({ index }) => index) }),

    classify_table_info: ({ table_id }, _, { tables }) => {
      const table = tables.get(Number(table_id));
      if (table === undefined) return Retval.CLASSIFY_TABLE_NOT_FOUND;
      return {
        table_id: table.index,
        nbuckets: table.buckets,
        match_n_vectors: table.match,
        skip_n_vectors: table.skip,
        active_sessions: table.sessions.size,
        next_table_index: table.next,
        miss_next_index: table.missNext,
        mask: table.mask,
      };
    },

    classify_session_dump: ({ table_id }, _, { tables }) => {
      const index = Number(table_id);
      return [...(tables.get(index)?.sessions.values() ?? [])].map(
        ({ key, hitNext, advance, opaque }): Fields => ({
          table_id: index,
          hit_next_index: hitNext,
          advance,
          opaque_index: opaque,
          match: key,
        }),
      );
    },
  },
});

/** Adds, changes or deletes a table; gives it, undefined for a deleted one, or a refusal. */
function changeTable(fields: Fields, classifier: Classifier): ClassifyTable | number | undefined {
  const [index, match] = [Number(fields.table_index), Number(fields.match_n_vectors)];
  const mask = Uint8Array.from(fields.mask as Uint8Array);
  if (mask.length !== match * VECTOR) return Retval.INVALID_VALUE;
  const known = classifier.tables.get(index);
  if (!fields.is_add) {
    if (known === undefined) return Retval.NO_SUCH_TABLE;
    classifier.removeTable(index, Boolean(fields.del_chain));
    return undefined;
  }
  const next = Number(fields.next_table_index);
  // Nothing else of a table can be changed.
  if (known !== undefined) return Object.assign(known, { next });
  const [buckets, memory, skip] = [Number(fields.nbuckets), Number(fields.memory_size), Number(fields.skip_n_vectors)];
  return classifier.addTable({ mask, buckets, memory, skip, match, next, missNext: Number(fields.miss_next_index) });
}

function tableReply(done: ClassifyTable | number | undefined): Fields {
  if (typeof done === 'object') {
    return { new_table_index: done.index, skip_n_vectors: done.skip, match_n_vectors: done.match };
  }
  return { retval: done ?? Retval.OK, new_table_index: NO_TABLE, skip_n_vectors: NO_TABLE, match_n_vectors: NO_TABLE };
}
