/**
 * Who wants which events. VPP keeps one registration for each client, whoever asked behind the mux, so
 * the registrations (`want_*`) are the mux's own: see registration.ts. This table delivers.
 */

import { nearest } from '../../nearest.js';
import { reasonOf } from '../../thrown.js';
import { type ErrorCode, VppmuxError } from '../errors.js';
import type { ConnectOptions, EventItem } from '../types.js';
import { type Entry, memoryOf, type Plan } from './catalogue.js';
import { enableField, Registration } from './registration.js';
import type { Session } from './session.js';

/** Takes what a subscription gives. */
export interface EventSink {
  /** `size`: bytes that it takes in memory, roughly; 0 for markers. */
  next(item: EventItem, size: number): void;
  /** VPP sends the events now (again). */
  ready(): void;
  error(error: Error): void;
  complete(): void;
}

export interface Subscription {
  readonly event: string;
  readonly sink: EventSink;
  /** Fields of the want_* request; undefined: send none. */
  readonly want: Record<string, unknown> | undefined;
  readonly admit: Admit | undefined;
  /** The generation that last served it, 0 for none: a later one means that events may be missing. */
  servedBy: number;
}

/** Throws when the want_* request that switches the event on may not be sent. */
export type Admit = (request: Plan) => void;

/** Sends a request of the mux's own on the present session. */
export type OwnRequest = (name: string, fields: Record<string, unknown>) => Promise<Record<string, unknown>>;

export class Subscriptions {
  private readonly byEvent = new Map<string, Set<Subscription>>();
  private readonly registrations = new Map<string, Registration>();
  private session: Session | undefined;
  /** The session is about to end: nothing is registered on it any more. */
  private isLeaving = false;
  /** Why nothing comes any more. */
  private over: Error | undefined;

  constructor(
    private readonly request: OwnRequest,
    private readonly log: NonNullable<ConnectOptions['log']>,
    private readonly resync: boolean,
  ) {}

  /** Returns what ends it. Problems that need a session to be seen come through `sink.error`. */
  add(event: string, sink: EventSink, want: Record<string, unknown> | undefined, admit?: Admit): () => void {
    if (this.over) {
      sink.error(this.over);
      return () => {};
    }
    const subscription: Subscription = { event, sink, want, admit, servedBy: 0 };
    let all = this.byEvent.get(event);
    if (!all) {
      all = new Set();
      this.byEvent.set(event, all);
    }
    all.add(subscription);
    if (this.session && !this.isLeaving) this.serve(subscription, this.session);
    return () => this.remove(subscription);
  }

  /** A want_* request of a user: holds the registration for `holder` instead of sending a second one. */
  async claim(name: string, holder: object, fields: Record<string, unknown>): Promise<void> {
    const { session } = this;
    if (!session) return;
    const { message } = session.catalogue.plan(name);
    const field = enableField(message);
    const { [field ?? '']: enable, pid: _pid, ...want } = fields;
    const registration = this.registration(name);
    if (enable === undefined || enable === 0 || enable === false) registration.drop(holder);
    else registration.hold(holder, want);
    try {
      await registration.settle();
    } catch (error) {
      registration.drop(holder); // what VPP refused must not stand in the way of others
      throw error;
    }
  }

  /** True when the mux registers for this request's events itself. */
  owns(name: string): boolean {
    if (!this.session || !name.startsWith('want_')) return false;
    const { message, events } = this.session.catalogue.plan(name);
    return events.length > 0 && enableField(message) !== undefined;
  }

  /** A channel is gone, and with it what it had claimed. */
  dropHolder(holder: object): void {
    for (const registration of this.registrations.values()) {
      if (registration.drop(holder)) registration.settle().catch(() => {});
    }
  }

  /** A new generation: everything is registered anew, and subscribers are told that they may have missed some. */
  onSession(session: Session): void {
    this.session = session;
    this.isLeaving = false;
    for (const registration of this.registrations.values()) registration.reset();
    for (const registration of this.registrations.values()) {
      registration.settle().catch((error) => this.log('warn', (error as Error).message));
    }
    for (const all of this.byEvent.values()) for (const subscription of all) this.serve(subscription, session);
  }

  onSessionEnd(): void {
    this.session = undefined;
    for (const registration of this.registrations.values()) registration.reset();
  }

