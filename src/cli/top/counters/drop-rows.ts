/** Error counters of the nodes that have counted something: the reasons why packets are dropped, among others. */

import type { ErrorStats } from '../../../stats/index.js';
import { growth, rate } from './growth.js';
import type { Times } from './interface-rows.js';

export interface DropRow {
  readonly node: string;
  readonly reason: string;
  readonly perSecond?: number;
  /** Since VPP's start, or since they were cleared here. */
  readonly count: number;
}

export function dropRows({ now, before, seconds, base = [] }: Times<ErrorStats>): DropRow[] {
  const [earlier, first] = [byReason(before ?? []), byReason(base)];
  return now.flatMap((each) => {
    const count = growth(each.count, first.get(identity(each))) ?? 0;
    if (count === 0) return [];
    const perSecond = before && rate(each.count, earlier.get(identity(each)) ?? 0n, seconds);
    return [{ node: each.node, reason: each.error, ...(perSecond !== undefined && { perSecond }), count }];
  });
}

const identity = ({ node, error: reason }: ErrorStats) => `${node}/${reason}`;
const byReason = (all: readonly ErrorStats[]) => new Map(all.map((each) => [identity(each), each.count]));
