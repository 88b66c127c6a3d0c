/** Clients that disconnect at once: VPP gets back to its new sockets and its deleted ones only once fewer are ready (WIRE 3.20). */
import type { FaultHost } from '../fault-host.js';

/** As many as VPP looks at in one go. */
const MOST = 16;

export class Departures {
  private count = 0;

  constructor(private readonly host: FaultHost) {}

  /** Takes note of a client that has disconnected; hangs when too many do so in one turn of the event loop. */
  add(): void {
    if (this.count === 0) setImmediate(() => this.forget());
    this.count++;
    if (this.count === MOST + 1) this.host.hang(`hangs: more than ${MOST} clients disconnected at once`);
  }

  private forget(): void {
    this.count = 0;
  }
}
