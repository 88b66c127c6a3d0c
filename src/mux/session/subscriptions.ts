/**
 * Table of event subscriptions, which delivers events to them. VPP keeps registrations for each client, and the
 * whole mux is one, so the registrations (`want_*`) are the mux's own: see registrations.ts.
 */

import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import { ConnectionError } from '../errors.js';
import type { ConnectOptions } from '../types.js';
import { ArrivedEvent } from './arrived-event.js';
import { EventCopies } from './event-copies.js';
import { actionFields, enableField, factsOf } from './event-requests.js';
import type { MessageEntry, Plan } from './message-catalogue.js';
import { invalidRegistration, type OwnRequest, Registrations, type WaitLimits } from './registrations.js';
import { requestFor } from './request-for.js';
import type { Session } from './session.js';
import { AT_ONCE, SpreadDeliveries } from './spread-deliveries.js';
import type { EventSink, Subscriber, Subscription } from './subscription.js';

export class Subscriptions {
  private readonly byEvent = new Map<string, Set<Subscription>>();
  /** The same as lists, which stay as they are while an event is delivered; each made anew after a change. */
  private readonly receivers = new Map<string, readonly Subscription[]>();
  private readonly registrations: Registrations;
  private readonly copies = new EventCopies();
  private readonly later = new SpreadDeliveries((event, subscription) => this.deliverLate(event, subscription));
  private session: Session | undefined;
  /** True while the session is about to end: nothing is registered on it any more. */
  private isLeaving = false;
  /** Error that ended all subscriptions. */
  private over: Error | undefined;

  constructor(
    private readonly request: OwnRequest,
    private readonly log: NonNullable<ConnectOptions['log']>,
    private readonly resync: boolean,
  ) {
    this.registrations = new Registrations(request, log);
  }

  /** Returns what ends it. Problems that need a session to be seen come through `sink.error`. */
  add(event: string, sink: EventSink, want: Fields | undefined, subscriber?: Subscriber): () => void {
    if (this.over) {
      subscriber?.ended();
      sink.error(this.over);
      return () => {};
    }
    const fresh = { registration: undefined, action: undefined, servedBy: 0, isOver: false };
    const subscription: Subscription = { event, sink, want, subscriber, ...fresh };
    let all = this.byEvent.get(event);
    if (!all) {
      all = new Set();
      this.byEvent.set(event, all);
    }
    all.add(subscription);
    this.receivers.delete(event);
    if (this.session && !this.isLeaving) this.serve(subscription, this.session);
    return () => this.remove(subscription);
  }

  /**
   * A want_* request of a user: `holder` gets a share in the mux's registration. VPP is sent it all the same, as it may cover
   * more by now; where VPP refuses what others have on already, it is on for `holder`, too. Rejects as VPP would refuse it to
   * a client of its own.
   */
  async claim(plan: Plan, holder: object, fields: Fields, limits: WaitLimits): Promise<Fields> {
    const { registrations } = this;
    const { message, name } = plan;
    const enable = fields[enableField(message) ?? ''];
    const want = registrations.want(plan, fields);
    if (enable === 0 || enable === false) return this.unclaim(plan, holder, fields, limits);
    const registration = registrations.of(want, message);
    await registrations.enable(registration, holder, want, limits);
    this.warnInVain(name, want.fields, plan);
    return { retval: 0 };
  }

  /** Drops what a channel had claimed; called when it is closed. */
  dropHolder(holder: object): void {
    this.registrations.drop(holder);
  }

  /** Sends these registrations again, because VPP has made something that they are to cover, too. */
  renew(requests: readonly string[]): void {
    this.registrations.renew(requests);
  }

  /** Called at a new generation: registers everything anew, and tells subscribers that they may have missed events. */
  onSession(session: Session): void {
    this.later.flush();
    this.session = session;
    this.isLeaving = false;
    this.copies.clear();
    const subscriptions = [...this.byEvent.values()].flatMap((all) => [...all]);
    // This VPP may need another request, or other fields.
    for (const subscription of subscriptions) subscription.registration?.drop(subscription);
    this.registrations.onSession(session);
    for (const subscription of subscriptions) {
      if (this.byEvent.get(subscription.event)?.has(subscription)) this.serve(subscription, session);
    }
  }

  onSessionEnd(): void {
    this.later.flush();
    this.session = undefined;
    this.registrations.reset(undefined);
  }

  /** Undoes all registrations of a session that is about to end in good order. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    await this.registrations.leave({ keep: true });
  }

  onEvent(session: Session, entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    const receivers = this.receiversOf(entry.name);
    if (receivers.length === 0) return;
    const event = new ArrivedEvent(session, entry, bytes, start, end);
    try {
      this.copies.arrived(session, event, this.registrations);
      const all = receivers.filter((subscription) => this.copies.isFor(subscription, event));
      // A client of an API socket gets it between the answers that came before and after it, as VPP sends it.
      const isSpread = all.length > AT_ONCE || this.later.holds(entry.name);
      const first = isSpread ? all.filter(({ sink }) => sink.raw) : all;
      for (const subscription of first) {
        // Its failure is its own: all others get the event.
        try {
          if (!this.isWanted(event, subscription)) continue;
          const { sink } = subscription;
          if (sink.raw) sink.raw(event.entry, event.bytes, event.start, event.end);
          else sink.next(event.take(), event.memory);
        } catch (error) {
          this.undelivered(event, error);
        }
      }
      if (isSpread)
        this.later.add(
          event.kept(),
          all.filter(({ sink }) => !sink.raw),
        );
    } catch (error) {
      this.undelivered(event, error);
    }
  }

  /** Undoes all registrations, then ends all subscriptions. */
  async close(cause: Error): Promise<void> {
    this.over = cause;
    await this.registrations.leave({ keep: false });
    this.later.flush();
    this.end(({ sink }) => sink.complete());
  }

