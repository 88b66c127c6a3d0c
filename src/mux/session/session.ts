/**
 * One generation of the connection: a link that has shaken hands, what can be said on it, and what is
 * in flight on it. It ends once, with a cause, and everything in flight ends with it in the same tick.
 *
 * Hot path, held by the benchmarks `ping` and `dump`: `send`, `onMessage`, `decode`.
 */

import type { Fields, ReadEnd } from '../codec/codec.js';
import { readU32 } from '../link/frame.js';
import type { Link } from '../link/link.js';
import type { TraceMessage } from '../trace.js';
import type { LateReply } from '../types.js';
import type { Catalogue, Entry, Plan } from './catalogue.js';
import type { Counters } from './counters.js';
import type { Deadlines } from './deadlines.js';
import type { Exchange, Owner, Parcel } from './exchange.js';
import { Pending } from './pending.js';
import { Tombstones } from './tombstones.js';
import { Turns } from './turns.js';

/** What a session tells its connection. */
export interface SessionEvents {
  /** An event of VPP; `bytes` are valid only during the call. */
  onEvent(entry: Entry, bytes: Buffer, start: number, end: number): void;
  onLate(late: LateReply): void;
  /** The link ended by itself. Everything in flight has failed by then. */
  onEnd(cause: Error): void;
}

export interface SessionParts {
  readonly link: Link;
  readonly clientIndex: number;
  readonly generation: number;
  readonly catalogue: Catalogue;
  readonly counters: Counters;
  readonly deadlines: Deadlines;
  readonly trace?: TraceMessage;
  readonly maxInFlight: number;
}

const NO_FIELDS: Fields = {};

export class Session {
  readonly link: Link;
  readonly generation: number;
  readonly clientIndex: number;
  readonly catalogue: Catalogue;
  readonly counters: Counters;
  readonly turns: Turns;
  private readonly deadlines: Deadlines;
  private readonly trace: TraceMessage | undefined;
  private readonly pending = new Pending<Exchange>();
  private readonly tombstones = new Tombstones();
  private readonly at: ReadEnd = { end: 0 };
  private alive = true;

  constructor(
    parts: SessionParts,
    private readonly events: SessionEvents,
  ) {
    this.link = parts.link;
    this.generation = parts.generation;
    this.clientIndex = parts.clientIndex;
    this.catalogue = parts.catalogue;
    this.counters = parts.counters;
    this.deadlines = parts.deadlines;
    this.trace = parts.trace;
    this.turns = new Turns(parts.maxInFlight, () => this.pending.size);
    this.link.onMessage = (bytes, start, end) => this.onMessage(bytes, start, end);
    this.link.onClose = (cause) => this.end(cause, true);
  }

