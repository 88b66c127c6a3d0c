/**
 * The events that one client wants. VPP keeps registrations for each of its clients, and the whole mux is one, so they are held
 * by the mux (session/registrations.ts); here is what VPP would keep for this client: what it has on, with which pid, and how
 * VPP answers a second enable (WIRE 3.7).
 */

import type { Fields } from '../codec/codec.js';
import { RetvalError, VppmuxError } from '../errors.js';
import { RETVAL_INVALID_REGISTRATION, RETVAL_L2_MACS_EVENT_CLIENT_PRESENT, RETVAL_LIMIT_EXCEEDED } from '../retval.js';
import { enableField, eventsOf, factsOf } from '../session/event-requests.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Subscriber } from '../session/subscription.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { ClientSide } from './client-side.js';
import { EventCopies } from './event-copies.js';
import type { Forwarded } from './frame-rules.js';

/** Subscriptions that one client may have by requests that do something: the oldest is dropped beyond. */
const MOST_ACTING = 256;
/** Registrations that one client may have: it makes up pids and addresses, and VPP has to look through all. */
const MOST_HELD = 256;

interface Held {
  readonly event: string;
  /** Request that it was made by, and its fields. */
  readonly request: Plan;
  readonly fields: Fields;
  readonly stop: () => void;
}

/** A client that has what VPP has one of. */
interface Owner {
  readonly registrations: ClientRegistrations;
  readonly pid: number;
}

/** Owners by the name of the slot; of all clients of one connection. */
const owners = new WeakMap<Subscriptions, Map<string, Owner>>();

export class ClientRegistrations {
  private readonly held = new Map<string, Held>();
  /** Events of requests that do something, by event and pid. */
  private readonly acting = new Map<string, Held>();
  private readonly copies: EventCopies;

  constructor(
    private readonly client: ClientSide,
    private readonly subscriptions: Subscriptions,
  ) {
    this.copies = new EventCopies(client);
  }

  /** Names of the events that the client gets. */
  get events(): readonly string[] {
    return [...new Set([...this.held.values(), ...this.acting.values()].map(({ event }) => event))];
  }

  /** Carries out a want_* request; resolves with the retval that VPP would answer, rejects where it may not be. */
  async want({ plan }: Forwarded, fields: Fields): Promise<number> {
    const { message } = plan;
    const facts = factsOf(message);
    const { [enableField(message) ?? '']: enable, pid: given, ...rest } = fields;
    const pid = Number(given ?? 0);
    const wanted = facts.normal ? facts.normal(rest) : rest;
    // VPP tells neighbour watchers of one client apart by pid, too.
    const mark = facts.echoesPid ? ` ${pid}` : '';
    const events = eventsOf(message, this.client.session.catalogue.schema);
    const keyOf = (event: string) => `${event} ${facts.slot ?? JSON.stringify(wanted, bigintsAsText)}${mark}`;
    const keys = events.map(keyOf);
    const isOff = enable === 0 || enable === false;
    const has = keys.some((key) => this.held.has(key));
    // A client may always give back its own; a disable of another is sent to VPP, or ends what another client has.
    if (!isOff || !has) this.client.guard?.register(plan, wanted, true);
    if (!isOff) this.subscribe(events);
    if (facts.slot !== undefined) {
      const owner = this.owners.get(facts.slot);
      if (!isOff && owner && owner.pid !== pid) return RETVAL_L2_MACS_EVENT_CLIENT_PRESENT;
      // Whoever asks ends it, and one with the pid of the owner takes its place; VPP may have an owner that is gone, too.
      if (isOff && !owner) return this.free(plan, fields);
      for (const key of keys) owner?.registrations.drop(key);
      this.owners.delete(facts.slot);
      if (isOff) return 0;
    }
    const isOn = keys.some((key) => this.held.has(key));
    const refused = facts.idempotent ? 0 : RETVAL_INVALID_REGISTRATION;
    if (isOff) {
      // VPP looks at the fields first, also of what it does not have.
      if (!isOn) return facts.keyed === 'fields' ? this.free(plan, fields) : refused;
      for (const key of keys) this.drop(key);
      return 0;
    }
    if (isOn) {
      // Objects that were made since may not be covered yet.
      if (facts.keyed === 'objects') this.subscriptions.renew([plan.name]);
      return refused;
    }
    if (this.held.size >= MOST_HELD) return RETVAL_LIMIT_EXCEEDED;
    try {
      for (const event of events) await this.enable(keyOf(event), event, plan, wanted, pid);
    } catch (error) {
      if (error instanceof RetvalError) return error.retval;
      // A plugin of the agent has it on with other fields.
      if (facts.slot !== undefined && error instanceof VppmuxError) return RETVAL_L2_MACS_EVENT_CLIENT_PRESENT;
      throw error;
    }
    if (facts.slot !== undefined) this.owners.set(facts.slot, { registrations: this, pid });
    return 0;
  }

