/**
 * All event registrations of the mux, by VPP's own key: the request and its fields but enable and pid, as bytes. So several
 * of one kind stand next to each other, and each is undone with the fields that made it.
 */

import { reasonOf } from '../../thrown.js';
import type { Fields, Message } from '../codec/codec.js';
import { RetvalError, VppmuxError } from '../errors.js';
import { RETVAL_INVALID_REGISTRATION, RETVAL_L2_MACS_EVENT_CLIENT_PRESENT, retvalName } from '../retval.js';
import type { ConnectOptions, RequestOptions } from '../types.js';
import { enableField, factsOf } from './event-requests.js';
import type { Plan } from './message-catalogue.js';
import { sideEffect } from './reads.js';
import { type Register, Registration, type Want } from './registration.js';
import type { Session } from './session.js';

/** Sends a request of the mux's own on the present session. */
export type OwnRequest = (name: string, fields: Fields, options?: RequestOptions) => Promise<Fields>;

/** Limits of a caller's wait for its want_* request. */
export interface WaitLimits {
  readonly timeoutMs?: number;
  /** Rejects before `work` is done when the caller does not wait any more. */
  readonly wait: <T>(work: Promise<T>) => Promise<T>;
}

/** A process id takes 22 bits in Linux; the bits above tell registrations apart where VPP gives the pid back. */
const PID_BITS = 22;
const MOST_TAGS = 2 ** (32 - PID_BITS);
const OWN_PID = process.pid & ((1 << PID_BITS) - 1);

interface Tagged {
  readonly registration: Registration;
  readonly pid: number;
}

export class Registrations {
  session: Session | undefined;
  /** Registrations by key, or by slot where VPP keeps one for many. */
  private readonly all = new Map<string, Tagged>();

