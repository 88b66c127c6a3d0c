/** The topic `drops`: errors that nodes count, and drops of interfaces, from the stats segment. */

import type { ErrorStats } from '../../../stats/index.js';
import { readOf } from '../counters/interface-counters.js';
import { perSecond } from '../counters/per-second.js';
import { SharedRead } from '../counters/shared-read.js';
import type { DroppingInterface, DropsTopic, ReasonRow } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';

type Errors = ReadonlyMap<string, ErrorStats>;

export function dropsTopic({
  stats,
  interfaceReads,
  ageMs,
}: Pick<Sources, 'stats' | 'interfaceReads' | 'ageMs'>): TopicSource<DropsTopic> {
  const errors = new SharedRead<Errors>(async () => {
    const all = await stats.errors();
    return new Map(all.filter(({ count }) => count > 0n).map((each) => [`${each.node} ${each.error}`, each]));
  });
  return () => ({
    async read() {
      const [{ now, before, seconds }, traffic] = await Promise.all([errors.get(ageMs()), interfaceReads.get(ageMs())]);
      const reasons: Record<string, ReasonRow> = {};
      for (const [key, { node, error: reason, count }] of now) {
        // One that was not there before has counted its first packets since then.
        const earlier = before && (before.get(key)?.count ?? 0n);
        reasons[key] = { node, reason, count: Number(count), perSecond: perSecond(count, earlier, seconds) };
      }
      const interfaces: Record<string, DroppingInterface> = {};
      for (const index of traffic.now.keys()) {
        const read = readOf(traffic, index);
        if (!read?.now.drops) continue;
        const { name, drops } = read.now;
        const rate = perSecond(drops, read.before?.drops, read.seconds);
        interfaces[index] = { name, count: Number(drops), perSecond: rate };
      }
      return { reasons, interfaces };
    },
  });
}
