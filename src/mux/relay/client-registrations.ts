/**
 * The events that one client wants. VPP keeps registrations for each of its clients, and the whole mux is one, so they are held
 * by the mux (session/registrations.ts); here is what VPP would keep for this client: what it has on, with which pid, and how
 * VPP answers a second enable (WIRE 3.7).
 */

import type { Fields } from '../codec/codec.js';
import { RetvalError, VppmuxError } from '../errors.js';
import { readU32, writeU32 } from '../link/frame.js';
import { RETVAL_INVALID_REGISTRATION, RETVAL_L2_MACS_EVENT_CLIENT_PRESENT, RETVAL_LIMIT_EXCEEDED } from '../retval.js';
import { enableField, eventsOf, factsOf } from '../session/event-requests.js';
import type { MessageEntry, Plan } from '../session/message-catalogue.js';
import type { EventSink, Subscriber } from '../session/subscription.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { ClientSide } from './client-side.js';
import type { Forwarded } from './frame-rules.js';

/** Subscriptions that one client may have by requests that do something: the oldest is dropped beyond. */
const MOST_ACTING = 256;
/** Registrations that one client may have: it makes up pids and addresses, and VPP has to look through all. */
const MOST_HELD = 256;

/** Events that a subscription gets: all, those with its pid, or the one that is expected for this client. */
type Which = 'all' | 'by pid' | 'expected';

interface Held {
  readonly pid: number;
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
  private readonly acting = new Map<string, () => void>();
  /** Event without a pid that VPP sends next, and that is for this client. */
  private expected: string | undefined;

  constructor(
    private readonly client: ClientSide,
    private readonly subscriptions: Subscriptions,
  ) {}

  /** Names of the events that the client gets. */
  get events(): readonly string[] {
    return [...new Set([...this.held.keys(), ...this.acting.keys()].map((key) => key.split(' ')[0]))];
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
    const keys = eventsOf(message, this.client.session.catalogue.schema).map(
      (event) => `${event} ${facts.slot ?? JSON.stringify(wanted, bigintsAsText)}${mark}`,
    );
    const isOff = enable === 0 || enable === false;
    const has = keys.some((key) => this.held.has(key));
    // A client may always give back its own; a disable of another is sent to VPP, or ends what another client has.
    if (!isOff || !has) this.client.guard?.register(plan, wanted, true);
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
      for (const key of keys) await this.enable(key, wanted, pid);
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
      const sink = this.sink(pid, nothing, nothing, plan.slow?.until === event ? 'expected' : 'by pid');
      this.acting.set(key, this.subscriptions.add(event, sink, undefined));
      this.forgetOldest();
    }
  }

  /** Called when VPP has finished a request of this client which has VPP to itself: this event comes next, and is of that. */
  expect(event: string): void {
    this.expected = event;
  }

  close(): void {
    for (const key of [...this.held.keys()]) this.drop(key);
    for (const stop of this.acting.values()) stop();
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

  private enable(key: string, want: Fields, pid: number): Promise<void> {
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
      this.held.set(key, { pid, stop: () => stop() });
      stop = this.subscriptions.add(key.split(' ')[0], this.sink(pid, resolve, failed), want, subscriber);
    });
  }

  /** Pids are what a client makes up. */
  private forgetOldest(): void {
    if (this.acting.size <= MOST_ACTING) return;
    const [[key, stop]] = this.acting;
    stop();
    this.acting.delete(key);
  }

  private drop(key: string): void {
    this.held.get(key)?.stop();
    this.held.delete(key);
  }

  private sink(pid: number, ready: () => void, error: (error: Error) => void, which: Which = 'all'): EventSink {
    return {
      raw: (entry, bytes, start, end) => this.deliver(entry, bytes, start, end, pid, which),
      next: () => {},
      ready,
      error,
      complete: () => {},
    };
  }

  /** Gives the client its own copy: with its index, and the pid that it gave, where VPP has ours. */
  private deliver(entry: MessageEntry, bytes: Buffer, start: number, end: number, pid: number, which: Which): void {
    const { client } = this;
    const { tables } = client;
    const { clientIndexOffset = -1, fields = [] } = entry.message?.def ?? {};
    const pidOffset = pidAt(fields);
    if (which === 'by pid' && pidOffset >= 0 && readU32(bytes, start + pidOffset) !== pid) return;
    if (which === 'expected') {
      if (this.expected !== entry.name) return;
      this.expected = undefined;
    }
    const body = Buffer.from(bytes.subarray(start, end));
    const id = tables.ids.toClient[entry.id];
    // The client may be on a session that has ended, and not know the ids of the one that this came by.
    if (id < 0 || tables.session.catalogue.entries[entry.id] !== entry) return;
    body.writeUInt16BE(id, 0);
    if (clientIndexOffset >= 0 && readU32(body, clientIndexOffset) === tables.session.clientIndex) {
      writeU32(body, clientIndexOffset, client.index);
    }
    if (which === 'all' && pidOffset >= 0) putPid(body, pidOffset, pid);
    client.tell(body);
  }
}

/** VPP gives a pid back as it came, with its bytes turned round (dhcp6, router advertisements), or as 0. */
function putPid(body: Buffer, offset: number, pid: number): void {
  const sent = readU32(body, offset);
  if (sent === 0) return;
  const isTurned = sent !== process.pid && body.readUInt32LE(offset) === process.pid;
  if (isTurned) body.writeUInt32LE(pid, offset);
  else writeU32(body, offset, pid);
}

/** Offset of the pid: it follows the header in all events that have one. */
function pidAt(fields: NonNullable<MessageEntry['message']>['def']['fields']): number {
  const at = fields.findIndex(({ name }) => name === 'pid');
  return at > 0 ? 4 * at - 2 : -1;
}

const bigintsAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
