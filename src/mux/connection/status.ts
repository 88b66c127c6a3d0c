/** The state of a connection as its users see it: a value, a stream of changes, and the table of legal changes. */

import type { ConnectionState, ConnectionStatus } from '../types.js';

/** States that may follow each state. */
export const LEGAL_CHANGES: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  connecting: ['ready', 'backoff', 'closed'],
  ready: ['degraded', 'not-responding', 'backoff', 'connecting', 'closed'],
  degraded: ['ready', 'not-responding', 'backoff', 'connecting', 'closed'],
  'not-responding': ['ready', 'backoff', 'connecting', 'closed'],
  backoff: ['connecting', 'closed'],
  closed: [],
};

/** States between which nothing changes for a user: `since` goes on. */
const AWAY: ReadonlySet<ConnectionState> = new Set(['connecting', 'backoff']);

export class StatusCell {
  private current: ConnectionStatus;
  private readonly watchers = new Set<(status: ConnectionStatus) => void>();

  constructor(socket: string) {
    this.current = {
      state: 'connecting',
      reason: `connecting to ${socket}`,
      since: new Date(),
      generation: 0,
      reconnects: 0,
      socket,
    };
  }

  get value(): ConnectionStatus {
    return this.current;
  }

  /** Moves to another state. Throws for a move that the table lacks, which is a bug of vppmux. */
  move(state: ConnectionState, reason: string, more: Partial<ConnectionStatus> = {}): void {
    if (!LEGAL_CHANGES[this.current.state].includes(state)) {
      throw new Error(`a connection cannot go from ${this.current.state} to ${state} (${reason})`);
    }
    const stillAway = AWAY.has(state) && AWAY.has(this.current.state);
    const since = stillAway ? this.current.since : new Date();
    this.set({ ...this.current, ...more, state, reason, since });
  }

  /** Adds facts, or changes the reason, without a change of state. */
  note(more: Partial<Pick<ConnectionStatus, 'reason' | 'version' | 'pid' | 'redundancy'>>): void {
    if (this.current.state !== 'closed') this.set({ ...this.current, ...more });
  }

  /** Calls `take` with the present value, then with every change; returns the function that ends it. */
  watch(take: (status: ConnectionStatus) => void): () => void {
    take(this.current);
    return this.onChange(take);
  }

  /** Calls `take` with every change from now on. */
  onChange(take: (status: ConnectionStatus) => void): () => void {
    this.watchers.add(take);
    return () => this.watchers.delete(take);
  }

  private set(status: ConnectionStatus): void {
    this.current = status;
    for (const take of [...this.watchers]) take(status);
  }
}
