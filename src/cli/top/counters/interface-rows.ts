/** The interfaces of a VPP with their rates, and what they have counted since a time. */

import type { InterfaceCounters, InterfaceStats } from '../../../stats/index.js';
import { growth, rate, sum } from './growth.js';

/** Packets, bytes and errors are counted since VPP's start, or since they were cleared here. */
export interface InterfaceRow {
  readonly name: string;
  /** `sw_if_index`. */
  readonly index: number;
  readonly rxPacketsPerSecond?: number;
  readonly txPacketsPerSecond?: number;
  readonly rxBitsPerSecond?: number;
  readonly txBitsPerSecond?: number;
  readonly dropsPerSecond?: number;
  readonly errorsPerSecond?: number;
  readonly puntsPerSecond?: number;
  readonly rxPackets?: number;
  readonly txPackets?: number;
  readonly rxBytes?: number;
  readonly txBytes?: number;
  readonly drops?: number;
  /** Packets received or sent with an error, or missed by the device for want of room or buffers. */
  readonly errors?: number;
  readonly punts?: number;
  readonly rxMiss?: number;
  readonly rxNoBuffer?: number;
}

type Read = (counters: InterfaceCounters) => bigint | undefined;

const COUNTS: readonly (readonly [count: string, perSecond: string, factor: number, read: Read])[] = [
  ['rxPackets', 'rxPacketsPerSecond', 1, ({ rx }) => rx?.packets],
  ['txPackets', 'txPacketsPerSecond', 1, ({ tx }) => tx?.packets],
  ['rxBytes', 'rxBitsPerSecond', 8, ({ rx }) => rx?.bytes],
  ['txBytes', 'txBitsPerSecond', 8, ({ tx }) => tx?.bytes],
  ['drops', 'dropsPerSecond', 1, ({ drops }) => drops],
  ['errors', 'errorsPerSecond', 1, errorsOf],
  ['punts', 'puntsPerSecond', 1, ({ punts }) => punts],
  ['rxMiss', 'rxMissPerSecond', 1, ({ rxMiss }) => rxMiss],
  ['rxNoBuffer', 'rxNoBufferPerSecond', 1, ({ rxNoBuffer }) => rxNoBuffer],
];

export interface Times<T> {
  readonly now: readonly T[];
  /** The read before, `seconds` ago. */
  readonly before?: readonly T[];
  readonly seconds?: number;
  /** Counts are from here; without it from VPP's start. */
  readonly base?: readonly T[];
}

export function interfaceRows({ now, before = [], seconds, base = [] }: Times<InterfaceStats>): InterfaceRow[] {
  const [earlier, first] = [byIdentity(before), byIdentity(base)];
  return now.map((each) => {
    const { name, index } = each;
    const row: Record<string, unknown> = { name, index };
    const [old, start] = [earlier.get(identity(each)), first.get(identity(each))];
    for (const [count, perSecond, factor, read] of COUNTS) {
      const value = read(each);
      const speed = old && rate(value, read(old), seconds);
      if (speed !== undefined) row[perSecond] = speed * factor;
      if (value !== undefined) row[count] = growth(value, start && read(start));
    }
    return row as unknown as InterfaceRow;
  });
}

function errorsOf({ rxError, txError, rxMiss, rxNoBuffer }: InterfaceCounters): bigint | undefined {
  const known = [rxError, txError, rxMiss, rxNoBuffer].filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b);
}

/** An index that was given to another interface meanwhile begins anew. */
const identity = ({ index, name }: InterfaceStats) => `${index} ${name}`;
const byIdentity = (all: readonly InterfaceStats[]) => new Map(all.map((each) => [identity(each), each]));

/** Rates of all interfaces together, without sub-interfaces: what goes through them is counted by their parents as well. */
export function together(rows: readonly InterfaceRow[]) {
  const names = new Set(rows.map(({ name }) => name));
  const own = rows.filter(({ name }) => !names.has(parentOf(name)));
  const of = (key: keyof InterfaceRow) => sum(own.map((row) => row[key] as number | undefined));
  return {
    rxPacketsPerSecond: of('rxPacketsPerSecond'),
    txPacketsPerSecond: of('txPacketsPerSecond'),
    rxBitsPerSecond: of('rxBitsPerSecond'),
    txBitsPerSecond: of('txBitsPerSecond'),
    dropsPerSecond: of('dropsPerSecond'),
    errorsPerSecond: of('errorsPerSecond'),
    puntsPerSecond: of('puntsPerSecond'),
  };
}

/** `eth0` of `eth0.100`; empty where the name is none of a sub-interface. */
const parentOf = (name: string) => (/\.\d+$/.test(name) ? name.slice(0, name.lastIndexOf('.')) : '');
