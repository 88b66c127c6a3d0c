/** The topic `overview`. */

import type { Stats } from '../../../sdk/index.js';
import type { BufferPoolStats, MemoryStats, SystemStats } from '../../../stats/index.js';
import { ratesOf, readOf, together } from '../counters/interface-counters.js';
import { asNumber, sum } from '../counters/per-second.js';
import type { OverviewTopic, Share, TrafficRates, WorkerState } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';
import { short } from './api.js';

export function overviewTopic(sources: Sources): TopicSource<OverviewTopic> {
  const { inventory, log } = sources;
  return () => ({
    close: inventory.view(),
    async read() {
      const [traffic, counters] = await Promise.all([trafficOf(sources), countersOf(sources.stats)]);
      return { ...counters, traffic, api: apiOf(sources), events: log.lines.slice(0, 20) };
    },
  });
}

/** Sub-interfaces are left out: what goes through them is counted by their parents as well. */
async function trafficOf({ interfaceReads, inventory, ageMs }: Sources): Promise<TrafficRates> {
  const read = await interfaceReads.get(ageMs()).catch(() => undefined);
  if (read === undefined) return {};
  const own = [...read.now.keys()].filter((index) => inventory.interfaces.get(index)?.parent === undefined);
  return together(
    own.map((index) => {
      const itf = readOf(read, index);
      return itf === undefined ? {} : ratesOf(itf.now, itf.before, itf.seconds);
    }),
  );
}

type FromCounters = Pick<OverviewTopic, 'uptimeMs' | 'vectorRate' | 'workers' | 'buffers' | 'heaps'>;

async function countersOf(stats: Stats): Promise<FromCounters> {
  const none: FromCounters = { workers: {}, buffers: {}, heaps: {} };
  try {
    const [system, buffers, memory] = await Promise.all([stats.system(), stats.buffers(), stats.memory()]);
    const boot = asNumber(system.bootTime);
    return {
      uptimeMs: boot === undefined ? undefined : 1000 * Math.max(0, Math.floor(Date.now() / 1000) - boot),
      vectorRate: asNumber(system.vectorRate),
      workers: workersOf(system),
      buffers: Object.fromEntries(buffers.map((pool) => [pool.pool, shareOfPool(pool)])),
      heaps: Object.fromEntries(memory.map((heap) => [heap.heap, shareOfHeap(heap)])),
    };
  } catch {
    // The topic `state` says why.
    return none;
  }
}

function workersOf({ vectorRatePerWorker = [], loopsPerWorker = [] }: SystemStats): Record<string, WorkerState> {
  const count = Math.max(vectorRatePerWorker.length, loopsPerWorker.length);
  const threads = Array.from({ length: count }, (_, thread): [string, WorkerState] => [
    String(thread),
    { vectorRate: asNumber(vectorRatePerWorker[thread]), loops: asNumber(loopsPerWorker[thread]) },
  ]);
  return Object.fromEntries(threads);
}

function shareOfPool({ used, available, cached }: BufferPoolStats): Share {
  return { used: asNumber(used), total: asNumber(sum([used, available, cached])) };
}

function shareOfHeap({ used, total }: MemoryStats): Share {
  return { used: asNumber(used), total: asNumber(total) };
}

function apiOf({ mux, clients }: Sources): OverviewTopic['api'] {
  const { oldestMs, inFlight, waiting, perChannel, slowest } = mux.stats();
  const present = clients();
  const waiters = [
    ...perChannel.map(({ id, name, owner, oldestMs: age }) => ({ name: name ?? owner ?? `channel ${id}`, age })),
    ...present.map(({ name, role, oldestMs: age }) => ({ name: `${name} (${role})`, age })),
  ];
  const [longest] = waiters.sort((a, b) => b.age - a.age);
  const [worst] = slowest;
  return {
    oldestMs: short(Math.max(oldestMs, longest?.age ?? 0)),
    ...(longest !== undefined && longest.age > 0 && { waiter: longest.name }),
    inFlight,
    waiting,
    ...(worst && { slowest: { name: worst.name, meanMs: short(worst.meanMs), maxMs: short(worst.maxMs) } }),
  };
}
