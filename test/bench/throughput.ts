/** Rates beside the yardstick's, which is measured right before: what counts is the ratio within one run. */
import { type Benchmark, client, type Group, type Setting } from './bench.js';
import type { Measured } from './clients/throughput.js';
import type { Sample } from './figures.js';

interface Case {
  readonly name: string;
  /** Mode of `clients/throughput.js`. */
  readonly mode: string;
  readonly window: number;
  /** Mode of the yardstick. */
  readonly beside: 'ping' | 'dump';
  readonly n: number;
}

const MILLION = 1_000_000;

const CASES: readonly Case[] = [
  { name: 'pings, window 1,024', mode: 'ping', beside: 'ping', n: MILLION, window: 1024 },
  { name: 'pings, window 4,096', mode: 'ping', beside: 'ping', n: MILLION, window: 4096 },
  { name: 'pings one after another', mode: 'ping', beside: 'ping', n: 50_000, window: 1 },
  { name: 'route dump, for await', mode: 'iterate', beside: 'dump', n: MILLION, window: 1024 },
  { name: 'route dump, Observable', mode: 'observe', beside: 'dump', n: MILLION, window: 1024 },
  { name: 'route dump, toArray', mode: 'collect', beside: 'dump', n: MILLION, window: 1024 },
  { name: 'routes added, window 4,096', mode: 'routes', beside: 'ping', n: MILLION, window: 4096 },
];

export const THROUGHPUT: Group = {
  title: 'throughput: messages per second, and the CPU time of each',
  benchmarks: CASES.map((each): Benchmark => ({ name: each.name, run: (setting) => measure(each, setting) })),
};

async function measure({ name, mode, beside, n, window }: Case, setting: Setting): Promise<Sample[]> {
  const { socket, apiDir, yardstick } = setting.server;
  const times = setting.quick ? n / 10 : n;
  const theirs = yardstick ? await client<Measured>(setting, yardstick, [socket, beside, times, window]) : undefined;
  const ours = await client<Measured>(setting, 'throughput', [socket, apiDir, mode, times, window]);
  const samples: Sample[] = [
    { name, unit: '/s', value: ours.rate, yardstick: theirs?.rate },
    { name: `${name}: CPU`, unit: 'µs', value: cpuOfOne(ours), yardstick: theirs && cpuOfOne(theirs) },
  ];
  if (ours.heap === undefined) return samples;
  return [...samples, { name: `${name}: heap over the start`, unit: 'MiB', value: ours.heap / 2 ** 20 }];
}

/** Microseconds: as many CPU seconds as a million takes. */
function cpuOfOne({ cpuSeconds, n }: Measured): number {
  return (cpuSeconds / n) * 1e6;
}
