/** The callers from elsewhere: who they are, and what each holds. Nothing of them is kept in any other table. */

import type { HttpCaller, Mux } from '../../sdk/index.js';
import { Caller, type CallerLimits } from './caller.js';
import { Visit } from './visit.js';

/** Callers that are kept for their shares alone. */
const MOST_IDLE = 1000;

export class Callers {
  /** By name, access and address; those that came last at the end. */
  private readonly callers = new Map<string, Caller>();
  private readonly visits = new Set<Visit>();

  constructor(
    private readonly mux: Pick<Mux, 'channel'>,
    private limits: CallerLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Changes the shares, from the next call on. */
  configure(limits: CallerLimits): void {
    this.limits = limits;
    for (const caller of this.callers.values()) caller.configure(limits);
  }

  /** Begins a request or a WebSocket, which ends with `leave()` of what is given back. `address`: `request.socket.remoteAddress`. */
  enter({ name, access }: Pick<HttpCaller, 'name' | 'access'>, address = ''): Visit {
    const key = [name, access, address].join('\n');
    const caller = this.callers.get(key) ?? new Caller(name, access, address, this.mux, this.limits, this.now);
    this.callers.delete(key);
    this.callers.set(key, caller);
    const visit = new Visit(caller, () => {
      this.visits.delete(visit);
      if (caller.isForgettable) this.callers.delete(key);
      else if (this.callers.size > MOST_IDLE) this.forget();
    });
    this.visits.add(visit);
    return visit;
  }

  /** The callers that hold something now. */
  get shown(): readonly ShownCaller[] {
    return [...this.callers.values()]
      .filter(({ visits }) => visits > 0)
      .map(({ name, address, access, visits, held }) => ({ name, address, access, requests: visits, ...held }));
  }

  /** Ends all of them. */
  close(reason: string): void {
    for (const visit of [...this.visits]) visit.leave(reason);
    this.callers.clear();
  }

  /** Drops those whose shares are whole again; where that is not enough, the oldest ones that hold nothing. */
  private forget(): void {
    for (const [key, caller] of this.callers) if (caller.isForgettable) this.callers.delete(key);
    for (const [key, { visits }] of this.callers) {
      if (this.callers.size <= MOST_IDLE) return;
      if (visits === 0) this.callers.delete(key);
    }
  }
}

/** A caller in `/status`. */
export interface ShownCaller {
  readonly name: string;
  readonly address: string;
  readonly access: 'read' | 'write';
  /** Requests and WebSockets under way. */
  readonly requests: number;
  readonly dumps: number;
  readonly streams: number;
  readonly counters: number;
  readonly sockets: number;
}
