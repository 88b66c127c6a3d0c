/**
 * Two clients of an API socket: one pings, alone and then while the other adds routes as fast as its window lets it.
 *
 * usage: node relay-fairness.js SOCKET API_DIR ROUTES WINDOW
 */
import { connect } from '../../../src/mux/index.js';
import { quantile } from '../figures.js';

export interface RelayFairness {
  /** Microseconds, the 99th of a hundred. */
  readonly alone: number;
  readonly beside: number;
  readonly pings: number;
  /** Time of as many routes as a window holds, microseconds. */
  readonly windowWork: number;
}

const [socket, apiDir, count, width] = process.argv.slice(2);
const routes = Number(count);
const window = Number(width);
const options = { socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false } as const;
const pinger = await connect({ ...options, name: 'pinger' });
const loader = await connect({ ...options, name: 'loader' });
const ch = pinger.channel();

async function ping(goOn: (pings: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  while (goOn(times.length)) {
    const start = performance.now();
    await ch.request('control_ping');
    times.push((performance.now() - start) * 1000);
  }
  return times;
}

async function addRoutes(n: number): Promise<void> {
  const adds = loader.channel({ requestBuffer: window });
  const asked: Promise<unknown>[] = [];
  for (let i = 0; i < n; i++) {
    const prefix = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`;
    asked.push(
      adds.request('ip_route_add_del_v2', { is_add: true, route: { prefix, paths: [{ sw_if_index: 0, weight: 1 }] } }),
    );
  }
  await Promise.all(asked);
}

await addRoutes(routes / 5);
await ping((pings) => pings < 500);
const alone = await ping((pings) => pings < 3000);
let isLoading = true;
const start = performance.now();
const loaded = addRoutes(routes).then(() => {
  isLoading = false;
  return performance.now() - start;
});
const beside = await ping(() => isLoading);
const figures: RelayFairness = {
  alone: quantile(alone, 0.99),
  beside: quantile(beside, 0.99),
  pings: beside.length,
  windowWork: ((await loaded) * 1000 * window) / routes,
};
console.log(JSON.stringify(figures));
process.exit();
