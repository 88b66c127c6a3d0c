/**
 * Agents of a fleet on one real etcd, as far as etcd sees them: each has a connection, a watch of the wish for all, and a state on a
 * lease. Everything runs in this process, apart from etcd. Writes one line of JSON.
 *
 * usage: node etcd-fleet.js AGENTS PUTS
 */

import { once } from 'node:events';
import { connect } from 'node:http2';
import { EtcdClient, type Watch } from '../../../src/etcd/index.js';
import { frame } from '../../../src/etcd/wire/deframer.js';
import { encode } from '../../../src/etcd/wire/encode.js';
import { WATCH_REQUEST } from '../../../src/etcd/wire/messages.js';
import { type EtcdCluster, startEtcd } from '../../support/etcd.js';
import { quantile } from '../figures.js';

export interface Seen {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Milliseconds; requests and messages of one agent. */
export interface FleetFigures {
  readonly start: { readonly ms: number; readonly requests: number };
  readonly seen: Seen;
  /** The same put, seen by as many connections of HTTP/2 that only notice that bytes have come. */
  readonly bare: Seen;
  /** From the return of an etcd that was killed, until all agents have seen what was put then. */
  readonly restart: { readonly ms: number; readonly requests: number };
  /** From the last renewal of an agent's lease, of `ttl` seconds, until a watcher sees that it is gone. */
  readonly lost: { readonly ms: number; readonly ttl: number };
  /** Requests, and messages on watches, that etcd gets of an idle agent in a minute. */
  readonly idle: { readonly requests: number; readonly messages: number };
  readonly agentBytes: number;
  readonly etcdBytes: number;
}

const [agents, puts] = process.argv.slice(2).map(Number);
const WISH = '/fleet/groups/all/';
const LEASE_SECONDS = 30;
const LOST_SECONDS = 3;
const IDLE_MS = 20_000;

/** Milliseconds after `begun` at which each agent saw the value. */
class Sightings {
  private times: number[] = [];
  private begun = 0;
  private wanted = '';
  private all: () => void = () => {};

  saw(value: string): void {
    if (value !== this.wanted) return;
    this.times.push(performance.now() - this.begun);
    if (this.times.length === agents) this.all();
  }

  /** Resolves when all have seen it. */
  async of(value: string, put: () => Promise<unknown>): Promise<number[]> {
    this.times = [];
    this.wanted = value;
    this.begun = performance.now();
    const all = new Promise<void>((resolve) => {
      this.all = resolve;
    });
    await put();
    await all;
    return this.times;
  }
}

const sightings = new Sightings();

class Agent {
  readonly client: EtcdClient;
  private watch: Watch | undefined;

  constructor(
    private readonly label: number,
    endpoints: readonly string[],
  ) {
    this.client = new EtcdClient({ endpoints: [...endpoints], requestTimeoutMs: 30_000, connectTimeoutMs: 10_000 });
  }

  async start(): Promise<void> {
    const keys = this.client.keep({ ttlSeconds: LEASE_SECONDS });
    keys.set(`/fleet/agents/${this.label}/state/health`, 'ready');
    await new Promise<void>((resolve) => {
      this.watch = this.client.watch({ prefix: WISH }, { onState: ({ state }) => state === 'live' && resolve() });
      void this.read(this.watch);
    });
    await keys.settled();
  }

  private async read(watch: Watch): Promise<void> {
    for await (const item of watch) {
      const kvs =
        item.kind === 'snapshot' ? item.kvs : item.changes.flatMap((one) => (one.type === 'put' ? [one.kv] : []));
      for (const { value } of kvs) sightings.saw(value.toString());
    }
  }
}

async function metrics(cluster: EtcdCluster): Promise<{ requests: number; messages: number; bytes: number }> {
  const text = await (await fetch(`${cluster.endpoints[0]}/metrics`)).text();
  const sum = (pattern: RegExp) => [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    requests: sum(/^grpc_server_started_total\{.*\} (\S+)$/gm),
    messages: sum(/^grpc_server_msg_received_total\{grpc_method="Watch".*\} (\S+)$/gm),
    bytes: sum(/^process_resident_memory_bytes (\S+)$/gm),
  };
}

const seen = (times: readonly number[]): Seen => ({
  ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1) },
});

