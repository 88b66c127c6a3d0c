/**
 * Many channels with a request each: what they cost in heap, and how long a round over all of them takes.
 *
 * usage: node --expose-gc channels.js SOCKET API_DIR CHANNELS ROUNDS
 *
 * Heap is the difference of `heapUsed` after two full collections each time, divided by the number of
 * channels. It holds everything that the channels and their requests in flight keep alive: the channel
 * objects and their place among the connection's, the exchanges and their place in the table, the
 * promises, and 16 bytes of the caller's two arrays. Bytes outside the heap (the written frames) are
 * told beside it. Connections before it have warmed the code; the tables of this one start empty.
 */
import { performance } from 'node:perf_hooks';
import { type Channel, type ConnectOptions, connect, loadSchema } from '../../../src/mux/index.js';
import { quantile } from '../figures.js';

export interface ChannelsMeasured {
  /** Bytes of a channel; and of it together with its request. */
  readonly channel: number;
  readonly both: number;
  /** Bytes outside the heap, of a channel with its request. */
  readonly outside: number;
  /** Requests that were at VPP when the heap was measured; the others waited for their turn. */
  readonly inFlight: number;
  /** Milliseconds: median of the rounds, and the p99 of all their requests. */
  readonly round: number;
  readonly p99: number;
}

const [socket, apiDir, count, rounds] = process.argv.slice(2);
const n = Number(count);
const schema = apiDir === '-' ? undefined : await loadSchema(apiDir);
const collect = globalThis.gc;
if (!collect) throw new Error('run it with --expose-gc');

function heap(): NodeJS.MemoryUsage {
  collect?.();
  collect?.();
  return process.memoryUsage();
}

async function measure(options: ConnectOptions, times: number): Promise<ChannelsMeasured> {
  const vpp = await connect({ socket, cacheDir: false, schema, ...options });
  await vpp.channel().request('control_ping');
  const before = heap();
  const others = vpp.stats().inFlight;
  const channels = Array.from({ length: n }, () => vpp.channel());
  const opened = heap();
  const replies = channels.map((channel) => channel.request('control_ping'));
  // The outbox has written by then, and nothing has been read yet.
  await new Promise((resolve) => setImmediate(resolve));
  const inFlight = vpp.stats().inFlight - others;
  const sent = heap();
  await Promise.all(replies);
  const latencies = await roundsOver(channels, times);
  vpp.destroy();
  return {
    channel: (opened.heapUsed - before.heapUsed) / n,
    both: (sent.heapUsed - before.heapUsed) / n,
    outside: (sent.external - before.external) / n,
    inFlight,
    ...latencies,
  };
}

/** All ask at once; the next round begins when all have their answers. */
async function roundsOver(channels: readonly Channel[], times: number): Promise<{ round: number; p99: number }> {
  const durations: number[] = [];
  const latencies = new Float64Array(times * n);
  let answered = 0;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const asked = channels.map(async (channel) => {
      const sentAt = performance.now();
      await channel.request('control_ping');
      latencies[answered++] = performance.now() - sentAt;
    });
    await Promise.all(asked);
    durations.push(performance.now() - start);
  }
  return { round: quantile(durations, 0.5), p99: quantile(latencies, 0.99) };
}

/** The fourth connection counts. */
async function warm(options: ConnectOptions): Promise<ChannelsMeasured> {
  for (let i = 0; i < 3; i++) await measure(options, 1);
  return measure(options, Number(rounds));
}

const allAtVpp = await warm({ maxInFlight: 2 * n });
const byDefault = await warm({});
console.log(JSON.stringify({ allAtVpp, byDefault }));
