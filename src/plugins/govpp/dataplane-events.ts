/**
 * Publishes to all plugins that VPP is up, down, or new. It is new when it comes back as another process, which knows nothing of
 * the configuration of the one before; a session that was only interrupted finds everything as it was.
 *
 * VPP reports its process id soon after the session has begun. That alone is not enough: in a container it is always the same. So the
 * socket file is looked at as well, which each VPP makes anew.
 */

import type { Connection, ConnectionStatus } from '../../mux/index.js';
import type { Control } from '../../sdk/index.js';
import { Introduction } from './introduction.js';

/** Tells one VPP process from another; undefined where it is not known. */
interface Identity {
  readonly pid: number | undefined;
  readonly socketFile: string | undefined;
}

export class DataplaneEvents {
  private readonly connection: Pick<Connection, 'states' | 'status'>;
  private readonly control: Control;
  private published: 'nothing' | 'up' | 'down' = 'nothing';
  private generation = 0;
  private known: Identity | undefined;
  private readonly introduction = new Introduction(() => this.arrived());

  constructor(connection: Pick<Connection, 'states' | 'status'>, control: Control) {
    this.connection = connection;
    this.control = control;
  }

  /** Follows the connection; gives the function that ends it. */
  follow(): () => void {
    const subscription = this.connection.states().subscribe((status) => this.look(status));
    return () => {
      subscription.unsubscribe();
      this.introduction.cancel();
    };
  }

  private look(status: ConnectionStatus): void {
    if (status.state === 'degraded') return;
    if (status.state !== 'ready') {
      this.away(status);
    } else if (this.generation === status.generation) {
      if (this.published === 'down') this.publish('up', status);
    } else {
      this.introduction.await(status);
    }
  }

  private away(status: ConnectionStatus): void {
    this.introduction.cancel();
    if (this.published === 'up') this.publish('down', status);
  }

  private arrived(): void {
    const { status } = this.connection;
    const identity = { pid: status.pid, socketFile: status.socketFile };
    const before = this.known;
    this.known = identity;
    this.generation = status.generation;
    this.publish(before && !isSame(before, identity) ? 'new' : 'up', status);
  }

  private publish(state: 'up' | 'down' | 'new', { generation, version, reason }: ConnectionStatus): void {
    this.published = state === 'down' ? 'down' : 'up';
    this.control.dataplane(state === 'down' ? { state, generation, reason } : { state, generation, version });
  }
}

/** A VPP of which nothing is known counts as another: configuring once too often does less harm. */
function isSame(a: Identity, b: Identity): boolean {
  return a.pid !== undefined && a.pid === b.pid && a.socketFile === b.socketFile;
}
