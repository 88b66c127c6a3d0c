/**
 * The relay of one connection: what all its API sockets share. Message ids that stay, the tables of the present session, requests
 * that are answered late, and what becomes of the clients when VPP goes and comes.
 */

import { reasonOf } from '../../thrown.js';
import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import type { Fields } from '../codec/codec.js';
import type { Session } from '../session/session.js';
import type { ApiSocket, ApiSocketOptions } from '../types.js';
import { RelaySocket } from './api-socket.js';
import { endRuns } from './client-outbox.js';
import { MessageIds } from './message-ids.js';
import type { RelayClient } from './relay-client.js';
import type { DedicatedLink, RelayOfSockets } from './relay-of-sockets.js';
import type { Asked } from './relayed-request.js';
import { SessionTables } from './session-tables.js';
import { Strays } from './strays.js';
import { isSameVpp, runOf, type VppRun } from './vpp-run.js';

/** The side of a connection that the relay knows. */
export interface RelayConnection {
  readonly log: (level: 'debug' | 'info' | 'warn', text: string) => void;
  /** Opens a channel of any kind. Throws CLOSED. */
  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C;
  /** Asks VPP on the mux's own channel. */
  ask(name: string, fields: Fields): Promise<Fields>;
  /** Makes a link to VPP for one client, which has this name there; its relay knows messages by `ids`. */
  dedicate(name: string, ids: MessageIds): DedicatedLink;
}

/** Interval at which requests that VPP does not answer are found, milliseconds. */
const FENCE_MS = 500;
/** Bit 31: the client is one of a socket (WIRE 3.2). */
const SOCKET_CLIENT = 0x80000000;

export class Relay implements RelayOfSockets {
  readonly clients = new Set<RelayClient>();
  tables: SessionTables | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly strays = new Strays();
  /** The run of VPP that was last found out. */
  private run: VppRun | undefined;
  private suspended: (() => void)[] = [];
  private giveUp: NodeJS.Timeout | undefined;
  private fences: NodeJS.Timeout | undefined;
  private indexes = 0;

  private readonly sockets = new Set<RelaySocket>();
  private readonly dedicated = new Set<DedicatedLink>();

  constructor(
    readonly connection: RelayConnection,
    private readonly ids = new MessageIds(),
  ) {}

  get log(): RelayConnection['log'] {
    return this.connection.log;
  }

  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C {
    return this.connection.open(make);
  }

  dedicate(name: string): DedicatedLink {
    const link = this.connection.dedicate(name, this.ids);
    this.dedicated.add(link);
    return {
      relay: link.relay,
      close: () => {
        this.dedicated.delete(link);
        link.close();
      },
    };
  }

  /** Opens a socket. Rejects with BAD_OPTION or SOCKET_FAILED. */
  async listen(options: ApiSocketOptions): Promise<ApiSocket> {
    const socket = await RelaySocket.open(this, options, () => this.sockets.delete(socket));
    this.sockets.add(socket);
    return socket;
  }

  /** Closes all sockets, and their clients. */
  close(): void {
    clearTimeout(this.giveUp);
    for (const socket of [...this.sockets]) void socket.close();
  }

  /** Called with each session, the present one first. */
  onSession(session: Session): void {
    const tables = new SessionTables(session, this.ids);
    session.onStray = (context, bytes, start, end, offset) => this.strays.take(context, bytes, start, end, offset);
    session.link.onRun = endRuns;
    this.tables = tables;
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    void this.compare(tables);
  }

  /** Called when the session has ended; what is in flight fails next. */
  onSessionEnd(cause: Error): void {
    if (this.tables === undefined) return;
    this.tables = undefined;
    this.strays.clear();
    // VPP is gone, or another one serves: links of their own would lead to the one before.
    for (const { relay } of [...this.dedicated]) relay.endClients(`the link to VPP was lost: ${cause.message}`);
    for (const client of [...this.clients]) {
      if (client.settings.onLinkLoss === 'close') client.end(`the link to VPP was lost: ${cause.message}`);
      else this.suspended.push(client.hold());
    }
    clearTimeout(this.giveUp);
    if (this.clients.size === 0) return;
    const holdMs = Math.max(0, ...[...this.sockets].map(({ settings }) => settings.holdMs));
    this.giveUp = setTimeout(() => this.closeHeld(`VPP is away: ${cause.message}`), holdMs);
    this.giveUp.unref();
  }

  /** Resolves with the tables as soon as there is a session, with undefined after `timeoutMs`. */
  whenThere(timeoutMs: number): Promise<SessionTables | undefined> {
    if (this.tables !== undefined) return Promise.resolve(this.tables);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve(this.tables);
      };
      const timer = setTimeout(done, timeoutMs);
      this.waiting.add(done);
    });
  }

  /** An index for a client's messages, which no other has. */
  freeIndex(): number {
    const taken = new Set([...this.clients].map(({ index }) => index));
    do this.indexes = (this.indexes + 1) & 0x7fffffff;
    while (taken.has((SOCKET_CLIENT | this.indexes) >>> 0));
    return (SOCKET_CLIENT | this.indexes) >>> 0;
  }

  add(client: RelayClient): void {
    this.clients.add(client);
    this.fences ??= setInterval(() => this.tables?.lookForEnds(), FENCE_MS);
    this.fences.unref();
  }

  remove(client: RelayClient): void {
    this.clients.delete(client);
    this.strays.forget(client);
    this.tables?.lookForEnds();
    if (this.clients.size > 0) return;
    clearInterval(this.fences);
    this.fences = undefined;
  }

  strayed(request: Asked, client: RelayClient): void {
    this.strays.add(request, client);
  }

  endClients(reason: string): void {
    for (const client of [...this.clients]) client.end(reason);
  }

  /** Closes the clients of sessions that have ended. */
  private closeHeld(reason: string): void {
    this.suspended = [];
    for (const client of [...this.clients]) if (client.tables !== this.tables) client.end(reason);
  }

  /** Finds out whether the VPP of the present session is the one of before. */
  private async compare(tables: SessionTables): Promise<void> {
    const now = await runOf((name) => this.connection.ask(name, {}));
    if (this.tables !== tables) return; // it has gone again
    const isSame = isSameVpp(this.run, now);
    this.run = now;
    clearTimeout(this.giveUp);
    const holds = this.suspended;
    this.suspended = [];
    for (const client of [...this.clients]) {
      if (client.tables === tables) continue; // it came with this session
      if (isSame || client.settings.onLinkLoss === 'keep') client.tables = tables;
      else client.end('VPP was restarted: what the client has configured is gone');
    }
    for (const release of holds) {
      try {
        release();
      } catch (error) {
        this.log('warn', `a client cannot go on: ${reasonOf(error)}`);
      }
    }
  }
}
