/**
 * Agents of a fleet on one real etcd: members as an agent has them, each with a connection of its own, over dataplanes that do nothing.
 * Everything runs in this process, apart from etcd. Writes one line of JSON.
 *
 * usage: node etcd-fleet.js AGENTS WISHES
 */

import { once } from 'node:events';
import { connect } from 'node:http2';
import { EtcdClient, type Operation } from '../../../src/etcd/index.js';
import { rangeOf } from '../../../src/etcd/kv/ranges.js';
import { frame } from '../../../src/etcd/wire/deframer.js';
import { encode } from '../../../src/etcd/wire/encode.js';
import { WATCH_REQUEST } from '../../../src/etcd/wire/messages.js';
import { FleetKeys, type FleetStore, Member, writeWish } from '../../../src/fleet/index.js';
import { FakeCarrier } from '../../fleet/member/fake-carrier.js';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdCluster, startEtcd } from '../../support/etcd.js';
import { etcdMetrics } from '../../support/etcd-metrics.js';
import { quantile } from '../figures.js';

export interface Seen {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Milliseconds; requests and messages of one agent. */
export interface FleetFigures {
  /** Until the states of all are there. */
  readonly start: { readonly ms: number; readonly requests: number };
  /** From a wish for all, assigned to each, until each carries it out. */
  readonly seen: Seen;
  /** The same assignments, seen by as many connections of HTTP/2 that only notice that bytes have come. */
  readonly bare: Seen;
  /** All ended and started again at the same moment, until the states of all are there. */
  readonly restarted: { readonly ms: number; readonly requests: number };
  /** From the return of an etcd that was killed, until all carry out what is assigned then; and states that are not there by then. */
  readonly killed: { readonly ms: number; readonly requests: number; readonly missing: number };
  /** From the moment at which an agent's network swallows everything, until a watcher sees that it is gone; its lease has `ttl` seconds. */
  readonly lost: { readonly ms: number; readonly ttl: number };
  /** Requests, and messages on watches, that etcd gets of an idle agent in a minute. */
  readonly idle: { readonly requests: number; readonly messages: number };
  /** Wishes that were carried out without need. */
  readonly again: number;
  readonly agentBytes: number;
  readonly etcdBytes: number;
}

const [agents, wishes] = process.argv.slice(2).map(Number);
const LEASE_SECONDS = 30;
const LOST_SECONDS = 3;
const IDLE_MS = 20_000;
/** Assignments of a transaction, as drivers write them. */
const AT_ONCE = 100;
/** A fleet that starts together spreads its first requests over a second. */
const JITTER_MS = 1000;
const PATIENT = { requestTimeoutMs: 30_000, connectTimeoutMs: 10_000 };

const keys = new FleetKeys();
const labelOf = (number: number) => `agent-${number}`;
const LABELS = Array.from({ length: agents }, (_, number) => labelOf(number));

/** Milliseconds after `begun` at which each agent carried out the wish. */
class Sightings {
  private times: number[] = [];
  private begun = 0;
  private wanted = '';
  private all: () => void = () => {};

  saw(text: string): void {
    if (text !== this.wanted) return;
    this.times.push(performance.now() - this.begun);
    if (this.times.length === agents) this.all();
  }

  /** Resolves when all have. */
  async of(text: string, assign: () => Promise<unknown>): Promise<number[]> {
    this.times = [];
    this.wanted = text;
    this.begun = performance.now();
    const all = new Promise<void>((resolve) => {
      this.all = resolve;
    });
    await assign();
    await all;
    return this.times;
  }
}

const sightings = new Sightings();

class NoticingCarrier extends FakeCarrier {
  override apply(...given: Parameters<FakeCarrier['apply']>): ReturnType<FakeCarrier['apply']> {
    sightings.saw(given[1]);
    return super.apply(...given);
  }
}

function memberOf(label: string, carrier: FakeCarrier, endpoints: readonly string[], ttlSeconds = LEASE_SECONDS) {
  const store = new EtcdClient({ endpoints: [...endpoints], ...PATIENT });
  const member = new Member({
    ...{ store, keys, label, labels: { role: 'edge' }, carrier, log: { info() {}, warn() {} } },
    facts: () => ({ agent: '0.1.0', vpp: '26.06', health: 'ok' }),
    pace: { ttlSeconds, jitterMs: JITTER_MS },
  });
  member.start();
  return { member, store };
}

class Fleet {
  readonly carriers = LABELS.map(() => new NoticingCarrier());
  private members: ReturnType<typeof memberOf>[] = [];

  constructor(private readonly endpoints: readonly string[]) {}

  start(): void {
    this.members = LABELS.map((label, at) => memberOf(label, this.carriers[at], this.endpoints));
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map(({ member }) => member.close()));
    await Promise.all(this.members.map(({ store }) => store.close()));
  }
}

class Driver {
  private generation = 0;

  constructor(readonly store: EtcdClient) {}

