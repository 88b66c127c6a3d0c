/**
 * One lease of this process, renewed until it is lost or revoked: its file is touched every third of its time.
 *
 *   held ── touched in time ──▶ held
 *     └── held up for longer than its time, its file is gone, or the log has ended it ──▶ lost, once
 */

import type { KeptLease } from '../../../etcd/index.js';
import { reasonOf } from '../../../thrown.js';
import { StoreError } from '../errors.js';
import type { LeaseFiles } from './lease-files.js';

export class FolderLease implements KeptLease {
  /** Aborted, with the StoreError, when the lease is lost or revoked. */
  readonly signal: AbortSignal;
  private readonly ending = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private endsAt: number;

  constructor(
    readonly id: bigint,
    private readonly ttlMs: number,
    private readonly files: LeaseFiles,
    /** Writes its end to the log. */
    private readonly endInLog: (id: bigint) => Promise<void>,
    private readonly onEnd: (lease: FolderLease) => void,
  ) {
    this.signal = this.ending.signal;
    this.endsAt = performance.now() + ttlMs;
    this.schedule();
  }

  get isHeld(): boolean {
    return !this.signal.aborted;
  }

  /** Its keys go now. Where the folder cannot be written, they go when its time is over. */
  async revoke(): Promise<void> {
    if (!this.isHeld) return;
    this.end('it was given back by this program');
    await this.endInLog(this.id).catch(() => {});
  }

  abandon(): void {
    this.end('it is no longer renewed by this program');
  }

  /** The log has it no more. */
  lose(): void {
    this.end('it was not renewed in time, and other programs took it for dead');
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.renew(), this.ttlMs / 3);
  }

  private async renew(): Promise<void> {
    const now = performance.now();
    if (now >= this.endsAt) {
      this.end('this program was held up for longer than it lasts');
      return;
    }
    try {
      if (!(await this.files.touch(this.id))) this.lose();
      this.endsAt = now + this.ttlMs;
    } catch (error) {
      // The disk may be back before its time is over.
      if (performance.now() >= this.endsAt) this.end(reasonOf(error));
    }
    if (this.isHeld) this.schedule();
  }

  private end(because: string): void {
    if (!this.isHeld) return;
    clearTimeout(this.timer);
    const text = `the lease ${this.id.toString(16)} of ${this.ttlMs / 1000} s is lost: ${because}`;
    this.ending.abort(new StoreError('LEASE_LOST', text));
    this.onEnd(this);
  }
}
