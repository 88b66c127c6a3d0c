/**
 * One measurement of our client in a process of its own, through the public API with default options.
 *
 * usage: node throughput.js SOCKET API_DIR MODE [N] [WINDOW]      (API_DIR `-`: fetched from VPP)
 * Prints one JSON line like the yardstick's; of four rounds the last one counts.
 */
import { performance } from 'node:perf_hooks';
import { type Channel, connect } from '../../../src/mux/index.js';

export interface Measured {
  readonly mode: string;
  readonly n: number;
  readonly seconds: number;
  /** Per second. */
  readonly rate: number;
  readonly cpuSeconds: number;
  /** Most heap over the start seen in the last round, bytes. */
  readonly heap?: number;
}

const [socket, apiDir, mode, count = '1000000', width = '1024'] = process.argv.slice(2);
const n = Number(count);
const window = Number(width);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });

const heapNow = () => process.memoryUsage().heapUsed;

/** `WINDOW` loops, each awaiting its own answers, as the yardstick does. */
async function pipelined(ch: Channel, name: string, fields: (i: number) => Record<string, unknown>): Promise<number> {
  const each = Math.floor(n / window);
  const loop = async (from: number) => {
    for (let i = 0; i < each; i++) await ch.request(name, fields(from + i));
  };
  await Promise.all(Array.from({ length: window }, (_, index) => loop(index * each)));
  return each * window;
}

const dump = (ch: Channel) => ch.dump('ip_route_v2_dump', {});
let heapPeak = 0;

const MODES: Record<string, (ch: Channel) => Promise<number>> = {
  ping: (ch) => pipelined(ch, 'control_ping', () => ({})),
  routes: (ch) =>
    pipelined(ch, 'ip_route_add_del_v2', (i) => ({
      is_add: true,
      route: {
        prefix: `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`,
        paths: [{ sw_if_index: 0, weight: 1 }],
      },
    })),
  async iterate(ch) {
    let seen = 0;
    const before = heapNow();
    for await (const _details of dump(ch))
      if ((++seen & 0xffff) === 0) heapPeak = Math.max(heapPeak, heapNow() - before);
    return seen;
  },
  async observe(ch) {
    let seen = 0;
    await dump(ch)
      .observe()
      .forEach(() => void seen++);
    return seen;
  },
  collect: async (ch) => (await dump(ch).toArray()).length,
};

const run = MODES[mode];
if (!run) throw new Error(`no mode ${mode}; there are ${Object.keys(MODES).join(', ')}`);
const channel = vpp.channel({ requestBuffer: window });
for (let round = 0; round < 4; round++) {
  heapPeak = 0;
  const start = performance.now();
  const cpu = process.cpuUsage();
  const done = await run(channel);
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  const measured: Measured = { mode, n: done, seconds, rate: done / seconds, cpuSeconds: (user + system) / 1e6 };
  if (round === 3) console.log(JSON.stringify(mode === 'iterate' ? { ...measured, heap: heapPeak } : measured));
}
vpp.destroy();