  destroy(cause: Error): void {
    this.later.flush();
    this.over ??= cause;
    this.session = undefined;
    this.end(({ sink }) => sink.error(cause));
  }

  /** Delivers an event later than it came, to a subscription that takes decoded ones. */
  private deliverLate(event: ArrivedEvent, subscription: Subscription): void {
    try {
      if (this.isWanted(event, subscription)) subscription.sink.next(event.take(), event.memory);
    } catch (error) {
      this.undelivered(event, error);
    }
  }

  /** Whether it is still there, and for the event; it may have ended while others got it. */
  private isWanted(event: ArrivedEvent, subscription: Subscription): boolean {
    if (subscription.isOver) return false;
    const { session } = event;
    if (subscription.servedBy < session.generation) this.served(subscription, session);
    return subscription.subscriber?.arrived(event) !== false;
  }

  private undelivered({ entry }: ArrivedEvent, error: unknown): void {
    this.log('warn', `an ${entry.name} could not be delivered: ${reasonOf(error)}`);
  }

  private end(tell: (subscription: Subscription) => void): void {
    const subscriptions = [...this.byEvent.values()].flatMap((all) => [...all]);
    this.byEvent.clear();
    this.receivers.clear();
    this.registrations.clear();
    for (const subscription of subscriptions) {
      subscription.isOver = true;
      subscription.subscriber?.ended();
      tell(subscription);
    }
  }

  private receiversOf(event: string): readonly Subscription[] {
    let receivers = this.receivers.get(event);
    if (receivers === undefined) {
      receivers = [...(this.byEvent.get(event) ?? [])];
      this.receivers.set(event, receivers);
    }
    return receivers;
  }

  /** A registration that no channel here holds is sent to VPP, which ends it even for an owner that is gone. */
  private async unclaim(plan: Plan, holder: object, fields: Fields, { timeoutMs, wait }: WaitLimits): Promise<Fields> {
    const { registrations } = this;
    const { message, name } = plan;
    const registration = registrations.find(registrations.want(plan, fields), message);
    if (!registration?.isHeld) return wait(this.request(name, fields, { timeoutMs }));
    if (registration.drop(holder)) await wait(registrations.settle(registration));
    else if (!factsOf(message).idempotent) throw invalidRegistration(name, 'this channel has not enabled it');
    return { retval: 0 };
  }

  private serve(subscription: Subscription, session: Session): void {
    const { event, want, subscriber } = subscription;
    const isPresent = () => this.session === session && this.byEvent.get(event)?.has(subscription) === true;
    const fail = (error: Error) => {
      if (this.session !== session || !this.remove(subscription)) return;
      subscriber?.ended();
      subscription.sink.error(error);
    };
    const served = () => {
      if (isPresent()) this.served(subscription, session);
    };
    try {
      const found = requestFor(session, event, want ?? {});
      if (!found || want === undefined) {
        if (found) subscriber?.admit(found.plan, undefined);
        served();
      } else if (found.form === 'action') this.act(subscription, found.plan, want).then(served, fail);
      else {
        const wanted = this.registrations.want(found.plan, want);
        subscriber?.admit(found.plan, wanted.fields);
        if (!isPresent()) return;
        this.warnInVain(event, wanted.fields, found.plan);
        const registration = this.registrations.of(wanted, found.plan.message);
        registration.hold(subscription, wanted);
        subscription.registration = registration;
        this.registrations.settle(registration).then(served, fail);
      }
    } catch (error) {
      fail(error as Error);
    }
  }

  /** Sends, once, the request that does what the event tells of. */
  private async act(subscription: Subscription, plan: Plan, want: Fields): Promise<void> {
    const { event, subscriber } = subscription;
    if (subscription.action) {
      const text = `${event}: the connection to VPP was made anew, and VPP sends it only to the connection that sent ${plan.name}; subscribe again for another`;
      throw new ConnectionError('CONNECTION_LOST', text, { messageName: event });
    }
    const { message } = plan;
    const bytes = message.encode(actionFields(event, message, want));
    const fields = message.read(bytes, 0, bytes.length, { end: 0 });
    subscriber?.admit(plan, fields);
    const action = new AbortController();
    subscription.action = action;
    await this.request(plan.name, fields, { signal: action.signal });
  }

  private warnInVain(event: string, fields: Fields, { message }: Plan): void {
    const why = factsOf(message).inVain?.(fields);
    if (why) this.log('warn', `${event} with ${JSON.stringify(fields)}: ${why}`);
  }

  /** Tells `subscription` that VPP sends the events of this generation; once for each generation. */
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
    subscription.isOver = true;
    this.receivers.delete(subscription.event);
    if (all.size === 0) this.byEvent.delete(subscription.event);
    this.dropHolder(subscription);
    subscription.action?.abort();
    return true;
  }
}