  get inFlight(): number {
    return this.pending.size;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /**
   * Registers `exchange`, then sends it; a dump takes its control_ping along in the same write.
   * Throws FieldError, and then nothing was sent and nothing is kept.
   */
  send(exchange: Exchange, parcel: Parcel): void {
    const { plan } = exchange;
    this.pending.add(exchange);
    try {
      this.put(exchange, parcel);
    } catch (error) {
      this.pending.take(exchange);
      throw error;
    }
    exchange.sentAt = this.deadlines.recently();
    exchange.progressAtSend = exchange.owner.progress;
    if (exchange.list === undefined) this.deadlines.add(exchange);
    this.counters.requests++;
    if (plan.kind === 'dump') {
      const ping = this.catalogue.plan('control_ping');
      this.link.send(ping.message.write, NO_FIELDS, ping.id, this.clientIndex, exchange.context);
    }
  }

  /** Sends a message that VPP does not answer. */
  say(plan: Plan, fields: Fields): void {
    this.link.send(plan.message.write, fields, plan.id, this.clientIndex, 0);
    this.counters.requests++;
  }

  /** The next page of a cursor dump, under a context of its own. */
  sendAgain(exchange: Exchange, fields: Fields): void {
    if (!this.alive) return;
    this.pending.take(exchange);
    this.pending.add(exchange);
    this.put(exchange, { write: exchange.plan.message.write, fields });
    this.deadlines.add(exchange);
  }

  /** Gives a waiting exchange its deadline before it is sent. */
  startDeadline(exchange: Exchange): void {
    this.deadlines.add(exchange);
  }

  renewDeadline(exchange: Exchange): void {
    this.deadlines.renew(exchange);
  }

  pauseDeadline(exchange: Exchange): void {
    this.deadlines.remove(exchange);
  }

  /** Takes a settled exchange out of all tables and lets the next one go. */
  forget(exchange: Exchange): void {
    this.pending.take(exchange);
    this.deadlines.remove(exchange);
    exchange.owner.settled(exchange);
    if (this.alive) this.turns.go();
  }

  /** A reply to `exchange` may still come: remember whose it would be. */
  expectLate(exchange: Exchange): void {
    this.tombstones.add(exchange.context, exchange.plan.name, exchange.owner.id);
  }

  decode(entry: Entry, bytes: Buffer, start: number, end: number): Fields {
    const { at } = this;
    // A reply in flight always has a definition: the plan that waits for it was made from one.
    const fields = (entry.message as NonNullable<Entry['message']>).read(bytes, start, end, at);
    if (at.end !== end) {
      this.counters.trailingMessages++;
      this.counters.trailingBytes += end - at.end;
    }
    return fields;
  }

  /** Gives up what is in flight for `owner`; what VPP still answers reaches nobody. */
  cancelAll(owner: Owner, why: (exchange: Exchange) => Error): void {
    for (const exchange of this.pending.items()) if (exchange.owner === owner) exchange.cancel(why(exchange));
  }

  /** Ends it from our side: everything in flight fails with `cause`. */
  destroy(cause: Error): void {
    this.end(cause, false);
    this.link.close();
  }

  private put(exchange: Exchange, parcel: Parcel): void {
    const { plan } = exchange;
    this.link.send(parcel.write, parcel.fields, plan.id, this.clientIndex, exchange.context);
    this.trace?.('out', plan.name, exchange.context, undefined, undefined);
  }

  private onMessage(bytes: Buffer, start: number, end: number): void {
    const entry = end - start >= 2 ? this.catalogue.entries[(bytes[start] << 8) | bytes[start + 1]] : undefined;
    if (this.trace) this.traceIn(entry, bytes, start, end);
    if (entry === undefined || entry.message === undefined) {
      this.counters.unknownMessages++;
      return;
    }
    if (entry.isEvent) {
      this.counters.events++;
      this.events.onEvent(entry, bytes, start, end);
      return;
    }
    const place = start + entry.contextOffset;
    if (entry.contextOffset < 0 || place + 4 > end) {
      this.counters.unknownMessages++;
      return;
    }
    const context = readU32(bytes, place);
    const exchange = this.pending.get(context);
    if (exchange === undefined) this.late(entry, context, bytes, start, end);
    else {
      this.counters.replies++;
      exchange.onReply(entry, bytes, start, end);
    }
  }

  /** Nobody waits for it: counted and shown to whoever watches, never given to anyone else. */
  private late(entry: Entry, context: number, bytes: Buffer, start: number, end: number): void {
    if (!this.pending.isOurs(context)) {
      this.counters.strayReplies++;
      return;
    }
    this.counters.lateReplies++;
    let message: Fields;
    try {
      message = this.decode(entry, bytes, start, end);
    } catch {
      return; // cut short and late: the count says enough
    }
    this.events.onLate({
      messageName: entry.name,
      context,
      generation: this.generation,
      ...this.tombstones.find(context),
      message,
    });
  }

  private end(cause: Error, byItself: boolean): void {
    if (!this.alive) return;
    this.alive = false;
    this.turns.failAll(cause);
    this.pending.failAll(cause);
    this.counters.bytesIn += this.link.bytesIn;
    this.counters.bytesOut += this.link.bytesOut;
    if (byItself) this.events.onEnd(cause);
  }

  private traceIn(entry: Entry | undefined, bytes: Buffer, start: number, end: number): void {
    const offset = entry?.contextOffset ?? -1;
    const context = offset >= 0 && start + offset + 4 <= end ? readU32(bytes, start + offset) : undefined;
    this.trace?.('in', entry?.name, context, bytes.subarray(start, end), surplus(entry, bytes, start, end));
  }
}

/** Bytes beyond the definition; undefined where that cannot be told. */
function surplus(entry: Entry | undefined, bytes: Buffer, start: number, end: number): number | undefined {
  const at: ReadEnd = { end };
  try {
    entry?.message?.read(bytes, start, end, at);
  } catch {
    return undefined;
  }
  return entry?.message && end - at.end;
}
