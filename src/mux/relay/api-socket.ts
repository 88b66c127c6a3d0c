/** One API socket: a listening socket, and the clients that came through it. */

import type { Server, Socket } from 'node:net';
import { reasonOf } from '../../thrown.js';
import type { ApiClient, ApiSocket, ApiSocketCounters, ApiSocketOptions, ClientPeer } from '../types.js';
import { greet } from './answers.js';
import { clientList } from './client-list.js';
import { ClientSocket } from './client-socket.js';
import { addTo, noSums } from './client-sums.js';
import { awaitGreeting } from './greeting.js';
import { withinBudget } from './line-budget.js';
import { listen, permit } from './listening.js';
import { peerReader } from './peer-credentials.js';
import { RelayClient, type RelayHost } from './relay-client.js';
import type { DedicatedLink, RelayOfSockets } from './relay-of-sockets.js';
import { type ApiSocketSettings, clientSettings, settingsOf } from './relay-options.js';
import type { Asked } from './relayed-request.js';
import { SocketPause } from './socket-pause.js';

const PAUSE_MS = 30_000;
const DRAIN_MS = 10_000;

export class RelaySocket implements ApiSocket, RelayHost {
  private readonly all = new Map<number, RelayClient>();
  private readonly sockets = new Set<ClientSocket>();
  /** Links of clients that have their own. */
  private readonly links = new Map<RelayClient, DedicatedLink>();
  private server: Server | undefined;
  private accepted = 0;
  private turnedAway = 0;
  /** Sums of the clients that have left. */
  private readonly gone = noSums();
  private closedClients = 0;
  private readonly halt = new SocketPause();
  private readonly onEmpty = new Set<() => void>();
  readonly log: RelayHost['log'];
  readonly closed: Promise<void>;
  private resolveClosed = () => {};

  private constructor(
    private readonly relay: RelayOfSockets,
    public settings: ApiSocketSettings,
    private readonly onClosed: () => void,
  ) {
    this.log = withinBudget(relay.log, () => this.where);
    this.closed = new Promise((resolve) => {
      this.resolveClosed = resolve;
    });
  }

  /** Listens. Rejects with BAD_OPTION, or SOCKET_FAILED. */
  static async open(relay: RelayOfSockets, options: ApiSocketOptions, onClosed: () => void): Promise<RelaySocket> {
    const settings = settingsOf(options);
    const socket = new RelaySocket(relay, settings, onClosed);
    const readPeer = await peerReader((why) =>
      socket.log('debug', `clients are listed without their processes: ${why}`),
    );
    socket.server = await listen(options, (each) => socket.accept(each, readPeer(each)));
    socket.server.on('error', (error) => socket.log('warn', `the API socket ${socket.where}: ${error.message}`));
    return socket;
  }

  get path(): string | undefined {
    return this.settings.path;
  }

  get role(): string {
    return this.settings.role;
  }

  get isPaused(): boolean {
    return this.halt.isOn;
  }

  get counters(): ApiSocketCounters {
    const { accepted, turnedAway, closedClients: closed } = this;
    const sum = { ...this.gone };
    for (const client of this.all.values()) addTo(sum, client);
    return { accepted, turnedAway, closed, ...sum };
  }

  clients(): readonly ApiClient[] {
    return clientList([...this.all.values()], this.path, this.isPaused);
  }

  change(options: Omit<ApiSocketOptions, 'path' | 'fd'>): void {
    this.settings = settingsOf({ ...options, path: this.path });
    if (this.path !== undefined) permit(this.path, options);
  }

  kill(id: number): boolean {
    const client = this.all.get(id);
    client?.end('it was closed by an operator');
    return client !== undefined;
  }

  pause({ timeoutMs = PAUSE_MS }: { timeoutMs?: number } = {}): void {
    this.halt.begin(this.all.values(), timeoutMs, () => {
      this.log('warn', `the clients of ${this.where} go on: the pause of ${timeoutMs} ms is over`);
      this.resume();
    });
  }

  resume(): void {
    this.halt.end();
  }

