/** Chains of classify tables that filter traces, and captures of packets by interface. Facts of VPP 26.06. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Classifier, type ClassifyTable, NO_TABLE, VECTOR } from '../../dataplane/policy/classifier.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { classifyTables } from './classify-tables.js';

const MAX_VECTORS = 5;
const TRACES = 0;

/** First tables of chains. */
class Chains {
  private readonly heads: number[] = [];

  /** `at`: an interface. The first table, ~0 for none; undefined for one beyond all that ever had a chain. */
  head(at: number): number | undefined {
    return this.heads[at];
  }

  /** Sets the first table; ~0 deletes all tables of the chain. */
  set(at: number, table: number, classifier: Classifier): void {
    if (table === NO_TABLE) classifier.removeTable(this.heads[at] ?? NO_TABLE, true);
    else while (this.heads.length <= at) this.heads.push(NO_TABLE);
    if (at < this.heads.length) this.heads[at] = table;
  }
}

export class ClassifyChains {
  readonly traces = new Chains();
  /** Chains by sw_if_index. */
  readonly captures = new Chains();
}

export const classifyChains = defineKind({
  name: 'classifyChains',
  title: 'chains of classify tables',
  state: () => new ClassifyChains(),
  handlers: {
    classify_trace_lookup_table: looksUp(({ traces }) => traces.head(TRACES) ?? NO_TABLE),
    classify_trace_set_table: sets(({ traces }, _, table, classifier) => traces.set(TRACES, table, classifier)),
    classify_trace_get_tables: gets(({ traces }) => traces.head(TRACES) ?? NO_TABLE),

    classify_pcap_lookup_table: looksUp(({ captures }, { sw_if_index }) => captures.head(Number(sw_if_index))),
    classify_pcap_set_table: sets(({ captures }, { sw_if_index }, table, classifier) => {
      captures.set(Number(sw_if_index), table, classifier);
    }),
    classify_pcap_get_tables: gets(({ captures }, { sw_if_index }) => captures.head(Number(sw_if_index))),
  },
});

/** The first table of the chain that a request is about; undefined where there can be none. */
type HeadOf = (state: ClassifyChains, fields: Fields) => number | undefined;

/** Finds the table of a mask in a chain. */
function looksUp(headOf: HeadOf): KindHandler<ClassifyChains> {
  return (fields, { dataplane }, state) => {
    const [skip, match, mask] = [
      Number(fields.skip_n_vectors),
      Number(fields.match_n_vectors),
      fields.mask as Uint8Array,
    ];
    const isPossible = skip <= MAX_VECTORS && match >= 1 && match <= MAX_VECTORS && mask.length === match * VECTOR;
    const head = headOf(state, fields);
    if (!isPossible || head === undefined) return { retval: Retval.INVALID_VALUE, table_index: NO_TABLE };
    const found = chain(head, dataplane.of(classifyTables)).find(
      (table) => table.skip === skip && table.match === match && Buffer.compare(table.mask, mask) === 0,
    );
    return { table_index: found?.index ?? NO_TABLE };
  };
}

function sets(
  set: (state: ClassifyChains, fields: Fields, table: number, classifier: Classifier) => void,
): KindHandler<ClassifyChains> {
  return (fields, { dataplane }, state) => {
    const classifier = dataplane.of(classifyTables);
    const table_index = Number(fields.table_index);
    const isNone = table_index === NO_TABLE;
    const at = Number(fields.sw_if_index ?? TRACES);
    // VPP dies of a chain for an unknown interface.
    const isPossible = isNone ? at !== NO_INTERFACE : classifier.has(table_index) && dataplane.hasInterface(at);
    if (!isPossible) return { retval: Retval.INVALID_VALUE, table_index };
    const head = fields.sort_masks && !isNone ? sorted(table_index, classifier) : table_index;
    set(state, fields, head, classifier);
    return { table_index: head };
  };
}

function gets(headOf: HeadOf): KindHandler<ClassifyChains> {
  return (fields, { dataplane }, state) => {
    const head = headOf(state, fields);
    if (head === undefined) return Retval.INVALID_VALUE;
    return { indices: chain(head, dataplane.of(classifyTables)).map(({ index }) => index) };
  };
}

/** The tables of a chain; one that is a ring, once. */
function chain(head: number, { tables }: Classifier): ClassifyTable[] {
  const found = new Set<ClassifyTable>();
  for (let table = tables.get(head); table && !found.has(table); table = tables.get(table.next)) found.add(table);
  return [...found];
}

/** Chains tables anew, the one with the most bits in its mask first; gives the first. */
function sorted(head: number, classifier: Classifier): number {
  const bits = ({ mask }: ClassifyTable) => mask.reduce((sum, byte) => sum + bitsOf(byte), 0);
  const tables = chain(head, classifier).sort((a, b) => bits(b) - bits(a));
  for (const [i, table] of tables.entries()) table.next = tables[i + 1]?.index ?? NO_TABLE;
  return tables[0]?.index ?? NO_TABLE;
}

const bitsOf = (byte: number) => byte.toString(2).replaceAll('0', '').length;
