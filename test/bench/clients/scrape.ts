/**
 * Pings of one channel, one after another: alone, then while metrics are scraped once a second. The counters are those of a segment with
 * 1,000 interfaces and four threads, none of them 0.
 *
 * usage: node scrape.js SOCKET API_DIR SCRATCH SECONDS
 */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../src/mux/index.js';
import { Collectors } from '../../../src/plugins/metrics/collectors.js';
import type { Profile } from '../../../src/plugins/metrics/config.js';
import { PageText } from '../../../src/plugins/metrics/page-text.js';
import { SegmentReads } from '../../../src/plugins/metrics/segment-reads.js';
import { VppCounters } from '../../../src/plugins/metrics/vpp-counters.js';
import { openStats } from '../../../src/stats/index.js';
import { quantile } from '../figures.js';
import { writeStatsFile } from './stats-file.js';

const ROUNDS = 5;
const INTERFACES = 1000;
const THREADS = 4;

interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly pings: number;
}

export interface Scraped {
  /** Microseconds. */
  readonly alone: { readonly median: number; readonly p99: number };
  readonly beside: { readonly median: number; readonly p99: number };
  readonly pings: number;
  readonly scrapes: number;
  readonly profiles: Readonly<Record<'vppmux' | 'vpp-v2', Cost>>;
}

export interface Cost {
  readonly series: number;
  readonly bytes: number;
  /** Milliseconds of CPU for 10,000 series, the read included. */
  readonly cpuPer10k: number;
  /** Milliseconds of CPU of one scrape. */
  readonly cpu: number;
}

const [socket, apiDir, scratch, seconds] = process.argv.slice(2);
const file = join(scratch, 'stats.bin');
writeStatsFile(file, INTERFACES, THREADS);
const stats = openStats({ file });
const reads = new SegmentReads(stats, { maxAgeMs: () => 0, deadBecause: () => undefined });
const exportPatterns = ['^/interfaces', '^/err', '^/buffer-pools', '^/sys', '^/workers', '^/mem', '^/nodes'];
const options = { usedOnly: true, perWorker: true, topNodes: 50, exportPatterns, agent: 'bench' };
const collectors = new Collectors();
const vpp = new VppCounters(reads, collectors, () => options);
const connection = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const pinger = connection.channel();

async function scrape(profile: Profile): Promise<PageText> {
  const page = new PageText(10_000_000);
  await vpp.write(page, profile);
  const error = collectors.errorOf('vpp');
  if (error !== undefined) throw new Error(error);
  return page;
}

async function cost(profile: Profile): Promise<Cost> {
  const runs = 5;
  let page = await scrape(profile);
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i++) page = await scrape(profile);
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000 / runs;
  return { series: page.series, bytes: page.bytes().length, cpu, cpuPer10k: (cpu / page.series) * 10_000 };
}

/** Pings for so many seconds. */
async function pings(): Promise<Spread> {
  const taken: number[] = [];
  for (const end = performance.now() + Number(seconds) * 1000; performance.now() < end; ) {
    const start = performance.now();
    await pinger.request('control_ping');
    taken.push((performance.now() - start) * 1000);
  }
  const [median, p99] = [0.5, 0.99].map((share) => quantile(taken, share));
  return { median, p99, pings: taken.length };
}

const profiles = { vppmux: await cost('vppmux'), 'vpp-v2': await cost('vpp-v2') };
let scrapes = 0;

/** Pings while metrics are scraped once a second. */
async function pingsBeside() {
  let isOver = false;
  const scraping = (async () => {
    while (!isOver) {
      await scrape('vppmux');
      scrapes++;
      await delay(1000);
    }
  })();
  const measured = await pings();
  isOver = true;
  await scraping;
  return measured;
}

/** By turns, since others load the machine, too: the middle of all rounds counts. */
const rounds: { readonly alone: Spread; readonly beside: Spread }[] = [];
await pings();
while (rounds.length < ROUNDS) rounds.push({ alone: await pings(), beside: await pingsBeside() });
const middle = (of: 'alone' | 'beside', what: keyof Spread) =>
  quantile(
    rounds.map((round) => round[of][what]),
    0.5,
  );
const spread = (of: 'alone' | 'beside') => ({ median: middle(of, 'median'), p99: middle(of, 'p99') });
const all = rounds.reduce((sum, { beside }) => sum + beside.pings, 0);
await connection.close();
await stats.close();
const measured: Scraped = { alone: spread('alone'), beside: spread('beside'), pings: all, scrapes, profiles };
console.log(JSON.stringify(measured));
