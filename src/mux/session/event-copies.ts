/**
 * Matches events with subscriptions. Where registrations overlap, VPP sends one event once for each of them; the pid that
 * it gives back tells which. A subscriber gets every event that fits its own registration, and gets it once.
 */

import type { ArrivedEvent } from './arrived-event.js';
import { type EventRequestFacts, eventRequest, factsOf } from './event-requests.js';
import type { Plan } from './message-catalogue.js';
import type { Registration } from './registration.js';
import type { Registrations } from './registrations.js';
import type { Session } from './session.js';
import type { Subscription } from './subscription.js';

/** Facts that tell the copies of one event apart; looked up once a session. */
interface Kind {
  readonly request: string | undefined;
  readonly facts: EventRequestFacts | undefined;
  /** The last event without its pid, and the pids that it came with. */
  last: string;
  readonly pids: Set<unknown>;
}

export class EventCopies {
  private readonly kinds = new Map<string, Kind>();
  private facts: EventRequestFacts | undefined;
  /** Registration for which VPP sent the present event, if that is known. */
  private registration: Registration | undefined;
  /** True when the present event has come before, for another registration. */
  private isCopy = false;

  clear(): void {
    this.kinds.clear();
  }

  /** Looks at an event that is about to be delivered. */
  arrived(session: Session, event: ArrivedEvent, registrations: Registrations): void {
    const kind = this.kindOf(session, event.entry.name);
    this.facts = kind.facts;
    this.registration = undefined;
    this.isCopy = false;
    if (!kind.facts?.echoesPid || kind.request === undefined) return;
    const { pid, ...rest } = event.fields;
    this.registration = registrations.byPid(kind.request, pid);
    if (this.registration) event.pid = process.pid;
    if (registrations.count(kind.request) < 2) {
      kind.last = '';
      return;
    }
    const text = JSON.stringify(rest);
    this.isCopy = text === kind.last && !kind.pids.has(pid);
    if (!this.isCopy) kind.pids.clear();
    kind.last = text;
    kind.pids.add(pid);
  }

  /** Returns whether `subscription` gets the event. */
  isFor({ registration, want }: Subscription, event: ArrivedEvent): boolean {
    const { facts } = this;
    if (!facts) return true;
    if (registration && facts.isAbout && !facts.isAbout(event.fields, registration.fields)) return false;
    if (!facts.echoesPid) return true;
    // A subscription without a registration gets what others have asked for, each event once.
    if (want === undefined || !registration) return !this.isCopy;
    return !this.registration || this.registration === registration;
  }

  private kindOf(session: Session, name: string): Kind {
    let kind = this.kinds.get(name);
    if (!kind) {
      const request = this.requestOf(session, name)?.message;
      kind = { request: request?.name, facts: request && factsOf(request), last: '', pids: new Set() };
      this.kinds.set(name, kind);
    }
    return kind;
  }

  /** Returns undefined where VPP sends the event unasked, or the request cannot be used. */
  private requestOf({ catalogue }: Session, name: string): Plan | undefined {
    try {
      const found = eventRequest(catalogue.schema, name, [], (request) => catalogue.table.has(request));
      return found?.form === 'registration' ? catalogue.plan(found.name) : undefined;
    } catch {
      return undefined;
    }
  }
}
