/**
 * One request, many details, one end. The request's service entry says which end:
 *
 * - `dump`: a control_ping goes out behind it with the same context; its reply is the end, since VPP
 *   answers strictly in order (WIRE 3.10).
 * - `get`: its own reply is the end, unless that says EAGAIN (-165): then the request is sent again with
 *   the cursor that the reply gives. INVALID_VALUE (-7) is the end too where the cursor is the mux's own
 *   or the start: VPP answers so on an empty vector, or when the tail was deleted between two pages.
 *
 * A dump given up while VPP still answers stays in the table and swallows the rest, so that nothing of
 * it can be taken for anything else: for one more deadline, which nothing renews. With a reader its deadline is
 * one of silence: details renew it, and so does a page whose cursor moves on.
 */

import type { Fields, Message, ReadEnd } from '../codec/codec.js';
import type { VppmuxError } from '../errors.js';
import { RETVAL_EAGAIN, RETVAL_INVALID_VALUE, RETVAL_NO_CHANGE, retvalOf } from '../retval.js';
import { copying, Exchange, type Requester } from './exchange.js';
import * as failure from './failures.js';
import { type MessageEntry, memoryOf, type Plan } from './message-catalogue.js';
import type { Session } from './session.js';

type TakeBytes = (message: Message, bytes: Buffer, start: number, end: number, at: ReadEnd) => boolean;

/** Takes what a dump gives. */
export interface DumpSink {
  /** `size`: bytes that it takes in memory, roughly. False: no room, the dump is given up. */
  next(details: Fields, size: number): boolean;
  /**
   * Where it is there, takes details as they came, in place of `next`: `bytes[start, end)` is valid only during the call, and
   * it throws where they are not as defined. Puts the place where it has stopped into `at`.
   */
  readonly take?: TakeBytes;
  /** `reply`: the one that ends a get, or comes among the details of a dump; a dump usually has none. */
  end(reply: Fields | undefined): void;
  error(error: Error): void;
  /** Called between two pages of a cursor dump: go on now, or when there is room. */
  room?(goOn: () => void): void;
}

const START_CURSORS: readonly unknown[] = [undefined, 0, 0xffffffff];
/** A page is VPP's work of a millisecond, so this is a minute of looking at what does not match. */
const MAX_EMPTY_PAGES = 65_536;

/** The place where taking a message stopped; used again for each. */
const at: ReadEnd = { end: 0 };

const isNumeric = (value: unknown) => typeof value === 'number' || typeof value === 'bigint';

export class DumpExchange extends Exchange {
  private arrived = 0;
  private sink: DumpSink | undefined;
  /** Reads of the socket are told apart by their byte count: the deadline is renewed once for each. */
  private renewedAt = 0;
  /** The cursor is one VPP gave, not the caller's. */
  private ownCursor = false;
  /** Number of details that had arrived when the present page was asked for. */
  private arrivedBefore = 0;
  /** Pages in a row with nothing on them. */
  private emptyPages = 0;
  private beside: Fields | undefined;

  constructor(
    session: Session,
    plan: Plan,
    requester: Requester,
    timeoutMs: number,
    sink: DumpSink,
    private fields: Fields,
    private readonly replyBuffer: number,
  ) {
    super(session, plan, requester, timeoutMs);
    this.sink = sink;
  }

  override get trailer(): Plan | undefined {
    return this.plan.ping;
  }

  onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    const { session } = this;
    if (entry.id === this.plan.detailsId) {
      session.counters.details++;
      if (this.sink !== undefined) this.onDetails(entry, bytes, start, end);
      this.stayAlive();
      return;
    }
    let reply: Fields;
    try {
      reply = session.decode(entry, bytes, start, end);
    } catch (error) {
      this.abandon(failure.badReply(this, error as Error));
      if (entry.id !== this.plan.besideId) this.release();
      return;
    }
    this.observer?.onReply(entry.name, copying(reply));
    if (entry.id === this.plan.besideId) this.onBeside(reply);
    else this.onEnd(reply);
  }

  /** The message may have been one of the details: the end of a dump is still to come, while that may have been the end of a get. */
  onOther(error: Error): void {
    this.reject(error);
    if (this.plan.kind !== 'get' || !this.release()) return;
    this.session.expectLate(this);
  }

  /** Gives the dump up for its caller: VPP goes on answering, so the table keeps the exchange. */
  override cancel(why: (exchange: Exchange) => Error): void {
    if (this.state === 'sent' && !this.takeBack()) this.abandon(why(this));
    else super.cancel(why);
  }

  override crash(error: Error): void {
    if (this.state === 'sent' && this.plan.kind === 'dump') this.tell(error);
    else super.crash(error);
  }

  protected reject(error: Error): void {
    this.abandon(this.arrived > 0 ? failure.incomplete(this, this.arrived, error as VppmuxError) : error);
  }

  private onDetails(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    if (this.sink?.take) {
      this.onBytes(this.sink.take, entry, bytes, start, end);
      return;
    }
    let details: Fields;
    try {
      details = this.session.decode(entry, bytes, start, end);
    } catch (error) {
      this.abandon(failure.badReply(this, error as Error));
      return;
    }
    this.arrived++;
    this.observer?.onReply(entry.name, copying(details));
    if (this.sink?.next(details, memoryOf(entry, end - start)) === false) this.abandonFull();
  }

  /** Hands details on as they came; they are decoded only where somebody else wants to see them. */
  private onBytes(take: TakeBytes, entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    const { session } = this;
    let fits: boolean;
    try {
      at.end = end;
      fits = take(entry.message as Message, bytes, start, end, at);
      if (at.end !== end) session.countTrailing(end - at.end);
    } catch (error) {
      this.abandon(failure.badReply(this, error as Error));
      return;
    }
    this.arrived++;
    if (this.observer) this.observer.onReply(entry.name, copying(session.decodeAgain(entry, bytes, start, end)));
    if (!fits) this.abandonFull();
  }

  private abandonFull(): void {
    this.abandon(failure.overflow(this, this.arrived, this.replyBuffer));
  }

  private onBeside(reply: Fields): void {
    const retval = retvalOf(reply);
    if (retval < 0 && retval !== RETVAL_NO_CHANGE) this.reject(failure.refused(this, retval, reply));
    this.beside = reply;
  }

  private onEnd(reply: Fields): void {
    const retval = retvalOf(reply);
    const { cursor, kind } = this.plan;
    const ownStart = this.ownCursor || START_CURSORS.includes(this.fields.cursor);
    if (kind === 'dump') this.finish(this.beside);
    else if (retval >= 0) this.finish(reply);
    else if (cursor && retval === RETVAL_EAGAIN) this.nextPage(reply);
    else if (cursor && retval === RETVAL_INVALID_VALUE && ownStart) this.finish(reply);
    else if (this.release()) this.reject(failure.refused(this, retval, reply));
  }

  private nextPage(reply: Fields): void {
    const { cursor } = reply;
    if (this.sink === undefined) {
      this.release();
      return;
    }
    this.emptyPages = this.arrived > this.arrivedBefore ? 0 : this.emptyPages + 1;
    if (!this.movesOn(cursor) || this.emptyPages > MAX_EMPTY_PAGES) {
      if (this.release()) this.reject(failure.noEnd(this, this.emptyPages, reply));
      return;
    }
    this.arrivedBefore = this.arrived;
    this.fields = { ...this.fields, cursor };
    this.ownCursor = true;
    this.session.park(this);
    const goOn = () => {
      if (this.state === 'parked') this.requester.resume(this, this.fields);
    };
    // The reader may take its time: VPP keeps nothing for us between two pages.
    if (this.sink.room) this.sink.room(goOn);
    else goOn();
  }

  /** VPP's cursors are places in a list that is walked upwards: only the first one may be anything. */
  private movesOn(cursor: unknown): boolean {
    const asked = this.fields.cursor ?? 0;
    if (isNumeric(cursor) && isNumeric(asked) && this.ownCursor) return cursor > asked;
    return cursor !== asked || (!this.ownCursor && this.arrived > this.arrivedBefore);
  }

  private finish(reply: Fields | undefined): void {
    if (!this.release()) return;
    const { sink } = this;
    this.sink = undefined;
    sink?.end(reply);
  }

  /** Tells the reader now; the exchange stays until VPP has said its last word. */
  private abandon(error: Error): void {
    const { sink } = this;
    if (sink === undefined) return;
    this.countFailure(error);
    this.sink = undefined;
    sink.error(error);
  }

  private stayAlive(): void {
    // The dump was given up, or its reader has just ended the session.
    if (this.sink === undefined || this.state !== 'sent') return;
    const turn = this.session.link.bytesIn;
    if (turn === this.renewedAt) return;
    this.renewedAt = turn;
    this.session.renewDeadline(this);
  }
}
