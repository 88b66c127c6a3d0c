/**
 * Two clients of an API socket, a process each: this one pings, alone and then while the other adds routes as fast as its window
 * lets it.
 *
 * usage: node relay-fairness.js SOCKET API_DIR ROUTES WINDOW
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connect } from '../../../src/mux/index.js';
import { quantile } from '../figures.js';
import type { Measured } from './throughput.js';

export interface RelayFairness {
  /** Microseconds, the 99th of a hundred. */
  readonly alone: number;
  readonly beside: number;
  readonly pings: number;
  /** Time of as many routes as a window holds, microseconds. */
  readonly windowWork: number;
}

const [socket, apiDir, routes, window] = process.argv.slice(2);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false, name: 'pinger' });
const ch = vpp.channel();

async function ping(goOn: (pings: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  while (goOn(times.length)) {
    const start = performance.now();
    await ch.request('control_ping');
    times.push((performance.now() - start) * 1000);
  }
  return times;
}

/** Runs the other client; its figures are those of the last of four rounds. */
function addRoutes(): Promise<Measured> {
  const program = fileURLToPath(new URL('throughput.js', import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, socket, apiDir, 'routes', routes, window], (error, stdout) => {
      if (error) reject(error);
      else resolve(JSON.parse(stdout) as Measured);
    });
  });
}

await ping((pings) => pings < 1000);
const alone = await ping((pings) => pings < 3000);
let isLoading = true;
const loaded = addRoutes().finally(() => {
  isLoading = false;
});
const beside = await ping(() => isLoading);
const { rate } = await loaded;
const figures: RelayFairness = {
  alone: quantile(alone, 0.99),
  beside: quantile(beside, 0.99),
  pings: beside.length,
  windowWork: (Number(window) / rate) * 1e6,
};
console.log(JSON.stringify(figures));
process.exit();
