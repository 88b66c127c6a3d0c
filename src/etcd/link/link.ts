/**
 * The connection of a client: one session at a time, to one of several endpoints. It is made when somebody needs it, kept while it is
 * good, and moved to another endpoint when it is not.
 *
 * A round tries all endpoints, one `nextEndpointMs` after the other, and takes the first that is up. A round that fails is followed by
 * a delay, longer after each failure and never the same for all clients. The first endpoint is drawn by lot, so that many clients
 * spread over the members.
 */

import { firstAbort } from '../../abort.js';
import { backoffDelay } from '../../backoff.js';
import { pause } from '../../pause.js';
import { EtcdError, etcdError } from '../errors.js';
import type { EtcdSettings } from '../options.js';
import { Session } from './session.js';

/** State of the connection, as health reports it. */
export type LinkState =
  | { readonly state: 'idle' }
  | { readonly state: 'up'; readonly endpoint: string; readonly since: Date }
  | { readonly state: 'away'; readonly since: Date; readonly error: EtcdError };

/** Milliseconds that a connection has to live before a loss is one of its own. */
const GOOD_LIFE_MS = 5000;

export class Link {
  private session: Session | undefined;
  private dialling: Promise<Session> | undefined;
  private readonly ending = new AbortController();
  private first: number;
  /** Consecutive rounds that failed. */
  private failures = 0;
  /** Consecutive moves away from members that cannot serve. */
  private moves = 0;
  private upAt = Number.POSITIVE_INFINITY;
  /** Begin of the present outage, or of the last one. */
  private awaySince: Date | undefined;
  private current: LinkState = { state: 'idle' };

  constructor(
    private readonly settings: EtcdSettings,
    private readonly onState: (state: LinkState) => void,
    private readonly random: () => number = Math.random,
  ) {
    this.first = Math.floor(random() * settings.endpoints.length);
  }

  /** Aborted when this program closes it. */
  get closing(): AbortSignal {
    return this.ending.signal;
  }

  get state(): LinkState {
    return this.current;
  }

  /** The session, or one that is being made. Rejects with an EtcdError when the present round fails. */
  get(): Promise<Session> {
    if (this.ending.signal.aborted) return Promise.reject(closed());
    if (this.session) return Promise.resolve(this.session);
    this.dialling ??= this.dial().finally(() => {
      this.dialling = undefined;
    });
    return this.dialling;
  }

  /** Takes another endpoint, where there is one that was not tried just now, because this session's member cannot serve. */
  leave(session: Session, cause: EtcdError): void {
    if (session !== this.session) return;
    if (this.isLongUp) this.moves = 0;
    // Members without a leader say so at once: clients would go round among them as fast as they can.
    if (this.moves >= this.settings.endpoints.length - 1) return;
    this.moves++;
    session.destroy(cause);
  }

  close(): void {
    this.ending.abort(closed());
    this.session?.destroy(closed());
  }

  private async dial(): Promise<Session> {
    await pause(this.delay(), this.ending.signal);
    try {
      const session = await this.round();
      this.up(session);
      return session;
    } catch (error) {
      if (this.ending.signal.aborted) throw closed();
      this.failures++;
      throw this.away(error as AggregateError);
    }
  }

  /** Milliseconds before the next round. Clients of a member that ended do not all come to another at the same moment. */
  private delay(): number {
    const { backoff } = this.settings;
    if (this.failures > 0) return backoffDelay(this.failures, backoff, this.random);
    return this.current.state === 'away' ? backoff.delayMs * this.random() : 0;
  }

  /** False for a connection that is soon lost again, which ends no outage. */
  private get isLongUp(): boolean {
    return performance.now() - this.upAt > GOOD_LIFE_MS;
  }

  private up(session: Session): void {
    this.failures = 0;
    this.upAt = performance.now();
    this.session = session;
    this.first = this.settings.endpoints.indexOf(session.endpoint);
    this.change({ state: 'up', endpoint: session.endpoint, since: new Date() });
    session.whenClosed((cause) => {
      this.session = undefined;
      // Another member first: this one has just failed.
      this.first++;
      if (this.isLongUp || this.awaySince === undefined) this.awaySince = new Date();
      if (!this.ending.signal.aborted) this.change({ state: 'away', since: this.awaySince, error: cause });
    });
    if (this.ending.signal.aborted) session.destroy(closed());
  }

  /** Rejects with an AggregateError of the reason of each endpoint. */
  private async round(): Promise<Session> {
    const over = new AbortController();
    const { signal, forget } = firstAbort([over.signal, this.ending.signal]);
    try {
      return await this.fastest(signal);
    } finally {
      over.abort(new Error('another endpoint was faster'));
      forget();
    }
  }

  private async fastest(signal: AbortSignal): Promise<Session> {
    const { endpoints, nextEndpointMs } = this.settings;
    const attempts: Promise<Session>[] = [];
    for (let i = 0; i < endpoints.length; i++) {
      const attempt = Session.open(endpoints[(this.first + i) % endpoints.length], this.settings, signal);
      attempts.push(attempt);
      if (i === endpoints.length - 1) break;
      // The next one when this one has failed, or takes long.
      const isUp = await Promise.race([
        ...attempts.map(whenUp),
        attempt.then(yes, no),
        pause(nextEndpointMs, signal).then(no),
      ]);
      if (isUp || signal.aborted) break;
    }
    const session = await Promise.any(attempts);
    for (const attempt of attempts) {
      attempt.then((each) => each !== session && each.destroy(closed()), ignore);
    }
    return session;
  }

  private away({ errors }: AggregateError): EtcdError {
    const [only] = errors as EtcdError[];
    const reasons = (errors as EtcdError[]).map(({ message }) => message).join('; ');
    this.awaySince ??= new Date();
    const since = this.awaySince;
    const code = errors.every(({ code }) => code === only.code) ? only.code : 'ETCD_AWAY';
    const text = `etcd cannot be reached since ${since.toISOString()}: ${reasons}`;
    const cause = errors.length === 1 ? only : new AggregateError(errors);
    const error = etcdError(code, text, { since, outcome: 'not-sent' }, cause);
    this.change({ state: 'away', since, error });
    return error;
  }

  private change(state: LinkState): void {
    this.current = state;
    this.onState(state);
  }
}

const ignore = () => {};
const yes = () => true;
const no = () => false;
/** Resolves when it is up, and never where it fails. */
const whenUp = (attempt: Promise<Session>): Promise<boolean> => attempt.then(yes, () => new Promise(ignore));

export const closed = () =>
  new EtcdError('ETCD_CLOSED', 'the client of etcd was closed by this program', { outcome: 'not-sent' });
