/** The seam between the relay and its sockets. */

import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import type { RelayClient, RelayHost } from './relay-client.js';
import type { Asked } from './relayed-request.js';
import type { SessionTables } from './session-tables.js';

/** The side of the relay that its sockets know. */
export interface RelayOfSockets {
  readonly log: RelayHost['log'];
  /** Opens a channel of any kind. Throws CLOSED. */
  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C;
  /** Resolves with the tables as soon as there is a session, with undefined after `timeoutMs`. */
  whenThere(timeoutMs: number): Promise<SessionTables | undefined>;
  /** An index for a client's messages, which no other has. */
  freeIndex(): number;
  add(client: RelayClient): void;
  remove(client: RelayClient): void;
  strayed(request: Asked, client: RelayClient): void;
  /** Ends all clients; `reason` is for the log. */
  endClients(reason: string): void;
  /** Makes a link to VPP for one client alone. */
  dedicate(name: string): DedicatedLink;
}

/** A link to VPP for one client. */
export interface DedicatedLink {
  readonly relay: RelayOfSockets;
  close(): void;
}
