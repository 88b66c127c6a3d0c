/** A socket that the configuration lists: one API socket, or several where systemd hands over several of one name. */

import type { ApiClient, ApiSocket, ApiSocketCounters, ApiSocketOptions } from '../../mux/index.js';
import type { ApiSocketStatus, Mux } from '../../sdk/index.js';
import { keyOf, type SocketConfig } from './config.js';
import type { Place } from './socket-options.js';

const NOTHING: ApiSocketCounters = {
  ...{ accepted: 0, turnedAway: 0, closed: 0, messagesIn: 0, messagesOut: 0 },
  ...{ bytesIn: 0, bytesOut: 0, refused: 0, dropped: 0 },
};

export class ListedSocket {
  private opened: readonly ApiSocket[] = [];
  /** Sums of those that were closed. */
  private past = NOTHING;

  constructor(public config: SocketConfig) {}

  /** Path, or `systemd:NAME`. */
  get socket(): string {
    return keyOf(this.config);
  }

  get isOpen(): boolean {
    return this.opened.length > 0;
  }

  get status(): ApiSocketStatus {
    const { role, access } = this.config;
    const { socket, counters } = this;
    const clients = this.clients();
    const isPaused = this.opened.some((each) => each.isPaused);
    const state = isPaused ? 'paused' : this.isOpen ? 'listening' : 'closed';
    const maxWaitMs = Math.max(0, ...clients.map(({ oldestMs }) => oldestMs));
    return { role, socket, access, state, clients: clients.length, maxWaitMs, counters };
  }

  clients(): readonly ApiClient[] {
    return this.opened.flatMap((each) => each.clients());
  }

  /** Listens at all places; rejects, and listens at none, where one of them fails. */
  async open(mux: Pick<Mux, 'listen'>, places: readonly Place[], options: ApiSocketOptions): Promise<void> {
    const opened: ApiSocket[] = [];
    this.opened = opened;
    try {
      for (const place of places) opened.push(await mux.listen({ ...options, ...place }));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Takes another configuration, for the file and for clients from now on. Throws what the socket throws. */
  change(config: SocketConfig, options: ApiSocketOptions): void {
    for (const each of this.opened) each.change(options);
    this.config = config;
  }

  kill(id: number): boolean {
    return this.opened.some((each) => each.kill(id));
  }

  pause(timeoutMs: number): void {
    for (const each of this.opened) each.pause({ timeoutMs });
  }

  resume(): void {
    for (const each of this.opened) each.resume();
  }

  /** Resolves with the number of clients that did not leave in time, and were closed. */
  async drain(timeoutMs: number): Promise<number> {
    const { opened } = this;
    const before = sum(opened).closed;
    await Promise.all(opened.map((each) => each.drain({ timeoutMs })));
    const left = sum(opened).closed - before;
    this.forget(opened);
    return left;
  }

  async close(): Promise<void> {
    const { opened } = this;
    await Promise.all(opened.map((each) => each.close()));
    this.forget(opened);
  }

  private get counters(): ApiSocketCounters {
    return sum(this.opened, this.past);
  }

  /** Keeps the counters of sockets that are closed now. */
  private forget(closed: readonly ApiSocket[]): void {
    if (closed !== this.opened) return;
    this.past = this.counters;
    this.opened = [];
  }
}

function sum(sockets: readonly ApiSocket[], start = NOTHING): ApiSocketCounters {
  const total: Record<keyof ApiSocketCounters, number> = { ...start };
  for (const { counters } of sockets) {
    for (const key of Object.keys(total) as (keyof ApiSocketCounters)[]) total[key] += counters[key];
  }
  return total;
}
