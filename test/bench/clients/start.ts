/**
 * How long a program takes from its first import to the first answer.
 *
 * usage: node start.js SOCKET API_DIR      (API_DIR `-`: fetched from VPP)
 */
import { performance } from 'node:perf_hooks';

const [socket, apiDir] = process.argv.slice(2);
const startedAt = performance.now();
const { connect } = await import('../../../src/mux/index.js');
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
await vpp.channel().request('control_ping');
console.log(JSON.stringify({ ms: performance.now() - startedAt }));
vpp.destroy();
