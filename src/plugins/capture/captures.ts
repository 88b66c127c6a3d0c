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
import { type CaptureKind, heldBy, KIND_NAMES, type Lease } from './lease.js';
import { isSameRun, pcapPrefix, type Records, type VppRun } from './records.js';
import { type Traces, undo } from './undo.js';
import { VppFiles } from './vpp-files.js';

/** The work of a lease. */
export interface Run {
  readonly kind: CaptureKind;
  readonly traces: Traces;
  begin(): Promise<void>;
  /** Takes over what VPP has, and undoes everything there. */
  finish(): Promise<void>;
  /** VPP is another one now. */
  lost?(): void;
}

export interface Held<R extends Run = Run> {
  readonly lease: Lease;
  readonly run: R;
  /** Why it has ended; undefined while it goes on. */
  ended?: string;
  /** The error that ended it, if one did. */
  failure?: Fault;
  /** It is being undone. */
  isFinishing?: boolean;
}

/** Parts that a run is made of. */
export interface RunParts {
  readonly id: string;
  readonly channel: Channel;
  readonly files: VppFiles;
  /** Ends the run. */
  readonly ended: (reason: string | Fault) => void;
}

export interface Terms {
  readonly owner: string;
  /** Milliseconds after which it ends. */
  readonly timeMs: number;
  /** Milliseconds without a sign of the owner after which it ends. */
  readonly keepAliveMs?: number;
  /** Aborted when the owner is gone. */
  readonly signal?: AbortSignal;
}

export interface CapturesOptions {
  readonly vpp: Pick<Connection, 'channel' | 'states' | 'status'>;
  readonly records: Records;
  /** Where VPP's /tmp is seen from here. */
  readonly vppTmp: () => string;
  readonly warn: (text: string) => void;
}

export class Captures {
  private readonly channel: Channel;
  /** Leases by kind: that which is held, or the last one. */
  private readonly latest = new Map<CaptureKind, Held>();
  private held: (Held & { readonly vpp: VppRun; dispose(): void; touch(): void }) | undefined;
  /** The messages of a beginning, an end or a recovery are not mixed with those of another one. */
  private busy: Promise<unknown> = Promise.resolve();
  private isStarting: Omit<Lease, 'id'> | undefined;
  private generation = 0;
  private unsubscribe = () => {};
  private closed = false;

  constructor(private readonly options: CapturesOptions) {
    this.channel = options.vpp.channel({ name: 'capture' });
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
    const vpp = await this.presentRun();
    await this.recover(vpp);
    const ended = (reason: string | Fault) => {
      if (this.held?.lease.id === lease.id) void this.end(reason);
    };
    const run = await prepare({ id: lease.id, channel, files: this.filesOf(vpp), ended });
    this.keepRecord(lease, vpp, run.traces);
    try {
      await run.begin();
    } catch (error) {
      await undo(channel, run.traces).then(
        () => this.options.records.remove(this.socket, lease.id),
        // It is undone when VPP is there again.
        () => {},
      );
      throw error;
    }
    const held: Held<R> = { lease, run };
    this.latest.set(lease.kind, held);
    this.held = Object.assign(held, { vpp, ...this.watchOwner(terms, ended) });
    return held;
  }

  /** The timers of a lease, and the signal of its owner. */
  private watchOwner(
    { timeMs, keepAliveMs, signal }: Terms,
    ended: (reason: string) => void,
  ): { touch(): void; dispose(): void } {
    const over = setTimeout(() => ended('its time was up'), timeMs);
    let silent: NodeJS.Timeout | undefined;
    const touch = () => {
      clearTimeout(silent);
      if (keepAliveMs !== undefined) silent = setTimeout(() => ended(GONE), keepAliveMs);
    };
    const gone = () => ended(GONE);
    signal?.addEventListener('abort', gone, { once: true });
    touch();
    return {
      touch,
      dispose: () => {
        clearTimeout(over);
        clearTimeout(silent);
        signal?.removeEventListener('abort', gone);
      },
    };
  }

  private async finish(held: Held & { readonly vpp: VppRun }): Promise<void> {
    try {
      await held.run.finish();
      this.options.records.remove(this.socket, held.lease.id);
    } catch (error) {
      const isUndone = isFault(error);
      if (isUndone) this.options.records.remove(this.socket, held.lease.id);
      held.ended = `${held.ended}; ${reasonOf(error)}`;
      const rest = isUndone ? '' : '; what it has set in VPP is undone when VPP answers again';
      this.options.warn(`the ${KIND_NAMES[held.lease.kind]} of ${held.lease.owner} has ended: ${held.ended}${rest}`);
    }
    held.isFinishing = false;
    const { kind, id } = held.lease;
    if (kind === 'pcap') await this.filesOf(held.vpp).removeAll(pcapPrefix(id));
  }

  /** VPP is there, for the first time or again. */
  private async arrived(): Promise<void> {
    const vpp = await this.presentRun();
    const { held } = this;
    if (held === undefined) return this.recover(vpp);
    if (isSameRun(held.vpp, vpp)) return;
    this.held = undefined;
    held.dispose();
    held.ended = 'VPP was restarted, which has ended it';
    held.failure = fault('ENOTCONN', `VPP was restarted: the ${KIND_NAMES[held.lease.kind]} has ended`);
    held.run.lost?.();
    this.options.warn(`the ${KIND_NAMES[held.lease.kind]} of ${held.lease.owner} has ended: VPP was restarted`);
    await this.recover(vpp);
  }

  /** Undoes what a record says. Throws EBUSY where its process still runs. */
  private async recover(vpp: VppRun): Promise<void> {
    const { records, warn } = this.options;
    const record = records.read(this.socket);
    if (record === undefined) {
      // One that cannot be read says nothing.
      records.remove(this.socket);
      return;
    }
    if (records.isOthers(record)) return;
    if (isSameRun(record.vpp, vpp)) {
      await undo(this.channel, record.traces);
      warn(`undid the ${KIND_NAMES[record.kind]} of ${record.owner} that a process has left at VPP`);
    }
    if (record.traces.pcap !== undefined) await this.filesOf(record.vpp).removeAll(record.traces.pcap);
    records.remove(this.socket, record.id);
  }

  private keepRecord(lease: Lease, vpp: VppRun, traces: Traces): void {
    const { records, warn } = this.options;
    try {
      records.write(this.socket, { ...lease, vpp, traces });
    } catch (error) {
      const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? records.read(this.socket) : undefined;
      if (other !== undefined) throw heldBy({ ...other, owner: `${other.owner}, process ${other.pid}` });
      warn(`no record is kept of the ${KIND_NAMES[lease.kind]}: after a crash it stays at VPP (${reasonOf(error)})`);
    }
  }

  private async presentRun(): Promise<VppRun> {
    const { vpe_pid } = await this.channel.request('control_ping');
    return { pid: Number(vpe_pid), socketFile: this.options.vpp.status.socketFile };
  }

  private filesOf({ pid }: VppRun): VppFiles {
    return new VppFiles(this.options.vppTmp(), pid, this.options.warn);
  }

  private get socket(): string {
    return this.options.vpp.status.socket;
  }
}

const GONE = 'its owner is gone';
