/** Writes the counters of one entry: a series for each index that has labels, and for each worker where that is wanted. */

import type { PageText } from '../page-text.js';
import { countText, type Halves, halvesOf, isZero } from './count-text.js';

/** How much is written of VPP. */
export interface Extent {
  /** Leave out what is 0. */
  readonly usedOnly: boolean;
  /** A series for each worker, with the label `worker`; else their sum. */
  readonly perWorker: boolean;
  /** Nodes with the most clocks that are written. */
  readonly topNodes: number;
}

export interface Column {
  readonly name: string;
  readonly help: string;
  /** By thread, then by index. */
  readonly counters: readonly BigUint64Array[];
  /** Labels of each index, without braces: `interface="loop0"`; undefined for one that is not written. */
  readonly labels: readonly (string | undefined)[];
  /** Writes the series of the first thread even where it is 0. Default false. */
  readonly isAlwaysThere?: boolean;
}

/** Series written between two looks at the clock. */
const BATCH = 64;

export async function writeColumn(page: PageText, column: Column, { usedOnly, perWorker }: Extent): Promise<void> {
  const { name, help, labels, isAlwaysThere = false } = column;
  page.family(name, 'counter', help);
  const threads = perWorker ? column.counters.map(halvesOf) : [summed(column.counters)];
  let written = 0;
  for (const [thread, halves] of threads.entries()) {
    const worker = perWorker ? `,worker="${thread}"}` : '}';
    const withZeros = !usedOnly || (isAlwaysThere && thread === 0);
    const last = Math.min(labels.length, halves.length / 2);
    for (let index = 0; index < last; index++) {
      const label = labels[index];
      if (label === undefined || (!withZeros && isZero(halves, index))) continue;
      page.add(`{${label}${worker}`, countText(halves, index));
      const turn = ++written % BATCH === 0 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
  const turn = page.turn();
  if (turn) await turn;
}

/** Sums over threads. */
export function summed(counters: readonly BigUint64Array[]): Halves {
  const length = counters.reduce((most, each) => Math.max(most, each.length), 0);
  const sums = new BigUint64Array(length);
  for (const each of counters) for (let i = 0; i < each.length; i++) if (each[i] !== 0n) sums[i] += each[i];
  return halvesOf(sums);
}