  /** A request that does something and makes VPP send an event about it: the client that sent it is to get that. */
  acts({ events, plan }: Forwarded, fields: Fields): void {
    const within = Object.values(fields).find(
      (value): value is Fields => typeof value === 'object' && value !== null && 'pid' in value,
    );
    const pid = Number(fields.pid ?? within?.pid ?? 0);
    for (const event of events) {
      const key = `${event} ${pid}`;
      if (this.acting.has(key)) continue;
      const nothing = () => {};
      const sink = this.copies.sink(pid, nothing, nothing, plan.slow?.until === event ? 'expected' : 'by pid');
      const stop = this.subscriptions.add(event, sink, undefined);
      this.acting.set(key, { event, request: plan, fields, stop });
      this.forgetOldest();
    }
  }

  /** Called when VPP has finished a request of this client which has VPP to itself: this event comes next, and is of that. */
  expect(event: string): void {
    this.copies.expected = event;
  }

  /** Ends what the client may not have any more. Gives the events, each with the reason: VPP's protocol has no word for that. */
  recheck(): ReadonlyMap<string, string> {
    const ended = new Map<string, string>();
    for (const all of [this.held, this.acting]) {
      for (const [key, { event, request, fields, stop }] of [...all]) {
        const refused = this.client.guard?.recheckEvent(event, request, fields);
        if (refused === undefined) continue;
        ended.set(event, refused.message);
        stop();
        all.delete(key);
      }
    }
    for (const [slot, { registrations }] of this.owners) {
      const hasIt = [...this.held.keys()].some((key) => key.includes(` ${slot}`));
      if (registrations === this && !hasIt) this.owners.delete(slot);
    }
    return ended;
  }

  close(): void {
    for (const key of [...this.held.keys()]) this.drop(key);
    for (const { stop } of this.acting.values()) stop();
    this.acting.clear();
    for (const [slot, { registrations }] of this.owners) if (registrations === this) this.owners.delete(slot);
  }

  /** Sends a disable of what no client has. Where a plugin of the agent has it, that keeps it. */
  private async free(plan: Plan, fields: Fields): Promise<number> {
    try {
      await this.subscriptions.claim(plan, this, fields, { wait: (work) => work });
      return 0;
    } catch (error) {
      if (error instanceof RetvalError) return error.retval;
      throw error;
    }
  }

  private get owners(): Map<string, Owner> {
    let all = owners.get(this.subscriptions);
    if (all === undefined) {
      all = new Map();
      owners.set(this.subscriptions, all);
    }
    return all;
  }

  /** Throws RefusedError where the client may not have one of the events. */
  private subscribe(events: readonly string[]): void {
    for (const event of events) {
      const refused = this.client.guard?.subscribe(event);
      if (refused) throw refused;
    }
  }

  private enable(key: string, event: string, request: Plan, want: Fields, pid: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error) => {
        this.held.delete(key);
        reject(error);
      };
      const subscriber: Subscriber = {
        admit: () => {},
        arrived: (event) => {
          this.client.guard?.event(event);
          return !this.client.closed;
        },
        ended: () => {},
      };
      let stop = () => {};
      this.held.set(key, { event, request, fields: want, stop: () => stop() });
      stop = this.subscriptions.add(event, this.copies.sink(pid, resolve, failed), want, subscriber);
    });
  }

  /** Pids are what a client makes up. */
  private forgetOldest(): void {
    if (this.acting.size <= MOST_ACTING) return;
    const [[key, { stop }]] = this.acting;
    stop();
    this.acting.delete(key);
  }

  private drop(key: string): void {
    this.held.get(key)?.stop();
    this.held.delete(key);
  }
}

const bigintsAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
