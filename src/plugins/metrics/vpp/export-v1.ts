/**
 * Counters in the first form of VPP's own exporter, `vpp_prometheus_export`: the path with an underscore for each character that is no
 * letter or digit, in the order of VPP's directory. The second form (export-v2.ts) writes entries in this one that it has no labels for.
 */

import type { StatsEntry } from '../../../stats/index.js';
import type { PageText } from '../page-text.js';
import { countText, halvesOf } from './count-text.js';

/** Lines written between two looks at the clock. */
export const BATCH = 64;

export async function writeV1(page: PageText, entries: readonly StatsEntry[]): Promise<void> {
  for (const entry of entries) {
    await writeEntryV1(page, entry);
    const turn = page.turn();
    if (turn) await turn;
  }
}

export async function writeEntryV1(page: PageText, entry: StatsEntry): Promise<void> {
  const name = identifier(entry.name);
  switch (entry.type) {
    case 'scalar':
    case 'gauge':
      page.text(`# TYPE ${name} ${entry.type === 'gauge' ? 'gauge' : 'counter'}\n`);
      page.line(name, `${name} ${fixed(entry.value)}\n`);
      return;
    case 'names':
      page.text(`# TYPE ${name}_info gauge\n`);
      for (const [index, each] of entry.names.entries()) {
        if (each !== undefined) page.line(`${name}_info`, `${name}_info{index="${index}",name="${each}"} 1\n`);
      }
      return;
    case 'histogram':
      writeHistogram(page, name, entry.threads);
      return;
    case 'simple':
    case 'combined':
    case 'symlink': {
      const { counters, packets, bytes } = columnsOf(entry);
      if (counters) {
        page.text(`# TYPE ${name} counter\n`);
        await writeSimple(page, name, counters);
      } else if (packets && bytes) {
        page.text(`# TYPE ${name}_packets counter\n# TYPE ${name}_bytes counter\n`);
        await writeCombined(page, name, packets, bytes);
      }
    }
  }
}

async function writeSimple(page: PageText, name: string, counters: readonly BigUint64Array[]): Promise<void> {
  for (const [thread, column] of counters.entries()) {
    const halves = halvesOf(column);
    for (let index = 0; index < column.length; index++) {
      page.line(name, `${name}{thread="${thread}",interface="${index}"} ${signedText(column, halves, index)}\n`);
      const turn = index % BATCH === 0 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
}

async function writeCombined(
  page: PageText,
  name: string,
  packets: readonly BigUint64Array[],
  bytes: readonly BigUint64Array[],
): Promise<void> {
  for (const [thread, column] of packets.entries()) {
    const ofPackets = halvesOf(column);
    const ofBytes = halvesOf(bytes[thread]);
    for (let index = 0; index < column.length; index++) {
      const labels = `{thread="${thread}",interface="${index}"}`;
      page.line(`${name}_packets`, `${name}_packets${labels} ${signedText(column, ofPackets, index)}\n`);
      page.line(`${name}_bytes`, `${name}_bytes${labels} ${signedText(bytes[thread], ofBytes, index)}\n`);
      const turn = index % BATCH === 0 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
}

/** Counters by thread, then by index; a symlink has one in each thread. */
interface Columns {
  readonly counters?: readonly BigUint64Array[];
  readonly packets?: readonly BigUint64Array[];
  readonly bytes?: readonly BigUint64Array[];
}

export function columnsOf(entry: StatsEntry): Columns {
  if (entry.type === 'simple' || entry.type === 'combined') return entry;
  if (entry.type !== 'symlink') return {};
  const { counters, packets, bytes } = entry;
  return {
    counters: counters && each(counters),
    packets: packets && each(packets),
    bytes: bytes && each(bytes),
  };
}

const each = (counters: BigUint64Array) => Array.from(counters, (_, i) => counters.subarray(i, i + 1));

/** A histogram of each thread, each with a TYPE of its own; the sum is an estimate of the upper bounds. */
export function writeHistogram(
  page: PageText,
  name: string,
  threads: readonly { readonly minimum: number; readonly bins: BigUint64Array }[],
): void {
  for (const [thread, { minimum, bins }] of threads.entries()) {
    if (bins.length === 0) continue;
    page.text(`# TYPE ${name} histogram\n`);
    let total = 0n;
    let sum = 0n;
    for (const [i, count] of bins.entries()) {
      const bound = BigInt.asUintN(64, 1n << BigInt((minimum + i) % 64));
      total += count;
      sum += count * bound;
      page.line(name, `${name}{le="${bound}",thread="${thread}"} ${BigInt.asUintN(64, total)}\n`);
    }
    const count = BigInt.asUintN(64, total);
    page.line(name, `${name}{le="+Inf",thread="${thread}"} ${count}\n`);
    page.line(name, `${name}_count{thread="${thread}"} ${count}\n`);
    page.line(name, `${name}_sum{thread="${thread}"} ${BigInt.asUintN(64, sum)}\n`);
  }
}

/** That form writes counters as signed numbers. */
function signedText(column: BigUint64Array, halves: Uint32Array, index: number): string {
  return halves[2 * index + 1] < 0x8000_0000 ? countText(halves, index) : String(BigInt.asIntN(64, column[index]));
}

/** The path as the name of a metric: an underscore for each byte that is no letter or digit of ASCII. */
export const identifier = (path: string): string =>
  path.replace(/[^0-9A-Za-z]/gu, (sign) => '_'.repeat(Buffer.byteLength(sign)));

/** A number as that program writes those that are not counters. */
export const fixed = (value: bigint): string => Number(value).toFixed(2);
