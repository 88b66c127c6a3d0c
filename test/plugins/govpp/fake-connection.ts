/** A connection whose states a test sets by hand. */

import { BehaviorSubject, type Observable } from 'rxjs';
import type {
  Channel,
  Connection,
  ConnectionState,
  ConnectionStats,
  ConnectionStatus,
  ConnectOptions,
  DataEvents,
  DataListener,
  TableEntry,
  Untyped,
} from '../../../src/mux/index.js';
import { socketFileAt } from '../../../src/socket-file.js';

const NOTHING: ConnectionStats = {
  ...{ requests: 0, replies: 0, details: 0, events: 0, lateReplies: 0, strayReplies: 0, unknownMessages: 0 },
  doubledNames: 0,
  ...{ trailingMessages: 0, trailingBytes: 0, bytesIn: 0, bytesOut: 0, gaps: 0, inFlight: 0, waiting: 0 },
  ...{ oldestMs: 0, bufferedBytes: 0, channels: 0, perChannel: [], slowest: [], perMessage: [] },
};

export class FakeConnection implements Connection {
  private readonly statuses: BehaviorSubject<ConnectionStatus>;
  readonly table: Map<string, TableEntry> = new Map();
  readonly schema = undefined;
  readonly tableHash = undefined;
  readonly closes: ({ timeoutMs?: number } | undefined)[] = [];
  channelOptions: unknown[] = [];

  constructor(readonly options: ConnectOptions) {
    const socket = options.socket ?? '/run/vpp/api.sock';
    const reason = `connecting to ${socket}`;
    this.statuses = new BehaviorSubject<ConnectionStatus>({
      state: 'connecting',
      reason,
      since: new Date(),
      generation: 0,
      reconnects: 0,
      socket,
    });
  }

  /** The next state. */
  go(state: ConnectionState, reason: string, more: Partial<ConnectionStatus> = {}): void {
    const since = state === this.state ? this.status.since : new Date();
    this.statuses.next({ ...this.status, state, reason, since, ...more });
  }

  /** A new session with this many messages, VPP's name not yet known. */
  comeUp(messages: number): void {
    this.table.clear();
    for (let id = 0; id < messages; id++) this.table.set(`m${id}`, { name: `m${id}`, crc: '00000000', id });
    const generation = this.status.generation + 1;
    const socketFile = socketFileAt(this.status.socket)?.identity;
    const more = { generation, reconnects: generation - 1, version: undefined, pid: undefined, socketFile };
    this.go('ready', `connected: ${messages} messages`, more);
  }

  /** VPP's version and process id. */
  learn(version: string, pid: number): void {
    this.go('ready', this.status.reason, { version });
    this.go('ready', this.status.reason, { version, pid });
  }

  get state(): ConnectionState {
    return this.status.state;
  }

  get status(): ConnectionStatus {
    return this.statuses.value;
  }

  states(): Observable<ConnectionStatus> {
    return this.statuses;
  }

  async ready(): Promise<void> {}

  listen(): Promise<never> {
    return Promise.reject(new Error('not here'));
  }

  channel(options?: unknown): Channel<Untyped> {
    this.channelOptions.push(options);
    throw new Error('the fake has no channels');
  }

  trace(): () => void {
    throw new Error('the fake has no messages');
  }

  compatibility(): Promise<never> {
    throw new Error('the fake has no definitions');
  }

  /** Keeps its listeners, and calls none of them. */
  readonly listeners = new Set<DataListener>();
  readonly dataEvents: DataEvents = {
    listen: (listener) => {
      this.listeners.add(listener as DataListener);
      return () => this.listeners.delete(listener as DataListener);
    },
    decideAgain() {},
  };

  stats(): ConnectionStats {
    return NOTHING;
  }

  async switchTo(): Promise<void> {
    throw new Error('the fake has one dataplane');
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    this.closes.push(options);
    this.go('closed', 'closed by this program');
  }

  destroy(): void {
    this.go('closed', 'destroyed');
  }
}
