/**
 * A program that adds routes from objects once, on a connection that it has: code that is new to V8, as a command's is.
 *
 * usage: node routes-once.js SOCKET API_DIR ROUTES      (API_DIR `-`: fetched from VPP)
 */
import { performance } from 'node:perf_hooks';
import { connect } from '../../../src/mux/index.js';

/** Time from the first request to the last reply. */
export interface RoutesOnce {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const WINDOW = 4096;

const [socket, apiDir, count] = process.argv.slice(2);
const n = Number(count);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const channel = vpp.channel({ requestBuffer: WINDOW });
const start = performance.now();
const cpu = process.cpuUsage();
let next = 0;

async function lane(): Promise<void> {
  for (let i = next++; i < n; i = next++) {
    const prefix = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`;
    const paths = [{ sw_if_index: 0xffffffff, weight: 1, proto: 0, nh: { address: { ip4: '192.0.2.1' } } }];
    await channel.request('ip_route_add_del_v2', { is_add: true, route: { prefix, paths } });
  }
}

await Promise.all(Array.from({ length: WINDOW }, lane));
const { user, system } = process.cpuUsage(cpu);
const once: RoutesOnce = { seconds: (performance.now() - start) / 1e3, cpuSeconds: (user + system) / 1e6 };
console.log(JSON.stringify(once));
vpp.destroy();
