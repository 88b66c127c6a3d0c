/**
 * One channel's pings, one after another: alone, then while a second channel dumps routes and a third keeps
 * requests waiting. All three on one connection with default options.
 *
 * usage: node latency.js SOCKET API_DIR ROUTES WAITING      (the server's dumps may be shorter: they follow each other)
 */
import { performance } from 'node:perf_hooks';
import { connect } from '../../../src/mux/index.js';
import { quantile } from '../figures.js';

export interface LatencyMeasured {
  /** Microseconds. */
  readonly alone: Spread;
  readonly underLoad: Spread;
  /** Microseconds that a byte of a dump takes which has the connection to itself. */
  readonly perByte: number;
  /** Requests of the third channel that waited at the end. */
  readonly waiting: number;
}

export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  readonly pings: number;
}

const [socket, apiDir, routes, waiting] = process.argv.slice(2);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const [pinger, dumper, crowd] = [vpp.channel(), vpp.channel(), vpp.channel()];

/** Pings until `enough` says so, at least once. */
async function pings(enough: (count: number) => boolean): Promise<Spread> {
  const taken: number[] = [];
  do {
    const start = performance.now();
    await pinger.request('control_ping');
    taken.push((performance.now() - start) * 1000);
  } while (!enough(taken.length));
  const [median, p99, longest] = [0.5, 0.99, 1].map((share) => quantile(taken, share));
  return { median, p99, longest, pings: taken.length };
}

/** Dumps until so many routes have come; gives the microseconds of each byte. */
async function dumpAll(): Promise<number> {
  const start = performance.now();
  const { bytesIn } = vpp.stats();
  let seen = 0;
  while (seen < Number(routes)) for await (const _details of dumper.dump('ip_route_v2_dump')) seen++;
  return ((performance.now() - start) * 1000) / (vpp.stats().bytesIn - bytesIn);
}

/** Keeps `count` requests waiting besides those in the channel's window; gives what ends it. */
function crowdIn(count: number): () => Promise<void> {
  let over = false;
  let open = 0;
  let allOver = () => {};
  const ask = () => {
    crowd.request('control_ping').then(() => {
      if (!over) ask();
      else if (--open === 0) allOver();
    });
  };
  for (; open < count; open++) ask();
  return () => {
    over = true;
    return new Promise<void>((resolve) => {
      allOver = resolve;
      if (open === 0) resolve();
    });
  };
}

async function round(): Promise<LatencyMeasured> {
  const alone = await pings((count) => count === 20_000);
  const perByte = await dumpAll();
  const leave = crowdIn(Number(waiting));
  let done = false;
  const dumping = dumpAll().then(() => {
    done = true;
  });
  const underLoad = await pings(() => done);
  const stillWaiting = vpp.stats().waiting;
  await Promise.all([dumping, leave()]);
  return { alone, underLoad, perByte, waiting: stillWaiting };
}

for (let i = 0; i < 3; i++) await round();
console.log(JSON.stringify(await round()));
vpp.destroy();
