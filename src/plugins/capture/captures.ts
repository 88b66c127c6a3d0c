/**
 * Packet traces and captures of one VPP, one at a time, each under a lease:
 *
 *   free ──start──▶ held ──stop, time is up, its owner or VPP is gone, the agent ends──▶ undoing ──▶ free
 *
 * A record on disk says what has to be undone, from before the first message until VPP has undone it.
 */

import { randomBytes } from 'node:crypto';
import type { Channel, Connection } from '../../mux/index.js';
import { type Fault, fault, isFault, reasonOf } from '../../sdk/index.js';
import { KeptRecord, type KeptRecordOptions } from './kept-record.js';
import { type CaptureKind, heldBy, KIND_NAMES, type Lease } from './lease.js';
import { GONE, type OwnerWatch, type Terms, watchOwner } from './owner-watch.js';
import { isSameRun, type VppRun } from './records.js';
import type { Held, Run, RunParts } from './run.js';
import { undo } from './undo.js';

export interface CapturesOptions extends KeptRecordOptions {
  readonly vpp: Pick<Connection, 'channel' | 'states' | 'status'>;
}

export class Captures {
  private readonly channel: Channel;
  private readonly record: KeptRecord;
  /** Leases by kind: that which is held, or the last one. */
  private readonly latest = new Map<CaptureKind, Held>();
  private held: (Held & OwnerWatch & { readonly vpp: VppRun }) | undefined;
  /** The messages of a beginning, an end or a recovery are not mixed with those of another one. */
  private busy: Promise<unknown> = Promise.resolve();
  private isStarting: Omit<Lease, 'id'> | undefined;
  private generation = 0;
  private unsubscribe = () => {};
  private closed = false;

  constructor(private readonly options: CapturesOptions) {
    this.channel = options.vpp.channel({ name: 'capture' });
    this.record = new KeptRecord(options, this.channel);
  }

  /** Undoes what a process that crashed has left, whenever VPP is there again; ends the lease of a VPP that was restarted. */
  watch(): void {
    const states = this.options.vpp.states().subscribe(({ state, generation }) => {
      if (state !== 'ready' || generation === this.generation) return;
      this.generation = generation;
      this.busy = this.busy.then(() => this.arrived()).catch((error) => this.options.warn(reasonOf(error)));
    });
    this.unsubscribe = () => states.unsubscribe();
  }

  /** The lease that is held; undefined where none is. */
  get lease(): Lease | undefined {
    return this.held?.lease;
  }

  /** The run of a kind that goes on, or the last one. */
  find<R extends Run>(kind: CaptureKind): Held<R> | undefined {
    return this.latest.get(kind) as Held<R> | undefined;
  }

  /** Notes that the owner is still there. */
  touch(): void {
    this.held?.touch();
  }

  /** Takes the lease, and begins. Rejects with EBUSY while another has it, and as `prepare` and `begin` do; nothing is left then. */
  async start<R extends Run>(
    kind: CaptureKind,
    terms: Terms,
    prepare: (parts: RunParts) => R | Promise<R>,
  ): Promise<Held<R>> {
    const other = this.held?.lease ?? this.isStarting;
    if (other !== undefined) throw heldBy(other);
    if (this.closed) throw fault('ENOTCONN', 'the agent is ending');
    const since = new Date();
    const lease = { kind, owner: terms.owner, since, until: new Date(since.getTime() + terms.timeMs) };
    this.isStarting = lease;
    const taken = this.busy.then(() => this.take({ ...lease, id: randomBytes(8).toString('hex') }, terms, prepare));
    this.busy = taken.catch(() => {});
    try {
      const held = await taken;
      if (terms.signal?.aborted) await this.end(GONE);
      return held;
    } finally {
      this.isStarting = undefined;
    }
  }

  /** Ends what is held, with everything undone. Never rejects. */
  async end(reason: string | Fault): Promise<void> {
    const { held } = this;
    if (held === undefined) return this.busy.then(() => {});
    this.held = undefined;
    held.dispose();
    held.ended = isFault(reason) ? reason.message : reason;
    held.isFinishing = true;
    if (isFault(reason)) held.failure = reason;
    this.busy = this.busy.then(() => this.finish(held));
    await this.busy;
  }

  /** Ends what is held, and everything else. */
  async close(): Promise<void> {
    this.closed = true;
    this.unsubscribe();
    // One that begins now has its lease, and is ended, too.
    await this.busy;
    await this.end('the agent has ended');
    this.channel.close();
  }

  private async take<R extends Run>(
    lease: Lease,
    terms: Terms,
    prepare: (parts: RunParts) => R | Promise<R>,
  ): Promise<Held<R>> {
    const { channel } = this;
    const vpp = await this.record.presentRun();
    await this.record.recover(vpp);
    const ended = (reason: string | Fault) => {
      if (this.held?.lease.id === lease.id) void this.end(reason);
    };
    const run = await prepare({ id: lease.id, channel, files: this.record.filesOf(vpp), ended });
    this.record.write(lease, vpp, run.traces);
    try {
      await run.begin();
    } catch (error) {
      await undo(channel, run.traces).then(
        () => this.record.remove(lease),
        // It is undone when VPP is there again.
        () => {},
      );
      throw error;
    }
    const held: Held<R> = { lease, run };
    this.latest.set(lease.kind, held);
    this.held = Object.assign(held, { vpp, ...watchOwner(terms, ended) });
    return held;
  }

  private async finish(held: Held & { readonly vpp: VppRun }): Promise<void> {
    try {
      await held.run.finish();
      this.record.remove(held.lease);
    } catch (error) {
      const isUndone = isFault(error);
      if (isUndone) this.record.remove(held.lease);
      held.ended = `${held.ended}; ${reasonOf(error)}`;
      const rest = isUndone ? '' : '; what it has set in VPP is undone when VPP answers again';
      this.options.warn(`the ${KIND_NAMES[held.lease.kind]} of ${held.lease.owner} has ended: ${held.ended}${rest}`);
    }
    held.isFinishing = false;
    await this.record.removeFiles(held.lease, held.vpp);
  }

  /** VPP is there, for the first time or again. */
  private async arrived(): Promise<void> {
    const vpp = await this.record.presentRun();
    const { held } = this;
    if (held === undefined) return this.record.recover(vpp);
    if (isSameRun(held.vpp, vpp)) return;
    this.held = undefined;
    held.dispose();
    held.ended = 'VPP was restarted, which has ended it';
    held.failure = fault('ENOTCONN', `VPP was restarted: the ${KIND_NAMES[held.lease.kind]} has ended`);
    held.run.lost?.();
    this.options.warn(`the ${KIND_NAMES[held.lease.kind]} of ${held.lease.owner} has ended: VPP was restarted`);
    await this.record.recover(vpp);
  }
}
