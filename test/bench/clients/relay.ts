/**
 * An API socket in a process of its own, which tells its costs.
 *
 * usage: node --expose-gc relay.js UPSTREAM LISTEN API_DIR
 * Prints `ready`, then a JSON line for each line of its input; ends with its input.
 */
import { createInterface } from 'node:readline';
import { connect } from '../../../src/mux/index.js';

export interface RelayCosts {
  /** Since the start. */
  readonly cpuSeconds: number;
  /** Heap, and buffers outside of it, after a collection, bytes. */
  readonly memory: number;
  readonly clients: number;
}

const [upstream, path, apiDir] = process.argv.slice(2);
const vpp = await connect({ socket: upstream, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const socket = await vpp.listen({ path, limits: { clients: 2000 } });
console.log('ready');
for await (const _line of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage();
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  const costs: RelayCosts = {
    cpuSeconds: (user + system) / 1e6,
    memory: heapUsed + external,
    clients: socket.clients().length,
  };
  console.log(JSON.stringify(costs));
}
process.exit();
