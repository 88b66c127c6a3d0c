/** The API sockets of the agent: opened as the configuration lists them, and closed when it does so no more. */

import type { ApiClient, ApiSocket } from '../../mux/index.js';
import type { Log, Mux } from '../../sdk/index.js';
import { type ApiSocketConfig, keyOf, type SocketConfig } from './config.js';
import type { HandedOver } from './handed-over.js';
import { optionsOf } from './socket-options.js';

export class Sockets {
  /** By the keys of their entries. */
  private readonly open = new Map<string, readonly ApiSocket[]>();

  constructor(
    private readonly mux: Pick<Mux, 'listen'>,
    private readonly log: Pick<Log, 'info'>,
    private readonly given: readonly HandedOver[],
  ) {}

  get all(): readonly ApiSocket[] {
    return [...this.open.values()].flat();
  }

  clients(): ApiClient[] {
    return this.all.flatMap((socket) => socket.clients());
  }

  /** Opens all of them. Rejects with what keeps the first from being opened. */
  async listen(sockets: ApiSocketConfig['sockets']): Promise<void> {
    for (const each of sockets) await this.add(each);
  }

  /** Waits for the clients to leave, all sockets at the same time. */
  async drain(timeoutMs: number): Promise<void> {
    await Promise.all(this.all.map((socket) => socket.drain({ timeoutMs })));
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((socket) => socket.close()));
  }

  private async add(config: SocketConfig): Promise<void> {
    const opened: ApiSocket[] = [];
    this.open.set(keyOf(config), opened);
    for (const options of optionsOf(config, this.given)) opened.push(await this.mux.listen(options));
    const { role, access } = config;
    const who = access === 'read' ? `, which may only read` : '';
    this.log.info(`VPP's clients can use ${config.path ?? `systemd's ${config.systemd}`} (${role})${who}`);
  }
}
