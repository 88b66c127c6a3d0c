/**
 * Ranks the columns of a table by importance to a reader: the order in which they stand, and in which they get room. What there
 * is no room for goes from the highest rank on.
 */

/** Ranks by the words of a column's own name; the first pattern that fits counts. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  // Fields of sub-interfaces, tag rewriting and counters: few read them.
  [/^(n|num|sup|sub|vtr|outer|inner|b|i)_|_(dev_type|count)$|^(stats_index|count|context|retval|tag\d)$/, 6],
  [/(^|_)(name|prefix|operation)$/, 1],
  [/^l2_address$|(^|_)mac(_address)?$/, 3],
  [/(^|_)(tag|paths?|flags|address|addresses|nh|r|rules|details|sw_if_index|interface|vni|state|up|summary)$/, 2],
  [/(^|_)(table_id|vrf|mtu|type|source)$|^is_/, 3],
  [/^(src|cookie|user\w*|reserved)$/, 5],
];
const OTHER = 4;
/** Zero is an answer there: down, or a length that nobody set. */
const TELLING = /^(flags|state|link_mtu|mtu)$/;
const INDEX = /(^|_)(index|id)$/;

/** The important ones have the low numbers. `isFirst`: the column in front says which thing a row is about. */
export function columnRank(name: string, isFirst: boolean): number {
  const words = wordsOf(name);
  // An operation's row has the name of its interface.
  if (name === 'swIfIndex' && !isFirst) return 3;
  const rank = RANKS.find(([pattern]) => pattern.test(words))?.[1] ?? OTHER;
  // Not so of a nested one: a route begins with the table that it shares with others.
  if (!isFirst || name.includes('.')) return rank;
  return INDEX.test(words) ? 0 : Math.min(rank, 1);
}

/** Whether a column stands in each table, also where all its rows are zero: what is not there would be asked for. */
export const alwaysTells = (name: string): boolean => !name.includes('.') && TELLING.test(wordsOf(name));

const wordsOf = (name: string) =>
  name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
