/**
 * Objects of a kind, made one by one over the socket, then dumped whole through the mux.
 *
 * usage: node mock-scale.js SOCKET API_DIR KIND COUNT      (COUNT 0: only dumped; API_DIR `-`: fetched)
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type Channel, connect } from '../../../src/mux/index.js';

export interface MockMeasured {
  /** Seconds that making them took. */
  readonly made: number;
  /** Details per second: the best of eight dumps, as the first ones warm the code. */
  readonly dumped: number;
  /** Number of details in the last dump. */
  readonly details: number;
  /** Most memory of the other side's process, bytes; where something was made. */
  readonly memory?: number;
}

const WINDOW = 4096;
/** Dumps of each kind: the code is warm after some. */
const ROUNDS = 8;

interface Kind {
  readonly request: string;
  readonly fields: (i: number) => Record<string, unknown>;
  readonly dump: string;
  readonly dumpFields: Record<string, unknown>;
}

const ipOf = (first: number, i: number) => `${first}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

const KINDS: Record<string, Kind> = {
  routes: {
    request: 'ip_route_add_del_v2',
    fields: (i) => ({
      is_add: true,
      route: {
        prefix: `${ipOf(10, i)}/32`,
        paths: [{ sw_if_index: 1, weight: 1, nh: { address: { ip4: '192.0.2.9' } } }],
      },
    }),
    dump: 'ip_route_v2_dump',
    dumpFields: {},
  },
  interfaces: {
    request: 'create_loopback',
    fields: () => ({}),
    dump: 'sw_interface_dump',
    dumpFields: { sw_if_index: 0xffffffff },
  },
  neighbours: {
    request: 'ip_neighbor_add_del',
    fields: (i) => ({
      is_add: true,
      neighbor: { sw_if_index: 1, flags: 1, mac_address: '02:fe:00:00:00:01', ip_address: ipOf(10, i) },
    }),
    dump: 'ip_neighbor_dump',
    dumpFields: { sw_if_index: 0xffffffff, af: 0 },
  },
};

const [socket, apiDir, name, count] = process.argv.slice(2);
const kind = KINDS[name];
if (!kind) throw new Error(`no kind ${name}; there are ${Object.keys(KINDS).join(', ')}`);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const channel = vpp.channel({ requestBuffer: WINDOW, replyTimeoutMs: 120_000 });

async function make(ch: Channel, n: number): Promise<void> {
  if (n === 0) return;
  await ch.request('create_loopback');
  await ch.request('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
  // VPP takes 50,000 neighbours by default.
  await ch.request('ip_neighbor_config', { af: 0, max_number: 1_000_000, max_age: 0, recycle: false });
  await ch.request('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '192.0.2.1/24' });
  let next = 0;
  const loop = async () => {
    while (next < n) await ch.request(kind.request, kind.fields(next++));
  };
  await Promise.all(Array.from({ length: WINDOW }, loop));
}

async function dump(ch: Channel): Promise<{ details: number; rate: number }> {
  const start = performance.now();
  let details = 0;
  for await (const _each of ch.dump(kind.dump, kind.dumpFields)) details++;
  return { details, rate: (details / (performance.now() - start)) * 1000 };
}

const start = performance.now();
await make(channel, Number(count));
const made = (performance.now() - start) / 1000;
let details = 0;
let dumped = 0;
for (let round = 0; round < ROUNDS; round++) {
  const seen = await dump(channel);
  details = seen.details;
  dumped = Math.max(dumped, seen.rate);
}
const memory = Number(count) > 0 ? await memoryOfVpp() : undefined;
const measured: MockMeasured = { made, dumped, details, memory };
console.log(JSON.stringify(measured));
vpp.destroy();

async function memoryOfVpp(): Promise<number> {
  const { vpe_pid } = await channel.request('control_ping');
  const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${vpe_pid}/status`, 'utf8')) ?? [];
  return Number(peak) * 1024;
}
