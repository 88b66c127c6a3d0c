/**
 * Dispatches messages from VPP: an answer to its exchange, an event to its subscriptions, a late answer to `onLate`.
 * Nothing that is thrown on the way leaves this file: that would end the link for all.
 *
 * Hot path, held by the benchmarks `ping` and `dump`: `onMessage`.
 */

import { debug } from '../../debug.js';
import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import { readU32 } from '../link/frame.js';
import type { Exchange, OtherFrame } from './exchange.js';
import * as failure from './failures.js';
import { Identifier } from './identify.js';
import type { MessageEntry } from './message-catalogue.js';
import type { Pending } from './pending.js';
import type { Session, SessionEvents } from './session.js';
import type { Tombstones } from './tombstones.js';

export class Inbox {
  private readonly entries: readonly (MessageEntry | undefined)[];
  private readonly identifier: Identifier;
  /** Byte count of the link at the read of the socket that was seen last. */
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
    let offset = entry === undefined ? -1 : entry.contextOffset;
    let exchange: Exchange | undefined;
    if (entry !== undefined && offset >= 0 && start + offset + 4 <= end) {
      const context = readU32(bytes, start + offset);
      exchange = this.pending.get(context);
      if (exchange === undefined && this.pending.isOurs(context)) {
        this.late(entry, context, bytes, start, end);
        return;
      }
    }
    if (exchange === undefined) {
      // VPP gets ids wrong: a message without a context of ours where its id says may have one elsewhere.
      if (!entry?.isEvent || !this.identifier.isEvent(entry, bytes, start, end)) {
        offset = this.identifier.elsewhere(this.pending, offset, bytes, start, end);
        if (offset >= 0) exchange = this.pending.get(readU32(bytes, start + offset));
      }
      if (exchange === undefined) {
        if (!entry?.isEvent) {
          this.unclaimed(entry, start, end);
          return;
        }
        this.session.counters.events++;
        this.session.fairQueue.onEvent(entry.name);
        try {
          this.events.receiver.onEvent(this.session, entry, bytes, start, end);
        } catch (error) {
          this.session.log('warn', `an event (${entry.name}) could not be handled: ${reasonOf(error)}`);
        }
        return;
      }
    }
    const { plan } = exchange;
    const isAnswer = entry !== undefined && (id === plan.detailsId || id === plan.replyId);
    const part = isAnswer ? entry : this.identifier.part(plan, entry, id, offset);
    if (part === undefined) {
      this.other(exchange, entry, id, { bytes, start, end, contextOffset: offset });
      return;
    }
    this.heard(exchange);
    if (id === this.session.fenceId) this.session.passBy(exchange.context);
    this.answering = exchange.context;
    // An exception that got further would end the link, and with it the requests of everybody else.
    try {
      exchange.onReply(part, bytes, start, end);
    } catch (error) {
      this.broken(exchange, error);
    }
    this.answering = -1;
  }

  /**
   * Called when `exchange` is at VPP no more, for now or for good, before anything else is sent, whose time begins then.
   * During an answer, that was the last message of the answer, or of a page.
   */
  left(exchange: Exchange): void {
    if (this.answering !== exchange.context) return;
    this.session.progress.completed++;
    exchange.requester.completed++;
  }

  private heard({ context, plan }: Exchange): void {
    if (this.session.link.bytesIn !== this.readSeen) this.charge(context, plan.name);
    this.session.counters.replies++;
    this.session.progress.heard(context);
  }

  /** Handles a message with the context of `exchange` that does not answer it. */
  private other(exchange: Exchange, entry: MessageEntry | undefined, id: number, frame: OtherFrame): void {
    const { bytes, start, end } = frame;
    this.heard(exchange);
    let content: unknown;
    try {
      content = entry?.message && this.session.decode(entry, bytes, start, end);
    } catch (error) {
      content = error;
    }
    this.answering = exchange.context;
    try {
      exchange.onOther(
        failure.unexpectedReply(exchange, { id, entry, bytes: bytes.subarray(start, end), content }),
        frame,
      );
    } catch (error) {
      this.broken(exchange, error);
    }
    this.answering = -1;
  }

  /** Counts a message that is no event and answers nothing of ours. */
  private unclaimed(entry: MessageEntry | undefined, start: number, end: number): void {
    const { counters } = this.session;
    if (entry !== undefined && entry.contextOffset >= 0 && start + entry.contextOffset + 4 <= end) {
      counters.strayReplies++;
    } else counters.unknownMessages++;
  }

  /** Fails `exchange`, because handling it threw; all others go on. */
  private broken(exchange: Exchange, cause: unknown): void {
    const error = failure.broken(exchange, cause);
    this.session.log('warn', error.message);
    exchange.crash(error);
  }

  /** Charges the time that was waited for a read to the request that its first message answers. */
  private charge(context: number, name = 'given up'): void {
    this.readSeen = this.session.link.bytesIn;
    this.session.serviceTimes.answer(context, name);
  }

  /** Handles an answer that nobody waits for: it is counted and given to `onLate`, never to another caller. */
  late(entry: MessageEntry, context: number, bytes: Buffer, start: number, end: number): void {
    if (this.session.onStray?.(context, bytes, start, end, entry.contextOffset)) return;
    this.session.counters.lateReplies++;
    debug.session?.(
      `late ${entry.name} for context ${context}: ${this.tombstones.find(context)?.requestName ?? 'its request'} was given up, so nobody gets it`,
    );
    this.session.progress.heard(context);
    // VPP worked on it all the same: the request that is answered next is not charged with that time.
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
