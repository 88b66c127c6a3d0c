/** Times at which something is due: a look at VPP, the deadline to confirm a wish, another attempt to read what is kept. */

import type { Clock } from './clock.js';

export interface Deadline {
  readonly revision: number;
  readonly seconds: number;
  /** The clock's milliseconds. */
  readonly at: number;
  /** Undefined until the wish has been carried out. */
  readonly until?: Date;
}

/** As the state on disk has it. */
type Unconfirmed = Pick<Deadline, 'revision' | 'seconds'>;

/** The carrier's own times. */
export interface CarrierTimes {
  readonly lookedAt: number;
  /** When VPP is read again, after a round that could not be finished. */
  readonly rereadAt: number | undefined;
  /** When an object is tried again. */
  readonly states: { readonly retryAt: number | undefined };
}

/** Time that an unconfirmed wish has to be carried out, before its seconds begin. */
const MOST_APPLYING_MS = 300_000;
/** Time in which events of VPP come together. */
const EVENT_MS = 2000;
/** Least time between two looks that events have caused. */
const BETWEEN_EVENTS_MS = 10_000;
/** Time between two attempts at the disk. */
const AGAIN_MS = 5000;

const NEVER = Number.POSITIVE_INFINITY;

export class Agenda {
  private openAt = NEVER;
  private checkAt = NEVER;
  private eventAt = NEVER;
  private unconfirmed: Deadline | undefined;

  constructor(private readonly clock: Clock) {}

  get deadline(): Deadline | undefined {
    return this.unconfirmed;
  }

  get isOpenDue(): boolean {
    return this.openAt <= this.clock.now();
  }

  get isDeadlineOver(): boolean {
    return this.unconfirmed !== undefined && this.unconfirmed.at <= this.clock.now();
  }

  /** Nothing is due for the disk: it is being read, or was. */
  opening(): void {
    this.openAt = NEVER;
  }

  openAgain(): void {
    this.openAt = this.clock.now() + AGAIN_MS;
  }

  /** VPP is looked at as soon as possible. */
  checkNow(): void {
    this.checkAt = this.clock.now();
  }

  /** VPP is looked at soon, together with what else happens meanwhile. */
  eventSeen(carrier: CarrierTimes | undefined): void {
    if (this.eventAt !== NEVER) return;
    const now = this.clock.now();
    const since = now - (carrier?.lookedAt ?? Number.NEGATIVE_INFINITY);
    this.eventAt = now + Math.max(EVENT_MS, BETWEEN_EVENTS_MS - since);
  }

  /** VPP is looked at now, and again after `intervalMs`. */
  lookBegins(intervalMs: number): void {
    this.eventAt = NEVER;
    this.checkAt = this.clock.now() + intervalMs;
  }

  /** A wish waits to be confirmed; undefined: none does. */
  arm(unconfirmed: Unconfirmed | undefined): void {
    const at = this.clock.now() + MOST_APPLYING_MS;
    this.unconfirmed = unconfirmed && { ...unconfirmed, at: at + unconfirmed.seconds * 1000 };
  }

  /** The seconds of the wish that waits begin now, once. */
  startSeconds(): void {
    const { unconfirmed, clock } = this;
    if (unconfirmed === undefined || unconfirmed.until !== undefined) return;
    const ms = unconfirmed.seconds * 1000;
    this.unconfirmed = { ...unconfirmed, at: clock.now() + ms, until: new Date(clock.date().getTime() + ms) };
  }

  /** That it is taken back could not be saved: it is tried again. */
  takeBackAgain(unconfirmed: Unconfirmed): void {
    this.unconfirmed = { ...unconfirmed, at: this.clock.now() + AGAIN_MS };
  }

  /** When VPP is looked at next: while it could not be read, not before that is over. */
  lookAt(carrier: CarrierTimes | undefined): number {
    const { rereadAt, states } = carrier ?? {};
    return rereadAt ?? Math.min(this.checkAt, this.eventAt, states?.retryAt ?? NEVER);
  }

  /** When something is due next; infinite for never. `canLook`: VPP and a wish are there. */
  next(canLook: boolean, carrier: CarrierTimes | undefined): number {
    return Math.min(this.openAt, this.unconfirmed?.at ?? NEVER, canLook ? this.lookAt(carrier) : NEVER);
  }
}
