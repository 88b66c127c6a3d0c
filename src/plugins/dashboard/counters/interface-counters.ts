/** Traffic of interfaces between two reads of the stats segment. */

import type { InterfaceCounters, InterfaceStats, Stats } from '../../../stats/index.js';
import type { CounterState, TrafficRates } from '../protocol/index.js';
import { asNumber, perSecond, sum } from './per-second.js';
import { type Read, SharedRead } from './shared-read.js';

/** Interfaces by sw_if_index. */
export type InterfaceMap = ReadonlyMap<number, InterfaceStats>;

/** Counters of one interface in two reads. */
export interface InterfaceRead {
  readonly now: InterfaceStats;
  /** Undefined where another interface had the index then. */
  readonly before?: InterfaceStats;
  readonly seconds?: number;
}

export function interfaceReads(stats: Pick<Stats, 'interfaces'>): SharedRead<InterfaceMap> {
  return new SharedRead(async () => new Map((await stats.interfaces()).map((each) => [each.index, each])));
}

export function readOf({ now: all, before, seconds }: Read<InterfaceMap>, index: number): InterfaceRead | undefined {
  const now = all.get(index);
  if (now === undefined) return undefined;
  const old = before?.get(index);
  return { now, seconds, ...(old?.name === now.name && { before: old }) };
}

/** Rates of one interface, or of one of its threads. */
export function ratesOf(now: InterfaceCounters, before?: InterfaceCounters, seconds?: number): TrafficRates {
  const bits = (after?: bigint, earlier?: bigint) => {
    const rate = perSecond(after, earlier, seconds);
    return rate === undefined ? undefined : Math.round(8 * rate);
  };
  return {
    rxPps: perSecond(now.rx?.packets, before?.rx?.packets, seconds),
    txPps: perSecond(now.tx?.packets, before?.tx?.packets, seconds),
    rxBps: bits(now.rx?.bytes, before?.rx?.bytes),
    txBps: bits(now.tx?.bytes, before?.tx?.bytes),
    drops: perSecond(now.drops, before?.drops, seconds),
    errors: perSecond(errorsOf(now), before && errorsOf(before), seconds),
  };
}

/** Packets received or sent with an error, or missed by the device for want of room or buffers. */
export const errorsOf = ({ rxError, txError, rxMiss, rxNoBuffer }: InterfaceCounters): bigint | undefined =>
  sum([rxError, txError, rxMiss, rxNoBuffer]);

/** Sum of the rates of several. */
export function together(rates: readonly TrafficRates[]): TrafficRates {
  const of = (key: keyof TrafficRates) => sum(rates.map((each) => each[key]));
  return {
    rxPps: of('rxPps'),
    txPps: of('txPps'),
    rxBps: of('rxBps'),
    txBps: of('txBps'),
    drops: of('drops'),
    errors: of('errors'),
  };
}

const TRAFFIC = [
  ...(['rx', 'rxUnicast', 'rxMulticast', 'rxBroadcast'] as const),
  ...(['tx', 'txUnicast', 'txMulticast', 'txBroadcast'] as const),
];
const SIMPLE = ['drops', 'punts', 'ip4', 'ip6', 'mpls', 'rxError', 'txError', 'rxMiss', 'rxNoBuffer'] as const;

/** All counters of an interface that VPP has. */
export function countersOf({ now, before, seconds }: InterfaceRead): Readonly<Record<string, CounterState>> {
  const counters: Record<string, CounterState> = {};
  for (const key of TRAFFIC) {
    const traffic = now[key];
    if (traffic === undefined) continue;
    const bytes = perSecond(traffic.bytes, before?.[key]?.bytes, seconds);
    counters[key] = {
      packets: Number(traffic.packets),
      bytes: Number(traffic.bytes),
      packetsPerSecond: perSecond(traffic.packets, before?.[key]?.packets, seconds),
      bitsPerSecond: bytes === undefined ? undefined : Math.round(8 * bytes),
    };
  }
  for (const key of SIMPLE) {
    const packets = asNumber(now[key]);
    if (packets === undefined) continue;
    counters[key] = { packets, packetsPerSecond: perSecond(now[key], before?.[key], seconds) };
  }
  return counters;
}
