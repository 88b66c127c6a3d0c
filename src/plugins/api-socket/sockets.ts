/** The API sockets of the agent: opened, changed and closed as the configuration lists them. */

import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ApiClient } from '../../mux/index.js';
import {
  type ApiSocketStatus,
  type ApiSockets,
  type Log,
  type Mux,
  reasonOf,
  showDuration,
  type WhichSockets,
} from '../../sdk/index.js';
import { keyOf, type SocketConfig } from './config.js';
import type { HandedOver } from './handed-over.js';
import { ListedSocket } from './listed-socket.js';
import { optionsOf, placesOf } from './socket-options.js';

/** Interval at which a pause looks whether everything is finished, milliseconds. */
const LOOK_MS = 20;

export interface SocketTimes {
  readonly pauseMs: number;
  readonly drainMs: number;
}

export class Sockets implements ApiSockets {
  /** By their places, in the order of the configuration. */
  private readonly listed = new Map<string, ListedSocket>();
  /** Names of systemd's sockets that were used: a descriptor is good for one use. */
  private readonly used = new Set<string>();

  constructor(
    private readonly mux: Pick<Mux, 'listen'>,
    private readonly log: Pick<Log, 'info' | 'warn'>,
    private readonly given: readonly HandedOver[],
    /** Returns the times in effect. */
    private readonly times: () => SocketTimes,
  ) {}

  sockets(): readonly ApiSocketStatus[] {
    return [...this.listed.values()].map((each) => each.status);
  }

  clients(): readonly ApiClient[] {
    return [...this.listed.values()].flatMap((each) => each.clients());
  }

  kill(id: number): boolean {
    return [...this.listed.values()].some((each) => each.kill(id));
  }

  async pause(options: Parameters<ApiSockets['pause']>[0] = {}): Promise<number> {
    const { timeoutMs = this.times().pauseMs, signal } = options;
    const chosen = this.chosen(options);
    for (const each of chosen) each.pause(timeoutMs);
    this.log.info(`${names(chosen)}: the clients are paused for ${showDuration(timeoutMs)} at most`);
    const inFlight = () => chosen.flatMap((each) => each.clients()).reduce((sum, client) => sum + client.inFlight, 0);
    const until = performance.now() + timeoutMs;
    while (inFlight() > 0 && performance.now() < until && !signal?.aborted) {
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {});
    }
    return inFlight();
  }

  async resume(options: WhichSockets = {}): Promise<void> {
    const chosen = this.chosen(options);
    for (const each of chosen) {
      each.resume();
      if (!each.isOpen) await this.open(each);
    }
    if (chosen.length > 0) this.log.info(`${names(chosen)}: the clients go on`);
  }

  async drain(options: WhichSockets & { readonly timeoutMs?: number } = {}): Promise<number> {
    const { timeoutMs = this.times().drainMs } = options;
    const chosen = this.chosen(options);
    const left = await Promise.all(chosen.map((each) => each.drain(timeoutMs)));
    return left.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Makes the sockets those of `wanted`. When one of them cannot be opened, or its owner is unknown, rejects with the reason, and
   * everything stays as it was.
   */
  async apply(wanted: readonly SocketConfig[]): Promise<void> {
    const plans = wanted.map((config) => ({
      config,
      options: optionsOf(config),
      known: this.listed.get(keyOf(config)),
    }));
    const opened: ListedSocket[] = [];
    try {
      for (const { config } of plans.filter(({ known }) => known === undefined)) {
        const socket = new ListedSocket(config);
        await this.open(socket);
        opened.push(socket);
      }
      for (const { config, options, known } of plans) {
        if (known === undefined || isDeepStrictEqual(known.config, config)) continue;
        known.change(config, options);
        this.log.info(`${config.role} (${known.socket}): the change counts for clients that come from now on`);
      }
    } catch (error) {
      for (const socket of opened) await socket.close();
      throw error;
    }
    for (const socket of opened) this.listed.set(socket.socket, socket);
    const keys = new Set(wanted.map(keyOf));
    for (const socket of this.listed.values()) if (!keys.has(socket.socket)) this.leave(socket);
  }

  async close(): Promise<void> {
    await Promise.all([...this.listed.values()].map((each) => each.close()));
  }

  private chosen({ role }: WhichSockets): ListedSocket[] {
    return [...this.listed.values()].filter((each) => role === undefined || each.config.role === role);
  }

  private async open(socket: ListedSocket): Promise<void> {
    const { config } = socket;
    if (config.systemd !== undefined) {
      if (this.used.has(config.systemd))
        throw new Error(`${socket.socket} was closed; it can be used again after a restart`);
      this.used.add(config.systemd);
    }
    await socket.open(this.mux, placesOf(config, this.given), optionsOf(config));
    const who = config.access === 'read' ? ', which may only read' : '';
    this.log.info(`VPP's clients can use ${socket.socket} (${config.role})${who}`);
  }

  /** Drains a socket that is listed no more. */
  private leave(socket: ListedSocket): void {
    this.listed.delete(socket.socket);
    this.log.info(`${socket.config.role} (${socket.socket}): listens no more, since it is not listed`);
    socket.drain(this.times().drainMs).catch((error) => this.log.warn(reasonOf(error)));
  }
}

const names = (sockets: readonly ListedSocket[]) => sockets.map(({ config }) => config.role).join(', ') || 'no socket';
