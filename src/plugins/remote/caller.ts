/**
 * One caller from elsewhere, who may hold many requests and sockets: its shares, and the channel of its requests. Shares are those of a
 * token at an address: neither can one machine use up the share of another, nor one token on it that of the next.
 */

import { type Dump, shareBound, type Untyped } from '../../mux/index.js';
import { type Access, type Channel, HttpError, type Mux } from '../../sdk/index.js';
import { TokenBucket } from '../../token-bucket.js';
import { Budget } from './budget.js';
import { Places } from './places.js';

/** Bounds of one caller; 0 a second: any number. */
export interface CallerLimits {
  readonly callsPerSecond: number;
  readonly bytesPerSecond: number;
  /** At a time. */
  readonly dumps: number;
  readonly streams: number;
  /** Streams of counters: each reading is one of the whole segment. */
  readonly counters: number;
  /** Bytes of a dump that wait for its reader. */
  readonly buffer: number;
  readonly sockets: number;
  /** Bytes of replies that may wait for it, over all of its dumps; bytes that these have not taken; and bytes of events. */
  readonly bufferBytes: number;
}

/** The number of a caller's open things of a kind, each with a bound: `max-dumps`, `max-streams`, … */
export type Held = (typeof KINDS)[number];
const KINDS = ['dumps', 'streams', 'counters', 'sockets'] as const;

/** One stream of events takes this part of what is left of its caller's bytes. */
const RESERVED_PARTS = 64;
/** Bytes that it has in any case. */
const LEAST_RESERVED = 16_384;

export class Caller {
  /** Visits under way. */
  visits = 0;
  private readonly places: Readonly<Record<Held, Places>> = {
    ...{ dumps: new Places(), streams: new Places(), counters: new Places(), sockets: new Places() },
  };
  private readonly buffers = new Budget(0);
  /** Bytes sent that the networks of its WebSockets have not taken. */
  private unsentBytes = 0;
  /** Bytes of events that may wait for it. */
  private reservedBytes = 0;
  private limits!: CallerLimits;
  private calls: TokenBucket | undefined;
  private bytes: TokenBucket | undefined;
  private common: Channel<Untyped> | undefined;
  private commonUsers = 0;

  constructor(
    /** Name of its token, or `loopback`. */
    readonly name: string,
    readonly access: Access,
    readonly address: string,
    private readonly mux: Pick<Mux, 'channel'>,
    limits: CallerLimits,
    private readonly now: () => number,
  ) {
    this.configure(limits);
  }

  /** `read-token at 192.0.2.7`, for logs and the names of channels. */
  get label(): string {
    return `${this.name} at ${this.address}`;
  }

  /** Shares that have changed begin anew. */
  configure(limits: CallerLimits): void {
    const { callsPerSecond, bytesPerSecond } = limits;
    const bucket = (perSecond: number) =>
      perSecond === 0 ? undefined : new TokenBucket(perSecond, perSecond, this.now);
    if (callsPerSecond !== this.limits?.callsPerSecond) this.calls = bucket(callsPerSecond);
    if (bytesPerSecond !== this.limits?.bytesPerSecond) this.bytes = bucket(bytesPerSecond);
    this.limits = limits;
    this.buffers.configure(limits.bufferBytes);
    for (const kind of KINDS) this.places[kind].configure(limits[kind]);
  }

  /** Places that are taken. */
  get held(): Readonly<Record<Held, number>> {
    const { dumps, streams, counters, sockets } = this.places;
    return { dumps: dumps.taken, streams: streams.taken, counters: counters.taken, sockets: sockets.taken };
  }

  /** Whether it holds nothing, and has its whole share again. */
  get isForgettable(): boolean {
    return this.visits === 0 && this.calls?.isFull !== false && this.bytes?.isFull !== false;
  }

  /** Counts a call and gives 0, or does not count it and gives the milliseconds until it may come. */
  takeCall(): number {
    return this.calls?.take() ?? 0;
  }

  /** Counts calls, whatever its share; gives the milliseconds until the next one may come. */
  spendCalls(count: number): number {
    return this.calls?.spend(count) ?? 0;
  }

  /** Counts bytes of either way; gives the milliseconds until the next ones may go. 0: asks only. */
  spend(bytes: number): number {
    return this.bytes?.spend(bytes) ?? 0;
  }

  /** Takes a place for a dump or a stream; the function given back frees it. Throws HttpError RATE_LIMITED. */
  hold(kind: Held): () => void {
    if (this.places[kind].isFull) {
      throw tooMany(`${this.label} has ${this.limits[kind]} ${kind} under way (max-${kind} in remote.conf)`, 1000);
    }
    return this.places[kind].take();
  }

  /** Calls `begin` when a place for a dump is free, in order; the function given back frees it, or gives the wait up. */
  dumpInTurn(begin: () => void): () => void {
    return this.places.dumps.take(begin);
  }

  /** Counts what waits of a dump towards `buffer-bytes`, with what `waiting` gives besides; the function given back ends that. */
  share(dump: Dump, waiting?: () => number): () => void {
    const part = this.buffers.share(waiting);
    shareBound(dump, part);
    return part.end;
  }

  /**
   * Reserves bytes for events that wait for a reader, `most` at most: of those that are left of its share each takes a small part, so that
   * a few streams have plenty, and thousands take no more than the share. The function given back frees them.
   */
  reserve(most: number): { readonly bytes: number; readonly free: () => void } {
    const part = Math.floor((this.limits.bufferBytes - this.reservedBytes) / RESERVED_PARTS);
    const bytes = Math.min(most, Math.max(LEAST_RESERVED, part));
    this.reservedBytes += bytes;
    let isReserved = true;
    const free = () => {
      if (isReserved) this.reservedBytes -= bytes;
      isReserved = false;
    };
    return { bytes, free };
  }

  /** Counts a change of the bytes that its WebSockets have sent and the network has not taken. True while they are too many. */
  unsent(change: number): boolean {
    this.unsentBytes += change;
    return this.unsentBytes > this.limits.bufferBytes;
  }

  /** The channel that all its HTTP requests share, so that they take turns as one caller; open while one of them uses it. */
  enterCommon(): Channel<Untyped> {
    this.commonUsers += 1;
    // The bytes bound it; how many messages that are depends on them.
    const bounds = { replyBuffer: Number.MAX_SAFE_INTEGER, replyBytes: this.limits.buffer };
    this.common ??= this.open({ name: `HTTP ${this.label}`, ...bounds });
    return this.common;
  }

  leaveCommon(): void {
    this.commonUsers -= 1;
    if (this.commonUsers > 0) return;
    this.common?.close();
    this.common = undefined;
  }

  /** Opens a channel of its own, whose access is at most the caller's. Throws VppmuxError. */
  open({ access = this.access, ...options }: OwnChannelOptions): Channel<Untyped> {
    const least = this.access === 'read' ? 'read' : access;
    return this.mux.channel({ ...options, access: least, owner: this.name }) as Channel<Untyped>;
  }
}

/** Options of a caller's channel. */
export type OwnChannelOptions = Omit<NonNullable<Parameters<Mux['channel']>[0]>, 'owner'>;

/** The refusal of a caller that is over its share. `ms`: when it may try again. */
export function tooMany(text: string, ms: number): HttpError {
  return new HttpError('RATE_LIMITED', text, { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) });
}