  async drain({ timeoutMs = DRAIN_MS }: { timeoutMs?: number } = {}): Promise<void> {
    this.stopListening();
    this.resume();
    if (this.all.size > 0) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.onEmpty.delete(done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        this.onEmpty.add(done);
      });
    }
    await this.close();
  }

  async close(): Promise<void> {
    this.stopListening();
    this.halt.stopTimer();
    for (const client of [...this.all.values()]) client.end('vppmux leaves');
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    this.onClosed();
    this.resolveClosed();
  }

  strayed(request: Asked, client: RelayClient): void {
    this.relayOf(client).strayed(request, client);
  }

  left(client: RelayClient, reason: string | undefined): void {
    const { name, id } = client;
    this.all.delete(id);
    this.relayOf(client).remove(client);
    this.links.get(client)?.close();
    this.links.delete(client);
    this.sockets.delete(client.socket);
    addTo(this.gone, client);
    if (reason === undefined) this.log('debug', `client ${id} "${name}" of ${this.where} has left`);
    else {
      this.closedClients++;
      this.log('warn', `client ${id} "${name}" of ${this.where} was closed: ${reason}`);
    }
    if (this.all.size === 0) for (const done of this.onEmpty) done();
  }

  private get where(): string {
    return this.path ?? `"${this.role}"`;
  }

  private stopListening(): void {
    this.server?.close();
    this.server = undefined;
  }

  private accept(raw: Socket, peer: ClientPeer | undefined): void {
    const { limits } = this.settings;
    this.accepted++;
    const socket = new ClientSocket(raw, limits);
    if (this.sockets.size >= limits.clients) {
      this.turnAway(socket, `${limits.clients} clients are the limit`);
      return;
    }
    this.sockets.add(socket);
    const gone = (reason: string | undefined) => {
      this.sockets.delete(socket);
      if (reason !== undefined) this.turnAway(socket, reason);
    };
    awaitGreeting(socket, (name, context) => void this.greet(socket, { name, peer }, context), gone);
  }

  private async greet(socket: ClientSocket, { name, peer }: Newcomer, context: number): Promise<void> {
    const { holdMs } = this.settings;
    await this.halt.over();
    const tables = await this.relay.whenThere(holdMs);
    if (socket.closed) return;
    if (tables === undefined) return this.dismiss(socket, name, `VPP was away for ${holdMs} ms`);
    const settings = clientSettings(this.settings, name, peer);
    const alike = [...this.all.values()].filter((client) => client.settings.limits === settings.limits).length;
    if (settings.isNamed && alike >= settings.limits.clients) {
      return this.dismiss(socket, name, `${settings.limits.clients} clients of that name are the limit`);
    }
    let link: DedicatedLink | undefined;
    try {
      link = this.settings.dedicated ? this.relay.dedicate(name) : undefined;
      const { relay = this.relay } = link ?? {};
      const own = link === undefined ? tables : await relay.whenThere(holdMs);
      if (own === undefined) throw new Error(`VPP took no further link within ${holdMs} ms`);
      const index = relay.freeIndex();
      if (socket.closed) throw new Error('it has gone');
      const client = relay.open((id, host) => new RelayClient(id, host, settings, index, socket, this, own));
      if (client.closed) throw new Error('a listener has ended it');
      if (link !== undefined) this.links.set(client, link);
      this.all.set(client.id, client);
      relay.add(client);
      this.halt.add(client); // a pause has begun while it waited for VPP
      client.tell(greet(own.handshakeBody, context, index));
    } catch (error) {
      link?.close();
      if (!socket.closed) this.dismiss(socket, name, reasonOf(error));
    }
  }

  private relayOf(client: RelayClient): RelayOfSockets {
    return this.links.get(client)?.relay ?? this.relay;
  }

  private dismiss(socket: ClientSocket, name: string, why: string): void {
    this.sockets.delete(socket);
    this.turnAway(socket, `"${name}": ${why}`);
  }

  private turnAway(socket: ClientSocket, why: string): void {
    this.turnedAway++;
    socket.destroy();
    this.log('warn', `a client of ${this.where} was turned away: ${why}`);
  }
}

/** A client at its handshake. */
interface Newcomer {
  readonly name: string;
  readonly peer: ClientPeer | undefined;
}
