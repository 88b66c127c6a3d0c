/** An API socket between the yardstick and the server: its rates, its CPU beside the yardstick's, its memory, its fairness. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectSocket, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Benchmark, client, type Group, type Setting } from './bench.js';
import type { RelayCosts } from './clients/relay.js';
import type { RelayFairness } from './clients/relay-fairness.js';
import type { Measured } from './clients/throughput.js';
import type { Sample } from './figures.js';

const MILLION = 1_000_000;
/** Rounds of the yardstick, of which it tells the last. */
const ROUNDS = 4;
const CLIENTS = 1000;
const WINDOW = 1024;

interface Through {
  readonly name: string;
  readonly cpu: string;
  readonly mode: 'ping' | 'dump';
  readonly n: number;
  readonly window: number;
}

const THROUGH: readonly Through[] = [
  {
    name: 'relay: pings, window 1,024',
    cpu: 'relay: CPU of a request and its reply',
    mode: 'ping',
    n: MILLION,
    window: WINDOW,
  },
  { name: 'relay: pings one after another', cpu: 'relay: CPU of a lone ping', mode: 'ping', n: 50_000, window: 1 },
  { name: 'relay: route dump', cpu: 'relay: CPU of one of the details', mode: 'dump', n: MILLION, window: WINDOW },
];

export const RELAY: Group = {
  title: 'relay: the yardstick through an API socket (rates: to the same without it; CPU: to its own)',
  benchmarks: [
    ...THROUGH.map((each): Benchmark => ({ name: each.name, run: (setting) => through(setting, each) })),
    { name: 'relay: idle clients', run: idle },
    { name: 'relay: a ping beside a client that adds routes', run: fairness },
  ],
};

async function through(setting: Setting, { name, cpu, mode, n, window }: Through): Promise<Sample[]> {
  const yardstick = wholeYardstick(setting);
  if (yardstick === undefined) return [];
  const times = setting.quick ? n / 10 : n;
  const direct = await client<Measured>(setting, yardstick, [setting.server.socket, mode, times, window]);
  return withRelay(setting, async (relay) => {
    // The yardstick tells its last round, which is a warm one: the relay is to be warm as well.
    await client<Measured>(setting, yardstick, [relay.socket, mode, times, window]);
    const before = await relay.costs();
    const relayed = await client<Measured>(setting, yardstick, [relay.socket, mode, times, window]);
    const cpuSeconds = (await relay.costs()).cpuSeconds - before.cpuSeconds;
    return [
      { name, unit: '/s', value: relayed.rate, yardstick: direct.rate },
      {
        name: cpu,
        unit: 'µs',
        value: (cpuSeconds / ROUNDS / relayed.n) * 1e6,
        yardstick: (relayed.cpuSeconds / relayed.n) * 1e6,
      },
    ];
  });
}

async function idle(setting: Setting): Promise<Sample[]> {
  return withRelay(setting, async (relay) => {
    const warm = await greeted(relay.socket);
    const before = await relay.costs();
    const sockets: Socket[] = [];
    for (let i = 0; i < CLIENTS; i++) sockets.push(await greeted(relay.socket));
    const { memory, clients } = await relay.costs();
    for (const each of [warm, ...sockets]) each.destroy();
    const more = memory - before.memory;
    return [
      { name: 'relay: memory of an idle client', unit: 'B', value: more / (clients - before.clients) },
      { name: 'relay: memory of 1,000 idle clients', unit: 'MiB', value: more / 2 ** 20 },
    ];
  });
}

async function fairness(setting: Setting): Promise<Sample[]> {
  const routes = setting.quick ? 20_000 : 100_000;
  return withRelay(setting, async ({ socket }) => {
    const args = [socket, setting.server.apiDir, routes, WINDOW];
    const { alone, beside, pings, windowWork } = await client<RelayFairness>(setting, 'relay-fairness', args);
    return [
      { name: 'relay: ping alone, p99', unit: 'µs', value: alone },
      { name: 'relay: ping beside routes, p99', unit: 'µs', value: beside, note: `${pings} pings` },
      {
        name: 'relay: p99 beside routes, of what is allowed',
        unit: '×',
        value: beside / (5 * alone + windowWork),
        note: "5 × alone + one window's work",
      },
    ];
  });
}

interface Relay {
  readonly socket: string;
  costs(): Promise<RelayCosts>;
}

async function withRelay<T>(setting: Setting, work: (relay: Relay) => Promise<T>): Promise<T> {
  const { node, scratch, server } = setting;
  const socket = join(scratch, 'relay.sock');
  const program = fileURLToPath(new URL('clients/relay.js', import.meta.url));
  const child: ChildProcess = spawn(node, ['--expose-gc', program, server.socket, socket, server.apiDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const lines: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const next = lines[Symbol.asyncIterator]();
    await next.next();
    const costs = async () => {
      child.stdin?.write('\n');
      return JSON.parse((await next.next()).value) as RelayCosts;
    };
    return await work({ socket, costs });
  } finally {
    child.kill('SIGKILL');
  }
}

/** The yardstick's dump request is a byte short, which VPP would not take, and the relay does not either. */
function wholeYardstick({ server, scratch }: Setting): string | undefined {
  if (server.yardstick === undefined) return undefined;
  const path = join(scratch, 'yardstick.mjs');
  writeFileSync(path, readFileSync(server.yardstick, 'utf8').replace('frame(dumpId, 7, 69)', 'frame(dumpId, 7, 70)'));
  return path;
}

/** A client that has shaken hands, and read the answer. */
function greeted(path: string): Promise<Socket> {
  const frame = Buffer.alloc(16 + 70);
  frame.writeUInt32BE(70, 8);
  frame.writeUInt16BE(15, 16);
  frame.write('idle', 22);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path, () => socket.write(frame));
    let left = -1;
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (left < 0) left = 16 + chunk.readUInt32BE(8);
      left -= chunk.length;
      if (left === 0) resolve(socket);
    });
  });
}
