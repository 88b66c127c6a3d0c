/**
 * A client of an agent, or, for comparison, of VPP's socket: requests one by one, or one dump, row by row.
 *
 * usage: node remote.js MODE WHERE API_DIR N      (WHERE: http://…, or a socket; MODE: requests, dump)
 */
import { performance } from 'node:perf_hooks';
import { connect } from '../../../src/mux/index.js';
import { connectRemote, type SharedConnection } from '../../../src/remote/index.js';
import { quantile } from '../figures.js';

export interface Requests {
  /** Microseconds. */
  readonly median: number;
  readonly p99: number;
}

export interface Rows {
  readonly rows: number;
  /** Most memory over the start, heap and buffers, bytes. */
  readonly memory: number;
}

const ROUNDS = 4;

const [mode, where, apiDir, count] = process.argv.slice(2);
const vpp: SharedConnection = where.startsWith('http')
  ? await connectRemote({ url: where })
  : await connect({ socket: where, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const ch = vpp.channel();

async function requests(n: number): Promise<Requests> {
  const taken = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const start = performance.now();
    await ch.request('control_ping');
    taken[i] = (performance.now() - start) * 1000;
  }
  return { median: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
}

async function dump(): Promise<Rows> {
  const now = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = now();
  let [rows, memory] = [0, 0];
  for await (const _row of ch.dump('ip_route_v2_dump')) {
    rows += 1;
    if ((rows & 0xffff) === 0) memory = Math.max(memory, now() - before);
  }
  return { rows, memory };
}

if (mode === 'dump') console.log(JSON.stringify(await dump()));
else {
  for (let round = 1; round < ROUNDS; round++) await requests(Number(count));
  console.log(JSON.stringify(await requests(Number(count))));
}
await vpp.close();
