/** The state of the connection to VPP for a client: the newest one, when the network takes it. */

import type { AgentFrame, WireState } from '../../../remote/protocol/index.js';
import type { Mux } from '../../../sdk/index.js';
import type { Link } from './link.js';
import type { OpenStream } from './stream.js';

export class StateStream implements OpenStream {
  private readonly subscription: { unsubscribe(): void };
  private isWaiting = false;
  private isOver = false;

  constructor(
    private readonly mux: Pick<Mux, 'states' | 'status' | 'tableHash'>,
    private readonly link: Link,
    private readonly id: number,
  ) {
    this.subscription = mux.states().subscribe(() => this.changed());
  }

  end(): void {
    this.isOver = true;
    this.subscription.unsubscribe();
  }

  private changed(): void {
    // The link still has its callback, and the mux may call all it has when the first of them ends this.
    if (this.isWaiting || this.isOver) return;
    if (!this.link.isFull) {
      this.link.send({ type: 'state', id: this.id, state: wireStateOf(this.mux) } satisfies AgentFrame);
      return;
    }
    this.isWaiting = true;
    this.link.whenRoom(() => {
      this.isWaiting = false;
      this.changed();
    });
  }
}

/** The present state of the connection to VPP. */
export function wireStateOf({ status, tableHash }: Pick<Mux, 'status' | 'tableHash'>): WireState {
  const { state, reason, since, generation, reconnects, version, pid, socket } = status;
  return {
    ...{ state, reason, since: since.toISOString(), generation, reconnects, socket },
    ...(version !== undefined && { version }),
    ...(pid !== undefined && { pid }),
    ...(tableHash !== undefined && { tableHash }),
  };
}
