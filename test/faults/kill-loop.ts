/**
 * The kill loop: kill -9 the dataplane again and again, at a random moment under load, and look after each
 * death whether everything has settled, come back and been renewed. A process of its own, for the sake of
 * the heap: `node --expose-gc kill-loop.js ROUNDS SEED`. Prints one JSON line: KillLoopReport.
 */

import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, type ConnectionStats, connect } from '../../src/mux/index.js';
import { randomFrom } from '../support/scale.js';
import { Dataplane } from './dataplane.js';
import { type Spread, slope, spread } from './figures.js';
import { liveResources } from './live-resources.js';
import { Load } from './load.js';

export interface KillLoopReport {
  readonly rounds: number;
  readonly succeeded: number;
  /** Operations in flight at the deaths, in all. */
  readonly inFlight: number;
  /** Errors by code and outcome. */
  readonly failures: Readonly<Record<string, number>>;
  /** Milliseconds from EOF until the last operation had settled. */
  readonly settled: Spread;
  /** Milliseconds from the socket's return until ready. */
  readonly ready: Spread;
  /** Milliseconds from ready until every subscriber had its `{ resync }`. */
  readonly renewed: Spread;
  readonly events: number;
  /** Bytes by which the heap rises a round, over the last three quarters of them. */
  readonly heapSlope: number;
  readonly heapMiB: readonly [first: number, last: number];
  readonly stats: ConnectionStats;
  /** Timers, sockets and watches: at the start, idle after the first rounds, idle after the last, after close(). */
  readonly resources: readonly Readonly<Record<string, number>>[];
  /** Listeners on the process and on the signal that requests carry, at the same moments. */
  readonly listeners: readonly number[];
  /** Faults that were seen. */
  readonly faults: readonly string[];
}

/** Until something that has to come counts as missing, milliseconds. */
const PATIENCE = 120_000;

class KillLoop {
  readonly faults: string[] = [];
  private readonly scratch = mkdtempSync(join(tmpdir(), 'vppmux-kill-'));
  private readonly socket = join(this.scratch, 'api.sock');
  private readonly times = { settled: [] as number[], ready: [] as number[], renewed: [] as number[] };
  private readonly heap: number[] = [];
  private readonly resources: Record<string, number>[] = [];
  private readonly listeners: number[] = [];
  private readonly never = new AbortController();
  private readonly random: () => number;
  private present!: Dataplane;
  private next!: Promise<Dataplane>;
  private vpp!: Connection;
  private load!: Load;
  private inFlight = 0;
  private readyAt = 0;

  constructor(
    private readonly rounds: number,
    seed: number,
  ) {
    this.random = randomFrom(seed);
  }

  async run(): Promise<KillLoopReport> {
    await this.note();
    this.present = await this.standby();
    await this.present.order({ do: 'listen' });
    this.next = this.standby();
    this.vpp = await connect({ socket: this.socket, cacheDir: false });
    this.vpp.states().subscribe(({ state }) => {
      if (state === 'ready') this.readyAt = performance.now();
      else if (state === 'backoff') setImmediate(() => this.nothingLeft());
    });
    this.load = new Load(this.vpp, this.never.signal);
    this.load.open();
    this.trickle();
    await this.until(() => this.load.watchers.every(({ events }) => events > 0), 'subscribed');
    for (let round = 1; round <= this.rounds; round++) {
      await this.death(round);
      await this.rebirth(round);
      globalThis.gc?.();
      this.heap.push(process.memoryUsage().heapUsed);
      if (round === Math.min(3, this.rounds)) await this.look();
    }
    await this.look();
    return this.finish();
  }

  private standby(): Promise<Dataplane> {
    return Dataplane.standby({ socket: this.socket, loopbacks: 20, pathMtus: 40, routes: 100 });
  }

  /** The tick in which the link ended is over: it has failed everything, iterators and Observables included. */
  private nothingLeft(): void {
    if (this.load.inFlight > 0) this.faults.push(`${this.load.inFlight} operations outlived the tick of their link`);
  }

  /** Waits for `condition`. */
  private async until(condition: () => boolean, what: string): Promise<boolean> {
    const end = performance.now() + PATIENCE;
    while (!condition()) {
      if (performance.now() > end) {
        this.faults.push(`not within ${PATIENCE} ms: ${what}`);
        return false;
      }
      await delay(1);
    }
    return true;
  }

  /** Events that say of which life of the dataplane they are. */
  private trickle(): void {
    void this.present.order({ do: 'trickle', from: this.vpp.status.generation * 1_000_000, everyMs: 3 });
  }