  /** Assigns a wish to all. */
  async assign(text: string): Promise<void> {
    const sha256 = await writeWish(this.store as FleetStore, keys, text);
    const value = JSON.stringify({ generation: ++this.generation, wishes: { main: sha256 } });
    await this.store.put(keys.latest, String(this.generation));
    for (let at = 0; at < LABELS.length; at += AT_ONCE) {
      const success = LABELS.slice(at, at + AT_ONCE).map(
        (label): Operation => ({ put: keys.assignment(label), value }),
      );
      await this.store.transact({ success });
    }
  }

  /** Number of states that are there. */
  async states(): Promise<number> {
    const { kvs } = await this.store.list({ prefix: keys.agents }, { keysOnly: true });
    return kvs.filter(({ key }) => keys.agentOf(key)?.what === 'state').length;
  }

  async allThere(): Promise<void> {
    while ((await this.states()) < agents) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const seen = (times: readonly number[]): Seen => ({
  ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1) },
});

/** Assignments, seen by connections that do nothing but look for bytes. */
async function bare(endpoint: string, assign: (text: string) => Promise<unknown>): Promise<Seen> {
  let begun = 0;
  let times: number[] = [];
  let all: () => void = () => {};
  const ready: Promise<unknown>[] = [];
  const sessions = LABELS.map((label) => {
    const session = connect(endpoint);
    const stream = session.request({
      ...{
        ':method': 'POST',
        ':path': '/etcdserverpb.Watch/Watch',
        'content-type': 'application/grpc',
        te: 'trailers',
      },
    });
    stream.write(frame(encode(WATCH_REQUEST, { create: rangeOf({ prefix: keys.agent(label) }) })));
    ready.push(once(stream, 'data'));
    stream.on('data', () => {
      if (times.push(performance.now() - begun) === agents) all();
    });
    return session;
  });
  await Promise.all(ready);
  const measured: number[] = [];
  for (let i = 0; i < wishes; i++) {
    times = [];
    begun = performance.now();
    const done = new Promise<void>((resolve) => {
      all = resolve;
    });
    await assign(`bare ${i}`);
    await done;
    measured.push(...times);
  }
  for (const session of sessions) session.destroy();
  return seen(measured);
}

/** An agent whose network swallows everything. */
async function lost({ store }: Driver, endpoint: string): Promise<number> {
  const proxy = await cutProxy(endpoint);
  const key = keys.state('lost');
  const watch = store.watch(key, { snapshot: false });
  memberOf('lost', new FakeCarrier(), [proxy.url], LOST_SECONDS);
  await watch.next();
  const begun = performance.now();
  proxy.swallow();
  for await (const item of watch) {
    if (item.kind === 'changes' && item.changes.some(({ type }) => type === 'delete')) break;
  }
  const ms = performance.now() - begun;
  await proxy.close();
  return ms;
}

async function measure(cluster: EtcdCluster): Promise<FleetFigures> {
  const { endpoints, members } = cluster;
  const driver = new Driver(new EtcdClient({ endpoints: [...endpoints], ...PATIENT }));
  const bareSeen = await bare(endpoints[0], (text) => driver.assign(text));

  // An assignment is there when they start.
  const before = await etcdMetrics(endpoints[0]);
  const memory = process.memoryUsage().rss;
  const fleet = new Fleet(endpoints);
  let begun = performance.now();
  fleet.start();
  await driver.allThere();
  const startMs = performance.now() - begun;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 3 * JITTER_MS));
  await settle();
  const started = await etcdMetrics(endpoints[0]);
  const agentBytes = (process.memoryUsage().rss - memory) / agents;

  const times: number[] = [];
  for (let i = 0; i < wishes; i++) {
    times.push(...(await sightings.of(`wish ${i}`, () => driver.assign(`wish ${i}`))));
    // A wish for all comes when the reports of the one before are there.
    await settle();
  }

  const lostMs = await lost(driver, endpoints[0]);

  const idle = await etcdMetrics(endpoints[0]);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idled = await etcdMetrics(endpoints[0]);
  const aMinute = (from: number, to: number) => ((to - from) * 60_000) / IDLE_MS / agents;

  await fleet.end();
  const ended = await etcdMetrics(endpoints[0]);
  begun = performance.now();
  fleet.start();
  await driver.allThere();
  const againMs = performance.now() - begun;
  await settle();
  const again = await etcdMetrics(endpoints[0]);

  await members[0].kill();
  await members[0].start();
  begun = performance.now();
  await sightings.of('after', () => driver.assign('after'));
  const killedMs = performance.now() - begun;
  const missing = agents - (await driver.states());
  const killed = await etcdMetrics(endpoints[0]);
  return {
    start: { ms: startMs, requests: (started.requests - before.requests) / agents },
    ...{ seen: seen(times), bare: bareSeen },
    restarted: { ms: againMs, requests: (again.requests - ended.requests) / agents },
    killed: { ms: killedMs, requests: killed.requests / agents, missing },
    lost: { ms: lostMs, ttl: LOST_SECONDS },
    idle: { requests: aMinute(idle.requests, idled.requests), messages: aMinute(idle.messages, idled.messages) },
    // The one that was there at their start, those of the loop, and the last one.
    again: Math.max(...fleet.carriers.map(({ done }) => done.length)) - (1 + wishes + 1),
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
