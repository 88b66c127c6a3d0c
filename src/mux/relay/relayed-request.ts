/**
 * A client's request at VPP: its context and client index are put back into whatever VPP answers, and the rest stays as it is.
 *
 * It ends with its reply. A dump has no end of its own: VPP has finished it when it answers a ping that was sent later. So has a
 * request that VPP does not answer: then it keeps no place in the window, and what VPP answers at another time reaches its client
 * all the same.
 */

import type { Window } from '../channel/window.js';
import { NO_DEADLINE } from '../session/deadlines.js';
import { copying, Exchange, type OtherFrame } from '../session/exchange.js';
import type { MessageEntry } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';
import type { Forwarded } from './frame-rules.js';

/** Side of a client that its requests know. None of these throws. */
export interface Answered {
  /** Hands over a frame of an answer, with the client's own context. `offset`: that of the context; -1 for none. */
  deliver(request: Asked, bytes: Buffer, start: number, end: number, offset: number): void;
  /** Called when there will be no answer: the link to VPP has ended, or what waited is refused now and has a fence in its place. */
  lost(request: RelayedRequest, error: Error): void;
  /** Called when VPP has finished a request of the client, and sends it this event next. */
  through(event: string): void;
  /** Keeps a request that has left the tables without an answer: one may come still. */
  strayed(request: Asked): void;
  /** Number of its dumps that VPP has not finished. */
  openDumps: number;
}

/** The parts of a request that its answers need. */
export interface Asked {
  /** Context on the link to VPP. */
  readonly context: number;
  readonly rule: Forwarded;
  readonly clientContext: number;
}

/** Time for a request that VPP is at alone, milliseconds; the others end with a ping that VPP answers after them, or with the link. */
const ALONE_MS = 300_000;

export class RelayedRequest extends Exchange implements Asked {
  constructor(
    session: Session,
    window: Window,
    readonly rule: Forwarded,
    readonly clientContext: number,
    private readonly client: Answered,
  ) {
    super(session, rule.plan, window, rule.plan.slow === undefined ? NO_DEADLINE : ALONE_MS);
    this.isGranted = rule.plan.slow !== undefined;
    if (rule.plan.kind === 'dump') client.openDumps++;
  }

  override get isOpenEnded(): boolean {
    return this.plan.kind === 'dump';
  }

  onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    const { plan, rule } = this;
    const isEnd = plan.kind !== 'dump' && (plan.kind === 'unary' || entry.id !== plan.detailsId);
    // VPP begins some requests only when it has answered them: they have it to themselves until their event (onThrough).
    if (isEnd && plan.slow?.until === undefined) this.release();
    if (rule.isPing) this.session.passBy(this.context);
    if (this.observer) {
      const fields = this.session.decodeAgain(entry, bytes, start, end);
      this.observer.onReply(entry.name, copying(fields));
    }
    // From here on the bytes are the client's.
    this.client.deliver(this, bytes, start, end, entry.contextOffset);
  }

  onOther(_error: Error, { bytes, start, end, contextOffset }: OtherFrame): void {
    // The client knows what to make of it, as it would with VPP itself.
    if (this.plan.kind === 'unary') this.release();
    this.client.deliver(this, bytes, start, end, contextOffset);
  }

  override onPassed(): void {
    if (this.plan.slow?.until !== undefined) return;
    const mayBeAnswered = this.plan.kind !== 'dump';
    if (this.release() && mayBeAnswered) this.client.strayed(this);
  }

  override onThrough(): void {
    this.release();
    this.client.through(this.plan.slow?.until ?? '');
  }

  override expire(): void {
    if (this.state === 'waiting') {
      this.session.renewDeadline(this);
      return;
    }
    if (this.state === 'sent') this.session.progress.overdue(this);
    if (this.release()) this.client.strayed(this);
  }

  /** The client has left: what VPP still answers is taken from the link here, and goes nowhere. */
  override cancel(why: (exchange: Exchange) => Error): void {
    if (this.state !== 'sent' || this.takeBack()) super.cancel(why);
  }

  /** Handling an answer has failed, which must not be taken for the end of the link. */
  override crash(error: Error): void {
    this.session.log('warn', error.message);
    this.release();
  }

  protected override release(): boolean {
    const isFirst = super.release();
    if (isFirst && this.plan.kind === 'dump') this.client.openDumps--;
    return isFirst;
  }

  protected reject(error: Error): void {
    this.countFailure(error);
    this.client.lost(this, error);
  }
}