/** A put, seen by connections that do nothing but look for bytes. */
async function bare(endpoint: string, put: (value: string) => Promise<unknown>): Promise<Seen> {
  const request = frame(
    encode(WATCH_REQUEST, { create: { key: Buffer.from(WISH), rangeEnd: Buffer.from('/fleet/groups/all0') } }),
  );
  let begun = 0;
  let times: number[] = [];
  let all: () => void = () => {};
  const ready: Promise<unknown>[] = [];
  const sessions = Array.from({ length: agents }, () => {
    const session = connect(endpoint);
    const stream = session.request({
      ...{
        ':method': 'POST',
        ':path': '/etcdserverpb.Watch/Watch',
        'content-type': 'application/grpc',
        te: 'trailers',
      },
    });
    stream.write(request);
    ready.push(once(stream, 'data'));
    stream.on('data', () => {
      if (times.push(performance.now() - begun) === agents) all();
    });
    return session;
  });
  await Promise.all(ready);
  const measured: number[] = [];
  for (let i = 0; i < puts; i++) {
    times = [];
    begun = performance.now();
    const done = new Promise<void>((resolve) => {
      all = resolve;
    });
    await put(`bare ${i}`);
    await done;
    measured.push(...times);
  }
  for (const session of sessions) session.destroy();
  return seen(measured);
}

async function lost(watcher: EtcdClient): Promise<number> {
  const lease = await watcher.lease(LOST_SECONDS);
  const key = '/fleet/agents/lost/state/health';
  await watcher.put(key, 'ready', { lease: lease.id });
  const watch = watcher.watch(key);
  await watch.next();
  const begun = performance.now();
  lease.abandon();
  await watch.next();
  watch.close();
  return performance.now() - begun;
}

async function measure(cluster: EtcdCluster): Promise<FleetFigures> {
  const { endpoints, members } = cluster;
  const driver = new EtcdClient({ endpoints: [...endpoints], requestTimeoutMs: 30_000 });
  const put = (value: string) => driver.put(`${WISH}wish`, value);
  await put('first');
  const bareSeen = await bare(endpoints[0], put);

  const before = await metrics(cluster);
  const memory = process.memoryUsage().rss;
  const fleet = Array.from({ length: agents }, (_, label) => new Agent(label, endpoints));
  const begun = performance.now();
  await Promise.all(fleet.map((agent) => agent.start()));
  const startMs = performance.now() - begun;
  const started = await metrics(cluster);
  const agentBytes = (process.memoryUsage().rss - memory) / agents;

  const times: number[] = [];
  for (let i = 0; i < puts; i++) times.push(...(await sightings.of(`wish ${i}`, () => put(`wish ${i}`))));

  const lostMs = await lost(driver);

  const idle = await metrics(cluster);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idled = await metrics(cluster);
  const aMinute = (from: number, to: number) => ((to - from) * 60_000) / IDLE_MS / agents;

  await members[0].kill();
  await members[0].start();
  const returned = performance.now();
  await sightings.of('again', () => put('again'));
  const restartMs = performance.now() - returned;
  const restarted = await metrics(cluster);
  return {
    start: { ms: startMs, requests: (started.requests - before.requests) / agents },
    ...{ seen: seen(times), bare: bareSeen },
    restart: { ms: restartMs, requests: restarted.requests / agents },
    lost: { ms: lostMs, ttl: LOST_SECONDS },
    idle: { requests: aMinute(idle.requests, idled.requests), messages: aMinute(idle.messages, idled.messages) },
    ...{ agentBytes, etcdBytes: idled.bytes },
  };
}

const cluster = await startEtcd();
try {
  console.log(JSON.stringify(await measure(cluster)));
} finally {
  await cluster.close();
  // All agents at once: nobody waits for their goodbyes.
  process.exit();
}