  constructor(
    private readonly request: OwnRequest,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  /** The registration that VPP would make for `given`. Throws FieldError. */
  want({ message }: Plan, given: Fields): Want {
    const enable = enableField(message);
    const { normal } = factsOf(message);
    const bytes = message.encode(given);
    const { [enable ?? '']: _enable, pid: _pid, ...read } = message.read(bytes, 0, bytes.length, { end: 0 });
    const fields = normal ? normal(read) : read;
    // A default may be "on": for the key it is off.
    const key = message.encode({ ...fields, ...(enable === undefined ? {} : { [enable]: off(message, enable) }) });
    return { request: message.name, fields, key: `${message.name} ${key.toString('hex')}` };
  }

  /** The registration for `want`, made now if need be. Throws BAD_OPTION when there are too many. */
  of(want: Want, message: Message): Registration {
    const { slot, keyed, echoesPid } = factsOf(message);
    const key = slot ?? want.key;
    const known = this.all.get(key);
    if (known) return known.registration;
    const pid = echoesPid ? this.freePid(want.request) : process.pid;
    const register: Register = (asked, enable, timeoutMs) => this.register(asked, enable, pid, timeoutMs);
    const registration = new Registration(want, register, this.log, keyed === 'one-owner');
    this.all.set(key, { registration, pid });
    return registration;
  }

  find(want: Want, message: Message): Registration | undefined {
    return this.all.get(factsOf(message).slot ?? want.key)?.registration;
  }

  /** The registration whose event has this `pid`; undefined where it is not one that the mux has made. */
  byPid(request: string, pid: unknown): Registration | undefined {
    for (const each of this.all.values()) {
      if (each.pid === pid && each.registration.request === request) return each.registration;
    }
    return undefined;
  }

  /** Number of held registrations of `request`. */
  count(request: string): number {
    return this.held(request).length;
  }

  /** Drops what `holder` has, and undoes it where nobody else holds it. */
  drop(holder: object): void {
    for (const { registration } of [...this.all.values()]) {
      if (registration.drop(holder)) this.settle(registration).catch(() => {});
    }
  }

  /** Settles `registration`, and forgets it when nobody holds it and VPP has it no more. */
  async settle(registration: Registration): Promise<void> {
    await registration.settle().finally(() => this.forgetIdle());
  }

  /** Enables `registration` for `holder`, which does not hold it when that fails, unless it did before. */
  async enable(registration: Registration, holder: object, want: Want, { timeoutMs, wait }: WaitLimits): Promise<void> {
    const hadIt = registration.isHeldBy(holder);
    registration.hold(holder, want);
    try {
      await wait(registration.enable(timeoutMs));
    } catch (error) {
      if (isInvalidRegistration(error) && !hadIt) return; // others have it on already
      if (!hadIt) registration.drop(holder); // a registration that VPP refused, or that its caller gave up, must not block others
      this.settle(registration).catch(() => {});
      throw error;
    }
  }

  /** Sends the held registrations of `requests` again, because the objects that they cover have changed at VPP. */
  renew(requests: readonly string[]): void {
    for (const registration of requests.flatMap((request) => this.held(request))) {
      registration.renew().catch((error) => this.log('warn', `not renewed: ${reasonOf(error)}`));
    }
  }

  onSession(session: Session): void {
    this.reset(session);
    this.renewKeys(session);
    for (const { registration } of this.all.values()) {
      this.settle(registration).catch((error) => this.log('warn', reasonOf(error)));
    }
  }

  reset(session: Session | undefined): void {
    this.session = session;
    for (const { registration } of this.all.values()) registration.reset();
    this.forgetIdle();
  }

  /** Undoes all at VPP; `keep`: the holders stay, for the next session. Logs what VPP refuses. */
  async leave({ keep }: { keep: boolean }): Promise<void> {
    const undone = [...this.all.values()].map(({ registration }) => {
      if (keep) return registration.leave();
      registration.dropAll();
      return registration.settle();
    });
    for (const result of await Promise.allSettled(undone)) {
      if (result.status === 'rejected') this.log('warn', reasonOf(result.reason));
    }
  }

  clear(): void {
    this.all.clear();
  }

  private register(want: Want, enable: boolean, pid: number, timeoutMs?: number): Promise<unknown> | undefined {
    const { session } = this;
    if (!session) return undefined;
    const { message } = session.catalogue.plan(want.request);
    const field = enableField(message);
    if (field === undefined) return undefined;
    const { keyed, restoring } = factsOf(message);
    if (!enable && keyed === 'objects' && this.isCovered(want)) return Promise.resolve();
    const effect = enable ? sideEffect(want.request) : undefined;
    if (effect) this.log('info', `${want.request} is sent for a subscription: it ${effect}`);
    const says = message.def.fields.some(({ name }) => name === 'pid') ? { pid } : {};
    const fields = { ...want.fields, ...(enable ? {} : restoring), ...says };
    const sent = { ...fields, [field]: enable ? on(message, field) : off(message, field) };
    const answer = this.request(want.request, sent, { timeoutMs });
    // It has taken them from objects that others are registered at, too: those are sent right behind it.
    if (!enable && keyed === 'objects') this.renew([want.request]);
    return answer.catch((error) => {
      throw explained(error);
    });
  }

  /** Returns whether another registration that is on asks for everything: then nothing may be taken away. */
  private isCovered({ request, key }: Want): boolean {
    const { session } = this;
    if (!session) return false;
    const everything = this.all.get(this.want(session.catalogue.plan(request), {}).key)?.registration;
    return everything?.isHeld === true && everything.isOn && everything.key !== key;
  }

  /** Another VPP may have other fields in the same request, so that its key is another. */
  private renewKeys({ catalogue }: Session): void {
    for (const [key, each] of [...this.all]) {
      const { registration } = each;
      if (registration.key !== key || !catalogue.table.has(registration.request)) continue;
      const want = this.want(catalogue.plan(registration.request), registration.fields);
      if (want.key === key || this.all.has(want.key)) continue;
      registration.renewKey(want);
      this.all.delete(key);
      this.all.set(want.key, each);
    }
  }

  private held(request: string): Registration[] {
    const all = [...this.all.values()].map(({ registration }) => registration);
    return all.filter((registration) => registration.request === request && registration.isHeld);
  }

  private freePid(request: string): number {
    const taken = new Set(
      [...this.all.values()].flatMap(({ registration, pid }) => (registration.request === request ? [pid] : [])),
    );
    for (let tag = 0; tag < MOST_TAGS; tag++) {
      const pid = tag === 0 ? process.pid : ((tag << PID_BITS) | OWN_PID) >>> 0;
      if (!taken.has(pid)) return pid;
    }
    const text = `${request}: ${MOST_TAGS} different registrations of one connection are too many`;
    throw new VppmuxError('BAD_OPTION', text, { messageName: request });
  }

  private forgetIdle(): void {
    for (const [key, { registration }] of this.all) if (registration.isIdle) this.all.delete(key);
  }
}

function isBool(message: Message, field: string): boolean {
  const type = message.def.fields.find(({ name }) => name === field)?.type;
  return type?.kind === 'scalar' && type.name === 'bool';
}

const on = (message: Message, field: string) => (isBool(message, field) ? true : 1);
const off = (message: Message, field: string) => (isBool(message, field) ? false : 0);

/** VPP keeps the pid of an owner that died, and then refuses everybody else. */
function explained(error: unknown): unknown {
  if (!(error instanceof RetvalError) || error.retval !== RETVAL_L2_MACS_EVENT_CLIENT_PRESENT) return error;
  const { retval, retvalName: name, message, reply, messageName, text: words } = error;
  const text = `${message}; VPP has one owner of these events, by its pid, and keeps one that died: if none is left, want_l2_macs_events2 with enable_disable: false frees them`;
  return new RetvalError(retval, name, text, { messageName }, reply, words);
}

/** VPP's answer that it has such a registration already, or has none to undo. */
function isInvalidRegistration(error: unknown): boolean {
  return error instanceof RetvalError && error.retval === RETVAL_INVALID_REGISTRATION;
}

/** Error that VPP would answer with. */
export function invalidRegistration(request: string, why: string): RetvalError {
  const retval = RETVAL_INVALID_REGISTRATION;
  const name = retvalName(retval);
  const text = `VPP would refuse ${request}: ${name} (${retval}), as ${why}`;
  return new RetvalError(retval, name, text, { messageName: request }, { retval });
}