  private async death(round: number): Promise<void> {
    const { load, present, random, vpp } = this;
    const { generation } = vpp.status;
    const eof = endOf(this.socket);
    this.trickle();
    load.go();
    // Now and then as soon as the load has begun, else when everything has been renewed and runs.
    if (random() < 0.8 && generation > 1) {
      const renewed = () => load.watchers.every((watcher) => watcher.generation === generation);
      if (await this.until(renewed, `round ${round}: subscriptions renewed`)) {
        this.times.renewed.push(performance.now() - this.readyAt);
      }
    }
    await delay(random() * 100);
    load.pause();
    this.inFlight += load.inFlight;
    present.signal('SIGKILL');
    const end = await eof;
    await load.idle(PATIENCE).catch((error: Error) => this.faults.push(`round ${round}: ${error.message}`));
    this.times.settled.push(Math.max(0, load.settledAt - end));
    const { inFlight, waiting } = vpp.stats();
    if (inFlight + waiting > 0) this.faults.push(`round ${round}: ${inFlight} in flight, ${waiting} waiting, no VPP`);
  }

  private async rebirth(round: number): Promise<void> {
    await delay(this.random() * 40);
    const { generation } = this.vpp.status;
    this.present = await this.next;
    this.next = this.standby();
    const epoch = Number(process.hrtime.bigint()) / 1e6 - performance.now();
    const { at } = await this.present.order({ do: 'listen' });
    const listens = Number(at) / 1e6 - epoch;
    const back = () => this.vpp.state === 'ready' && this.vpp.status.generation > generation;
    if (await this.until(back, `round ${round}: connected again`)) {
      this.times.ready.push(Math.max(0, this.readyAt - listens));
    }
  }

  /** Idle and ready: nothing but what is always there. */
  private async look(): Promise<void> {
    await this.next;
    await this.until(() => this.vpp.status.pid !== undefined && this.vpp.stats().inFlight === 0, 'idle');
    await this.note();
  }

  private async note(): Promise<void> {
    this.resources.push(await liveResources());
    const own = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    this.listeners.push(own + getEventListeners(this.never.signal, 'abort').length);
  }

  private async finish(): Promise<KillLoopReport> {
    const { load, vpp, rounds, heap, times } = this;
    for (const { resyncs, gaps } of load.watchers) {
      if (gaps > 0 || resyncs > rounds) this.faults.push(`a subscriber saw ${resyncs} resyncs and a gap of ${gaps}`);
    }
    load.close();
    await this.until(() => load.watchers.every(({ ended }) => ended), 'subscriptions ended');
    await this.until(() => vpp.stats().inFlight === 0, 'nothing in flight at the end');
    const stats = vpp.stats();
    const { clients } = await this.present.order({ do: 'tell' });
    if (clients.length !== 1 || clients[0].wants.length > 0) this.faults.push(`at VPP: ${JSON.stringify(clients)}`);
    await vpp.close();
    await Promise.all([this.present.end(), (await this.next).end()]);
    await this.note();
    rmSync(this.scratch, { recursive: true });
    const late = heap.slice(Math.floor(heap.length / 4));
    return {
      rounds,
      succeeded: load.succeeded,
      inFlight: this.inFlight,
      failures: Object.fromEntries(load.failures),
      settled: spread(times.settled),
      ready: spread(times.ready),
      renewed: spread(times.renewed),
      events: load.watchers.reduce((sum, { events }) => sum + events, 0),
      heapSlope: Math.round(slope(late)),
      heapMiB: [late[0] / 2 ** 20, (late.at(-1) ?? 0) / 2 ** 20],
      stats,
      resources: this.resources,
      listeners: this.listeners,
      faults: [...this.faults, ...load.faults],
    };
  }
}

/** When an own socket, which says nothing, is told by the kernel that the other side is gone. */
function endOf(path: string): Promise<number> {
  return new Promise((resolve) => {
    const eye = connectSocket(path);
    eye.on('error', () => {});
    eye.once('close', () => resolve(performance.now()));
  });
}

void [process.stdout, process.stderr]; // so that their pipes, if they are any, are there from the start
const [rounds, seed] = process.argv.slice(2).map(Number);
const loop = new KillLoop(rounds, seed);
for (const event of ['uncaughtException', 'unhandledRejection', 'warning'] as const) {
  process.on(event, (error: unknown) => loop.faults.push(`${event}: ${error instanceof Error ? error.stack : error}`));
}
loop.run().then(
  (report) => console.log(JSON.stringify(report)),
  (error) => {
    console.error(error, loop.faults);
    process.exit(1);
  },
);
