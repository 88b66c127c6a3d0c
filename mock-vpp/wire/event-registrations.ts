/**
 * One client's event registrations, each under VPP's key (WIRE 3.7): by the client alone, by address and interface and pid,
 * or by the WireGuard peers that were there. A disconnect takes them along, but the ownership of MAC events.
 */
import type { Fields } from '../../src/mux/internal.js';

export interface EventRegistration {
  readonly request: string;
  readonly pid: number;
  /** Whether VPP sends the event for it. */
  readonly fits: (event: Fields) => boolean;
  /** Whether the event has client_index and pid of the registration; otherwise both are 0. */
  readonly isNamed: boolean;
}

export class EventRegistrations {
  private readonly all = new Map<string, EventRegistration>();

  has(key: string): boolean {
    return this.all.has(key);
  }

  add(key: string, registration: EventRegistration): void {
    if (!this.all.has(key)) this.all.set(key, registration);
  }

  /** True when it was there. */
  remove(key: string): boolean {
    return this.all.delete(key);
  }

  removeAll(request: string): void {
    for (const [key, registration] of this.all) if (registration.request === request) this.all.delete(key);
  }

  /** The given requests for which an event is sent. */
  for(requests: readonly string[], event: Fields): EventRegistration[] {
    return [...this.all.values()].filter(({ request, fits }) => requests.includes(request) && fits(event));
  }

  /** Names of requests, each once. */
  get requests(): string[] {
    return [...new Set([...this.all.values()].map(({ request }) => request))];
  }
}
