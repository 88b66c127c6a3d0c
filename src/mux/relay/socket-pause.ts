/** A pause of an API socket: its clients are held, and new ones wait at their greeting, until it is over. */

import type { RelayClient } from './relay-client.js';

type Holdable = Pick<RelayClient, 'hold'>;

export class SocketPause {
  private holds: (() => void)[] | undefined;
  private ends: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<() => void>();

  get isOn(): boolean {
    return this.holds !== undefined;
  }

  /** Holds the clients, or goes on holding them; `over` is called after `timeoutMs`. */
  begin(clients: Iterable<Holdable>, timeoutMs: number, over: () => void): void {
    this.holds ??= [...clients].map((client) => client.hold());
    clearTimeout(this.ends);
    this.ends = setTimeout(over, timeoutMs);
    this.ends.unref();
  }

  /** Holds a client that has come meanwhile. */
  add(client: Holdable): void {
    this.holds?.push(client.hold());
  }

  end(): void {
    this.stopTimer();
    const { holds } = this;
    this.holds = undefined;
    for (const release of holds ?? []) release();
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  /** Resolves when there is no pause; immediately where there is none. */
  async over(): Promise<void> {
    if (this.isOn) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  stopTimer(): void {
    clearTimeout(this.ends);
  }
}
