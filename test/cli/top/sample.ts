/** Readings of a VPP and an agent that a test makes up. */

import type { AgentReading } from '../../../src/cli/top/agent/agent-reading.js';
import { apiFigures } from '../../../src/cli/top/agent/api-rows.js';
import { Counters } from '../../../src/cli/top/counters/counters.js';
import type { Reading } from '../../../src/cli/top/counters/reading.js';
import type { Model } from '../../../src/cli/top/model.js';
import type { ErrorStats, InterfaceStats, NodeStats } from '../../../src/stats/index.js';

/** 14:03:07 wherever the test runs. */
export const AT = new Date(2026, 10, 28, 14, 3, 7).getTime();

export const itf = (index: number, name: string, counters: Partial<InterfaceStats> = {}): InterfaceStats => ({
  index,
  name,
  threads: [],
  ...counters,
});

export const node = (index: number, name: string, [calls, vectors, clocks]: readonly number[]): NodeStats => ({
  index,
  name,
  threads: [],
  ...{ calls: BigInt(calls), vectors: BigInt(vectors), clocks: BigInt(clocks), suspends: 0n },
});

export const error = (name: string, reason: string, count: number): ErrorStats => ({
  node: name,
  error: reason,
  count: BigInt(count),
  threads: [],
});

/** `seconds` after `AT`. */
export const reading = (seconds: number, parts: Partial<Reading> = {}): Reading => ({
  at: AT + 1000 * seconds,
  monotonic: 1000 * seconds,
  system: { bootTime: BigInt(AT / 1000 - 93_784), heartbeat: 1n },
  interfaces: [],
  nodes: [],
  errors: [],
  buffers: [],
  memory: [],
  ...parts,
});

const NAMES = ['local0', 'TenGigabitEthernet0/8/0', 'TenGigabitEthernet0/8/0.100', 'memif1/0', 'loop0', '接口0'];

/** An interface that has received `packets`, and sent half of them. */
function busy(index: number, name: string, packets: number): InterfaceStats {
  const traffic = (count: number, size: number) => ({ packets: BigInt(count), bytes: BigInt(count * size) });
  return itf(index, name, {
    rx: traffic(packets, 800),
    tx: traffic(Math.floor(packets / 2), 64),
    drops: BigInt(Math.floor(packets / 100)),
    punts: 0n,
    rxError: 0n,
    txError: BigInt(index),
    rxMiss: 0n,
  });
}

const GRAPH = ['dpdk-input', 'ethernet-input', 'ip4-input', 'ip4-lookup', 'ip4-rewrite', 'unix-epoll-input'];

/** A VPP with more of everything than a small screen shows; `beats`: times that its traffic has gone on for a second. */
function vpp(seconds: number, beats: number): Reading {
  const interfaces = Array.from({ length: 40 }, (_, index) =>
    busy(index, NAMES[index] ?? `loop${index}`, index === 0 ? 0 : Math.floor(100_000 / index) * (10 + beats)),
  );
  const nodes = Array.from({ length: 50 }, (_, index) =>
    node(index, GRAPH[index] ?? `node-number-${index}`, [
      1000 * beats,
      7000 * beats,
      Math.floor(90_000 / (index + 1)) * beats,
    ]),
  );
  const errors = Array.from({ length: 30 }, (_, index) =>
    error(
      index === 0 ? 'ip4-input' : `node-number-${index}`,
      `reason ${index} of many`,
      index < 25 ? index * beats * 3 : 0,
    ),
  );
  return reading(seconds, {
    interfaces,
    nodes,
    errors,
    system: {
      bootTime: BigInt(AT / 1000 - 93_784),
      heartbeat: BigInt(beats),
      workers: 2n,
      vectorRate: 12n,
      inputRate: 250_000n,
      loopsPerWorker: [123n, 1_234_567n, 1_230_000n],
      vectorRatePerWorker: [0n, 12n, 11n],
    },
    buffers: [{ pool: 'default-numa-0', used: 16_000n, cached: 500n, available: 300n }],
    memory: [
      { heap: 'main heap', used: 94_000_000n, total: 1_073_741_824n },
      { heap: 'stat segment', used: 1_000_000n, total: 33_554_432n },
    ],
  });
}

const channel = (id: number, name: string, requests: number, more: object = {}) => ({
  ...{ id, name, owner: 'operations', access: 'read', inFlight: 0, waiting: 0, oldestMs: 0, requests },
  ...more,
});

export function agentReading(seconds: number): AgentReading {
  return {
    monotonic: 1000 * seconds,
    status: {
      overall: 'ok',
      plugins: {},
      agent: { name: 'vppmux', version: '0.1.0', pid: 7 },
      vpp: {
        ...{ version: '26.06-release', pid: 4711, state: 'ready', reason: 'connected', socket: '/run/vpp/api.sock' },
        traffic: {
          ...{ requests: 100 + 30 * seconds, replies: 100 + 20 * seconds, details: 10 * seconds, events: 5 },
          ...{ inFlight: 2, waiting: 1, oldestMs: 1840 },
          busiest: [
            channel(3, 'client 3', 40),
            channel(1, 'routes', 50 + 10 * seconds, { inFlight: 1 }),
            channel(0, 'x', 9),
          ],
          slowest: [{ name: 'cli_inband', count: 4, meanMs: 310.25, maxMs: 1200 }],
        },
      },
    },
    clients: [
      {
        ...{ id: 3, name: 'calico-agent', role: 'calico', messagesIn: 40 + 20 * seconds, inFlight: 1, waiting: 1 },
        ...{ oldestMs: 1840, refused: 2 },
      },
    ],
  };
}

/** Everything there is, after three updates of VPP's nodes. */
export function fullModel(): Model {
  const counters = new Counters();
  for (const seconds of [-3, -2, -1, 0]) counters.accept(vpp(seconds, seconds + 5));
  return {
    at: AT,
    stats: { socket: '/run/vpp/stats.sock', way: 'koffi', state: 'reading', since: AT - 60_000, lastRead: AT },
    figures: counters.figures,
    api: apiFigures(agentReading(1), agentReading(0)),
    agent: { host: '127.0.0.1:9191' },
  };
}

/** Nothing but the reason why. */
export const emptyModel = (stats: Partial<Model['stats']> = {}): Model => ({
  at: AT,
  stats: { socket: '/run/vpp/stats.sock', state: 'away', reason: 'there is no such file', since: AT - 5000, ...stats },
  agent: { host: '127.0.0.1:9191', missing: 'no agent at 127.0.0.1:9191: nobody listens there' },
});
