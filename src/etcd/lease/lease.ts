/**
 * One lease, kept alive until it is lost or revoked. Its clock is this program's: it runs from before the last renewal was sent, so
 * that it ends before etcd's does.
 *
 *   held ── renewal, every third of its time ──▶ held
 *     └── no answer until its time is over, or etcd has it no more ──▶ lost, once
 */

import { onAbort } from '../../abort.js';
import { backoffDelay } from '../../backoff.js';
import { type EtcdError, EtcdUnavailableError, etcdError } from '../errors.js';
import type { Rpc } from '../link/rpc.js';
import { type Granted, grant, renew, revoke } from './lease-requests.js';

/** Milliseconds for telling etcd that a lease is over: it ends by itself where that fails. */
const GOODBYE_MS = 1000;

export class Lease {
  /** Aborted, with the EtcdError, when the lease is lost or revoked. */
  readonly signal: AbortSignal;
  private readonly ending = new AbortController();
  /** Aborts a renewal under way. */
  private readonly work = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastError: EtcdError | undefined;

  private constructor(
    private readonly rpc: Rpc,
    readonly id: bigint,
    /** Milliseconds that a renewal lasts. */
    private readonly ttlMs: number,
    /** Time at which it ends, on `performance.now()`. */
    private endsAt: number,
  ) {
    this.signal = this.ending.signal;
    const forget = onAbort(rpc.link.closing, () => this.abandon());
    onAbort(this.signal, forget);
    this.schedule(this.pace());
  }

  /** @throws EtcdError */
  static async grant(rpc: Rpc, ttlSeconds: number, signal?: AbortSignal): Promise<Lease> {
    const before = performance.now();
    const { id, ttl }: Granted = await grant(rpc, ttlSeconds, { signal });
    return new Lease(rpc, id, ttl * 1000, before + ttl * 1000);
  }

  get isHeld(): boolean {
    return !this.signal.aborted;
  }

  /** Tells etcd that it is over, so that its keys go now. What etcd cannot be told ends by itself. */
  async revoke(): Promise<void> {
    if (!this.isHeld) return;
    this.end(etcdError('LEASE_LOST', `the lease ${this.shown} was given back by this program`));
    await revoke(this.rpc, this.id, { timeoutMs: GOODBYE_MS }).catch(() => {});
  }

  /** Ends the renewals without a word to etcd. */
  abandon(): void {
    if (this.isHeld) this.end(etcdError('LEASE_LOST', `the lease ${this.shown} is no longer renewed by this program`));
  }

  private get shown(): string {
    return this.id.toString(16);
  }

  /** Not the same for all clients, which may have started at the same moment. */
  private pace(): number {
    return (this.ttlMs / 3) * (0.85 + Math.random() * 0.15);
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => void this.renew(), Math.max(0, Math.min(ms, this.left)));
  }

  private get left(): number {
    return this.endsAt - performance.now();
  }

  private async renew(): Promise<void> {
    for (let attempt = 1; this.isHeld; attempt++) {
      if (this.left <= 0) {
        this.lose();
        return;
      }
      const before = performance.now();
      try {
        const ttl = await renew(this.rpc, this.id, { timeoutMs: Math.ceil(this.left), signal: this.work.signal });
        if (!this.isHeld) return;
        this.endsAt = before + ttl * 1000;
        this.lastError = undefined;
        this.schedule(this.pace());
        return;
      } catch (error) {
        // The time that is left last is too short for an answer, and says nothing of why the others failed.
        if (this.lastError === undefined || (error as EtcdError).code !== 'ETCD_TIMEOUT')
          this.lastError = error as EtcdError;
        if (!(error instanceof EtcdUnavailableError)) {
          this.lose();
          return;
        }
        // Waits no longer than the lease has.
        const ms = Math.min(backoffDelay(attempt, this.rpc.settings.backoff), Math.max(0, this.left));
        await new Promise<void>((resolve) => {
          this.timer = setTimeout(resolve, ms);
        });
      }
    }
  }

  private lose(): void {
    if (!this.isHeld) return;
    const { lastError: cause } = this;
    const because = cause === undefined ? 'this program was held up for longer than it lasts' : cause.message;
    this.end(
      etcdError('LEASE_LOST', `the lease ${this.shown} of ${this.ttlMs / 1000} s is lost: ${because}`, {}, cause),
    );
  }

  private end(reason: EtcdError): void {
    clearTimeout(this.timer);
    this.ending.abort(reason);
    this.work.abort(reason);
  }
}
