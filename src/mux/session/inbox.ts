/**
 * What comes from VPP, and to whom it goes: an answer to its exchange, an event to its subscribers, a late answer to
 * whoever watches for those. Nothing that is thrown on the way gets out of here: that would end the link for all.
 *
 * Hot path, held by the benchmarks `ping` and `dump`: `onMessage`, `answer`.
 */

import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import { readU32 } from '../link/frame.js';
import type { Entry } from './catalogue.js';
import type { Exchange } from './exchange.js';
import * as failure from './failures.js';
import { Identifier } from './identify.js';
import type { Pending } from './pending.js';
import type { Session, SessionEvents } from './session.js';
import type { Tombstones } from './tombstones.js';

export class Inbox {
  private readonly entries: readonly (Entry | undefined)[];
  private readonly identifier: Identifier;
  /** The read of the socket that was seen last, told by its byte count. */
  private readSeen = 0;
  /** Context of the exchange that VPP's present message answers, -1 for none: V8 keeps books of objects that come and go here. */
  private answering = -1;

  constructor(
    private readonly session: Session,
    private readonly pending: Pending<Exchange>,
    private readonly tombstones: Tombstones,
    private readonly events: SessionEvents,
  ) {
    const { catalogue, clientIndex, log } = session;
    this.entries = catalogue.entries;
    this.identifier = new Identifier(catalogue, clientIndex, log);
  }

  onMessage(bytes: Buffer, start: number, end: number): void {
    const id = end - start >= 2 ? (bytes[start] << 8) | bytes[start + 1] : -1;
    const entry = this.entries[id];
    const offset = entry === undefined ? -1 : entry.contextOffset;
    if (entry !== undefined && offset >= 0 && start + offset + 4 <= end) {
      const context = readU32(bytes, start + offset);
      const exchange = this.pending.get(context);
      if (exchange !== undefined) {
        const { plan } = exchange;
        if (id === plan.detailsId || id === plan.replyId) this.answer(exchange, entry, bytes, start, end);
        else this.other(exchange, entry, id, offset, bytes, start, end);
        return;
      }
      if (this.pending.isOurs(context)) {
        this.late(entry, context, bytes, start, end);
        return;
      }
    }
    this.withoutContext(entry, id, bytes, start, end);
  }

  private answer(exchange: Exchange, entry: Entry, bytes: Buffer, start: number, end: number): void {
    this.heard(exchange);
    this.answering = exchange.context;
    // Not further: what is thrown here would end the link, and with it the requests of everybody else.
    try {
      exchange.onReply(entry, bytes, start, end);
    } catch (error) {
      this.broken(exchange, error);
    }
    this.answering = -1;
  }

  /**
   * `exchange` is at VPP no more, for now or for good; call it before anything else is sent, whose time begins then. In
   * the middle of an answer that was its last word, or the end of a page.
   */
  left(exchange: Exchange): void {
    if (this.answering !== exchange.context) return;
    this.session.progress.completed++;
    exchange.owner.completed++;
  }

  private heard({ context, plan }: Exchange): void {
    if (this.session.link.bytesIn !== this.readSeen) this.charge(context, plan.name);
    this.session.counters.replies++;
    this.session.progress.heard(context);
  }

  /** Something with the context of `exchange`, `offset` bytes on, under an id that does not answer it. */
  private other(
    exchange: Exchange,
    entry: Entry | undefined,
    id: number,
    offset: number,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const part = this.identifier.part(exchange.plan, entry, id, offset);
    if (part) {
      this.answer(exchange, part, bytes, start, end);
      return;
    }
    this.heard(exchange);
    let content: unknown;
    try {
      content = entry?.message && this.session.decode(entry, bytes, start, end);
    } catch (error) {
      content = error;
    }
    this.answering = exchange.context;
    try {
      exchange.onOther(failure.unexpectedReply(exchange, { id, entry, bytes: bytes.subarray(start, end), content }));
    } catch (error) {
      this.broken(exchange, error);
    }
    this.answering = -1;
  }

  /** An event; or what has no context of ours where its id says, and then maybe elsewhere: VPP gets ids wrong. */
  private withoutContext(entry: Entry | undefined, id: number, bytes: Buffer, start: number, end: number): void {
    const { identifier, pending } = this;
    const { counters } = this.session;
    if (!entry?.isEvent || !identifier.isEvent(entry, bytes, start, end)) {
      const place = identifier.elsewhere(pending, entry?.contextOffset ?? -1, bytes, start, end);
      const exchange = place === undefined ? undefined : pending.get(readU32(bytes, start + place));
      if (place !== undefined && exchange) {
        this.other(exchange, entry, id, place, bytes, start, end);
        return;
      }
      if (!entry?.isEvent) {
        if (entry !== undefined && entry.contextOffset >= 0 && start + entry.contextOffset + 4 <= end) {
          counters.strayReplies++;
        } else counters.unknownMessages++;
        return;
      }
    }
    counters.events++;
    this.session.turns.onEvent(entry.name);
    try {
      this.events.onEvent(entry, bytes, start, end);
    } catch (error) {
      this.session.log('warn', `an event (${entry.name}) could not be handled: ${reasonOf(error)}`);
    }
  }

  /** Something threw while `exchange` was handled: it fails, all others go on. */
  private broken(exchange: Exchange, cause: unknown): void {
    const error = failure.broken(exchange, cause);
    this.session.log('warn', error.message);
    exchange.crash(error);
  }

  /** The first answer of a read: what was waited for it is its time. */
  private charge(context: number, name = 'given up'): void {
    this.readSeen = this.session.link.bytesIn;
    this.session.serviceTimes.answer(context, name);
  }

  /** Nobody waits for it: counted and shown to whoever watches, never given to anyone else. */
  late(entry: Entry, context: number, bytes: Buffer, start: number, end: number): void {
    this.session.counters.lateReplies++;
    this.session.progress.heard(context);
    // VPP was at it all the same: whoever is answered next is not to be charged with it.
    if (this.session.link.bytesIn !== this.readSeen) this.charge(context, this.tombstones.find(context)?.requestName);
    let message: Fields;
    try {
      message = this.session.decode(entry, bytes, start, end);
    } catch {
      return; // cut short and late: the count says enough
    }
    this.events.onLate({
      messageName: entry.name,
      context,
      generation: this.session.generation,
      ...this.tombstones.find(context),
      message,
    });
  }
}