  /** Undoes all registrations of a session that is about to end in good order. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    const undone = [...this.registrations.values()].map((registration) => registration.leave());
    for (const result of await Promise.allSettled(undone)) {
      if (result.status === 'rejected') this.log('warn', (result.reason as Error).message);
    }
  }

  onEvent(session: Session, entry: Entry, bytes: Buffer, start: number, end: number): void {
    const all = this.byEvent.get(entry.name);
    if (!all) return;
    let first = true;
    for (const subscription of [...all]) {
      if (!all.has(subscription)) continue; // left while others were told
      try {
        // Each gets an object of its own; what is beyond the definition is counted once.
        const event = first ? session.decode(entry, bytes, start, end) : session.decodeAgain(entry, bytes, start, end);
        first = false;
        if (subscription.servedBy < session.generation) this.served(subscription, session);
        subscription.sink.next(event, memoryOf(entry, end - start));
      } catch (error) {
        this.log('warn', `an ${entry.name} could not be delivered: ${reasonOf(error)}`);
      }
    }
  }

  /** Undoes all registrations, then ends all subscriptions. */
  async close(cause: Error): Promise<void> {
    this.over = cause;
    const undone = [...this.registrations.values()].map((registration) => {
      registration.dropAll();
      return registration.settle().catch((error) => this.log('warn', (error as Error).message));
    });
    await Promise.all(undone);
    this.end((sink) => sink.complete());
  }

  destroy(cause: Error): void {
    this.over ??= cause;
    this.session = undefined;
    this.end((sink) => sink.error(cause));
  }

  private end(tell: (sink: EventSink) => void): void {
    const sinks = [...this.byEvent.values()].flatMap((all) => [...all].map(({ sink }) => sink));
    this.byEvent.clear();
    this.registrations.clear();
    for (const sink of sinks) tell(sink);
  }

  private registration(name: string): Registration {
    let registration = this.registrations.get(name);
    if (!registration) {
      registration = new Registration(name, (fields) => this.register(name, fields), this.log);
      this.registrations.set(name, registration);
    }
    return registration;
  }

  private register(
    name: string,
    fields: { enable: boolean; want: Record<string, unknown> },
  ): Promise<unknown> | undefined {
    const { session } = this;
    if (!session) return undefined;
    const { message } = session.catalogue.plan(name);
    const field = enableField(message);
    if (field === undefined) return undefined;
    const bool = message.def.fields.find(({ name }) => name === field)?.type;
    const on = bool?.kind === 'scalar' && bool.name === 'bool' ? fields.enable : Number(fields.enable);
    const pid = message.def.fields.some(({ name }) => name === 'pid') ? { pid: process.pid } : {};
    return this.request(name, { ...fields.want, ...pid, [field]: on });
  }

  private serve(subscription: Subscription, session: Session): void {
    const fail = (error: Error) => {
      if (this.session === session && this.remove(subscription)) subscription.sink.error(error);
    };
    const served = () => {
      if (this.session === session && this.byEvent.get(subscription.event)?.has(subscription)) {
        this.served(subscription, session);
      }
    };
    try {
      const want = wantRequest(session, subscription.event);
      if (want === undefined || subscription.want === undefined) {
        served();
        return;
      }
      subscription.admit?.(session.catalogue.plan(want));
      const registration = this.registration(want);
      registration.hold(subscription, subscription.want);
      registration.settle().then(served, fail);
    } catch (error) {
      fail(error as Error);
    }
  }

  /** VPP sends it the events of this generation; once for each. */
  private served(subscription: Subscription, session: Session): void {
    const { servedBy, sink } = subscription;
    if (servedBy === session.generation) return;
    subscription.servedBy = session.generation;
    sink.ready();
    if (servedBy === 0 || !this.resync) return;
    const reason = 'the connection to VPP was made anew; events may be missing, read the state again';
    sink.next({ resync: { generation: session.generation, reason } }, 0);
  }

  private remove(subscription: Subscription): boolean {
    const all = this.byEvent.get(subscription.event);
    if (!all?.delete(subscription)) return false;
    if (all.size === 0) this.byEvent.delete(subscription.event);
    this.dropHolder(subscription);
    return true;
  }
}

/** The want_* request that switches `event` on; undefined when VPP sends it unasked, or on another request. */
function wantRequest(session: Session, event: string): string | undefined {
  const { catalogue } = session;
  const { schema } = catalogue;
  const known = schema.find(event);
  if (known && known.def.role !== 'event') {
    throw new VppmuxError('WRONG_KIND', `${event} is not an event but a ${known.def.role}`, { messageName: event });
  }
  if (!known) throw unknownEvent(event, [...schema.model.messages.values()]);
  catalogue.usable(event);
  let problem: unknown;
  for (const name of schema.model.eventRequests.get(event) ?? []) {
    if (!name.startsWith('want_') || !catalogue.table.has(name)) continue;
    try {
      if (enableField(catalogue.plan(name).message) !== undefined) return name;
    } catch (error) {
      problem ??= error; // another one may do
    }
  }
  if (problem) throw problem;
  return undefined;
}

function unknownEvent(event: string, messages: readonly { name: string; role: string }[]): VppmuxError {
  const code: ErrorCode = 'UNKNOWN_MESSAGE';
  const close = nearest(
    event,
    messages.filter(({ role }) => role === 'event').map(({ name }) => name),
  );
  const hint = close.length > 0 ? `; did you mean ${close.join(', ')}?` : '';
  return new VppmuxError(code, `no event ${event}${hint}`, { messageName: event, nearest: close });
}
