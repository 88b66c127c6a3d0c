/**
 * Requests that VPP has passed without an answer. Most are never answered; some are when something has happened (a name was
 * resolved), and then their client gets that.
 */

import type { RelayClient } from './relay-client.js';
import type { Asked } from './relayed-request.js';

/** The oldest are dropped beyond. */
const MOST = 4096;

interface Stray {
  readonly request: Asked;
  readonly client: RelayClient;
}

export class Strays {
  private readonly byContext = new Map<number, Stray>();

  add({ context, rule, clientContext }: Asked, client: RelayClient): void {
    this.byContext.set(context, { request: { context, rule, clientContext }, client });
    if (this.byContext.size <= MOST) return;
    const [oldest] = this.byContext.keys();
    this.byContext.delete(oldest);
  }

  /** Hands an answer to the client that waits for it; false where there is none. */
  take(context: number, bytes: Buffer, start: number, end: number, contextOffset: number): boolean {
    const stray = this.byContext.get(context);
    if (stray === undefined) return false;
    this.byContext.delete(context);
    stray.client.deliver(stray.request, bytes, start, end, contextOffset);
    return true;
  }

  forget(client: RelayClient): void {
    for (const [context, stray] of this.byContext) if (stray.client === client) this.byContext.delete(context);
  }

  clear(): void {
    this.byContext.clear();
  }
}
