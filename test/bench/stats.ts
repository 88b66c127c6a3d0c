/** A read of all counters of 1,000 interfaces on 4 threads, beside govpp's DumpStats of the same segment, where Go and govpp are there. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startMock } from '../../mock-vpp/index.js';
import { type Benchmark, client, type Group, PROJECT, type Setting } from './bench.js';
import type { StatsReads } from './clients/stats.js';
import type { Sample } from './figures.js';

const INTERFACES = 1000;
const WORKERS = 3;
/** Reads of a run; the first ones, in which code is compiled, do not count. */
const READS = 40;
const COLD = 10;

const GO_FOLDER = join(PROJECT, 'test', 'bench', 'govpp');
/** Keeps Go from downloading. */
const OFFLINE = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' };

const reads: Benchmark = { name: 'stats: one read of all counters', run: readAll };

export const STATS: Group = {
  title: `stats: all counters of ${INTERFACES} interfaces on ${WORKERS + 1} threads (ratio: to govpp's DumpStats)`,
  benchmarks: [reads],
};

async function readAll(setting: Setting): Promise<Sample[]> {
  const folder = setting.scratch;
  const socket = join(folder, 'counted.sock');
  const mock = await startMock({
    socket: join(folder, 'counted-api.sock'),
    stats: { socket },
    traffic: { packetsPerSecond: 1000, workers: WORKERS },
    updateMs: 0,
    setup(dataplane) {
      for (let n = 1; n < INTERFACES; n++) dataplane.addLoopback({ up: true });
    },
  });
  try {
    mock.advance(10);
    const ours = await client<StatsReads>(setting, 'stats', [socket, READS]);
    const govpp = dumpStats(folder, socket);
    return [
      { name: reads.name, unit: 'ms', value: median(ours.ms), ...(govpp && { yardstick: median(govpp.ms) }) },
      { name: 'stats: longest turn of the event loop in a read', unit: 'ms', value: median(ours.longest) },
    ];
  } finally {
    await mock.stop();
  }
}

/** Undefined where there is no Go, or no govpp. */
function dumpStats(folder: string, socket: string): Pick<StatsReads, 'ms' | 'entries'> | undefined {
  const program = join(folder, 'govpp-dump-stats');
  const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: GO_FOLDER, env: OFFLINE });
  if (built.status !== 0) return undefined;
  const { status, stdout, stderr } = spawnSync(program, [socket, String(READS)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program with govpp failed: ${stderr}`);
  return JSON.parse(stdout);
}

function median(all: readonly number[]): number {
  const warm = all.slice(COLD).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)];
}
