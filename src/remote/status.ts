/** The state of a remote connection: that of the agent's connection to VPP, or of the way to the agent while that is not there. */

import type { ConnectionStatus } from '../mux/types.js';
import type { WireState } from './protocol/index.js';

export class RemoteStatus {
  private readonly watchers = new Set<(status: ConnectionStatus) => void>();
  private current: ConnectionStatus;

  constructor(private readonly address: string) {
    const reason = `connecting to the agent at ${address}`;
    this.current = { state: 'connecting', reason, since: new Date(), generation: 0, reconnects: 0, socket: address };
  }

  get value(): ConnectionStatus {
    return this.current;
  }

  /** Calls `take` with the present value, then with every change; returns the function that ends it. */
  watch(take: (status: ConnectionStatus) => void): () => void {
    take(this.current);
    this.watchers.add(take);
    return () => this.watchers.delete(take);
  }

  /** Takes what the agent says of its connection. */
  hear({ tableHash: _, since, ...state }: WireState): void {
    const { current } = this;
    const isKnown =
      current.state === state.state && current.reason === state.reason && +current.since === Date.parse(since);
    if (!isKnown) this.set({ ...state, since: new Date(since) });
  }

  /** The agent is away, or this program has closed the connection. */
  away(state: 'connecting' | 'backoff' | 'closed', reason: string): void {
    const { generation, reconnects, version, socket, since, state: before } = this.current;
    const stillAway = socket === this.address && before !== 'closed' && state !== 'closed';
    this.set({
      ...{ state, reason, since: stillAway ? since : new Date(), generation, reconnects, socket: this.address },
      ...(version !== undefined && { version }),
    });
  }

  private set(status: ConnectionStatus): void {
    this.current = status;
    for (const take of [...this.watchers]) take(status);
  }
}
